/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/request-counters.h"

#include <string.h>

/* Names come from clients: more of a kind than these nobody means. What is beyond them counts together. */
#define MAX_NAMES 200
#define OTHERS    "(others)"
#define NO_USER   "anonymous"
#define NO_MODEL  "unknown"

typedef struct
{
  guint64 n_requests;
  guint64 n_failed;
  guint64 fresh_tokens; /* input, without what came from the cache or went into it (H-07) */
  guint64 output_tokens;
  guint64 cache_write_tokens;
  guint64 cached_tokens;
  guint64 bytes_in;
  guint64 bytes_out;
} Count;

typedef struct
{
  Count all;
  GHashTable *models;    /* (owned) (element-type utf8 Count) */
  GHashTable *endpoints; /* (owned) (element-type utf8 Count) */
} Group;

struct _JumpRequestCounters
{
  Group *all;          /* (owned) */
  GHashTable *users;   /* (owned) (element-type utf8 Group) */
  GHashTable *changes; /* (owned) (element-type utf8 Count): only n_requests */
};

static Group *
new_group (void)
{
  Group *self = g_new0 (Group, 1);

  self->models = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->endpoints = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

static void
free_group (gpointer data)
{
  Group *self = data;

  g_hash_table_unref (self->models);
  g_hash_table_unref (self->endpoints);
  g_free (self);
}

static Count *
find_count (GHashTable *counts, const char *name)
{
  Count *count = g_hash_table_lookup (counts, name);

  if (count != NULL)
    return count;
  if (g_hash_table_size (counts) >= MAX_NAMES && !g_str_equal (name, OTHERS))
    return find_count (counts, OTHERS);
  count = g_new0 (Count, 1);
  g_hash_table_insert (counts, g_strdup (name), count);
  return count;
}

static Group *
find_group (JumpRequestCounters *self, const char *user)
{
  Group *group = g_hash_table_lookup (self->users, user);

  if (group != NULL)
    return group;
  if (g_hash_table_size (self->users) >= MAX_NAMES && !g_str_equal (user, OTHERS))
    return find_group (self, OTHERS);
  group = new_group ();
  g_hash_table_insert (self->users, g_strdup (user), group);
  return group;
}

static guint64
get_known (gint64 tokens)
{
  return (guint64) MAX (tokens, 0);
}

static void
count_record (Count *self, const JumpExchangeRecord *record)
{
  guint64 input = get_known (record->usage.input_tokens);
  guint64 cached = get_known (record->usage.cache_read_tokens);
  guint64 written = get_known (record->usage.cache_write_tokens);

  self->n_requests++;
  self->n_failed += record->status >= 400 && record->status != 499 ? 1 : 0;
  self->fresh_tokens += input > cached + written ? input - cached - written : 0;
  self->output_tokens += get_known (record->usage.output_tokens);
  self->cache_write_tokens += written;
  self->cached_tokens += cached;
  self->bytes_in += record->bytes_in;
  self->bytes_out += record->bytes_out;
}

static void
count_in_group (Group *self, const JumpExchangeRecord *record)
{
  const char *model = record->used_model != NULL ? record->used_model : record->asked_model;

  count_record (&self->all, record);
  count_record (find_count (self->models, model != NULL ? model : NO_MODEL), record);
  if (record->path != NULL)
    count_record (find_count (self->endpoints, record->path), record);
}

static void
count_changes (JumpRequestCounters *self, const char *changes)
{
  g_auto (GStrv) names = NULL;

  if (changes == NULL || *changes == '\0')
    return;
  names = g_strsplit (changes, ",", -1);
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *name = g_strstrip (names[i]);

      if (*name != '\0')
        find_count (self->changes, name)->n_requests++;
    }
}

JumpRequestCounters *
jump_request_counters_new (void)
{
  JumpRequestCounters *self = g_new0 (JumpRequestCounters, 1);

  self->all = new_group ();
  self->users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_group);
  self->changes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
jump_request_counters_free (JumpRequestCounters *self)
{
  free_group (self->all);
  g_hash_table_unref (self->users);
  g_hash_table_unref (self->changes);
  g_free (self);
}

void
jump_request_counters_add (JumpRequestCounters *self, const JumpExchangeRecord *record)
{
  gboolean has_user = record->client_key != NULL && record->client_name != NULL;

  if (record->is_imported)
    return;
  count_in_group (self->all, record);
  count_in_group (find_group (self, has_user ? record->client_name : NO_USER), record);
  count_changes (self, record->changes);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_names (GHashTable *counts)
{
  GPtrArray *names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, name);
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
write_counts (JumpJsonWriter *writer, const char *member, GHashTable *counts, gboolean has_tokens)
{
  g_autoptr (GPtrArray) names = counts != NULL ? list_names (counts) : NULL;

  jump_json_writer_member (writer, member);
  jump_json_writer_begin_object (writer);
  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      const Count *count = g_hash_table_lookup (counts, name);

      jump_json_writer_member (writer, name);
      jump_json_writer_begin_object (writer);
      jump_json_writer_member_int (writer, "request_count", (gint64) count->n_requests);
      if (has_tokens)
        {
          jump_json_writer_member_int (writer, "input_tokens", (gint64) count->fresh_tokens);
          jump_json_writer_member_int (writer, "output_tokens", (gint64) count->output_tokens);
          jump_json_writer_member_int (writer,
                                       "cache_creation_input_tokens",
                                       (gint64) count->cache_write_tokens);
          jump_json_writer_member_int (writer,
                                       "cache_read_input_tokens",
                                       (gint64) count->cached_tokens);
        }
      jump_json_writer_member_int (writer, "bytes_sent", (gint64) count->bytes_in);
      jump_json_writer_member_int (writer, "bytes_received", (gint64) count->bytes_out);
      jump_json_writer_end_object (writer);
    }
  jump_json_writer_end_object (writer);
}

void
jump_request_counters_write (const JumpRequestCounters *self,
                             JumpJsonWriter *writer,
                             const char *user)
{
  static const Count nothing = { 0 };
  const Group *group = user != NULL ? g_hash_table_lookup (self->users, user) : self->all;
  const Count *all = group != NULL ? &group->all : &nothing;

  jump_json_writer_member_int (writer, "total_requests", (gint64) all->n_requests);
  jump_json_writer_member_int (writer, "failed_requests", (gint64) all->n_failed);
  jump_json_writer_member_int (writer, "bytes_sent", (gint64) all->bytes_in);
  jump_json_writer_member_int (writer, "bytes_received", (gint64) all->bytes_out);
  write_counts (writer, "model_stats", group != NULL ? group->models : NULL, TRUE);
  write_counts (writer, "endpoint_stats", group != NULL ? group->endpoints : NULL, FALSE);
}

void
jump_request_counters_write_changes (const JumpRequestCounters *self, JumpJsonWriter *writer)
{
  g_autoptr (GPtrArray) names = list_names (self->changes);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      const Count *count = g_hash_table_lookup (self->changes, name);
      g_autofree char *member = g_strconcat ("mod.", name, NULL);

      jump_json_writer_member_int (writer, member, (gint64) count->n_requests);
    }
}
