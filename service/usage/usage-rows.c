/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/usage-rows.h"

#include "service/base/limits.h"
#include "service/conversation/usage-count.h"

#include <string.h>

/* As lines and overview name them. */
static const char *const count_names[JUMP_N_USAGE_COUNTS] = {
  [JUMP_USAGE_REQUESTS] = "request_count",
  [JUMP_USAGE_INPUT] = "input_tokens",
  [JUMP_USAGE_CACHE_CREATION] = "cache_creation_input_tokens",
  [JUMP_USAGE_CACHE_READ] = "cache_read_input_tokens",
  [JUMP_USAGE_OUTPUT] = "output_tokens",
  [JUMP_USAGE_TOKENS] = "total_tokens",
  [JUMP_USAGE_SENT] = "data_sent",
  [JUMP_USAGE_RECEIVED] = "data_received",
  [JUMP_USAGE_DATA] = "total_data",
};

typedef struct
{
  char *machine; /* (owned) */
  char *user;    /* (owned) (nullable): NULL: of all of them */
  char *model;   /* (owned) */
  JumpUsageCounts counts;
} Row;

struct _JumpUsageRows
{
  GHashTable *rows; /* (owned) (element-type utf8 Row): by machine, user and model */
};

static void
row_free (Row *row)
{
  g_free (row->machine);
  g_free (row->user);
  g_free (row->model);
  g_free (row);
}

/* Returns: (transfer none) (nullable): NULL when there are too many */
static Row *
find_row (GHashTable *rows, const char *machine, const char *user, const char *model)
{
  g_autofree char *key = g_strjoin ("\x1f", machine, user != NULL ? user : "", model, NULL);
  Row *row = g_hash_table_lookup (rows, key);

  if (row != NULL || g_hash_table_size (rows) >= JUMP_LIMIT_USAGE_ROWS)
    return row;
  row = g_new0 (Row, 1);
  row->machine = g_strdup (machine);
  row->user = g_strdup (user);
  row->model = g_strdup (model);
  row->counts = JUMP_USAGE_COUNTS_NONE;
  g_hash_table_insert (rows, g_steal_pointer (&key), row);
  return row;
}

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) row_free);
}

static gint64
read_count (JumpJsonSpan object, const char *name, gint64 fallback)
{
  gint64 count = -1;

  jump_json_span_get_int (jump_json_find_member (object, name), &count);
  return count >= 0 && count <= JUMP_USAGE_COUNT_MAX ? count : fallback;
}

/* Computers and users by name, most tokens first. */
static int
compare_rows (gconstpointer one, gconstpointer other)
{
  const Row *first = *(const Row *const *) one;
  const Row *second = *(const Row *const *) other;
  gint64 tokens = first->counts.count[JUMP_USAGE_TOKENS];
  int order = strcmp (first->machine, second->machine);

  if (order == 0)
    order = g_strcmp0 (first->user, second->user);
  if (order == 0 && tokens != second->counts.count[JUMP_USAGE_TOKENS])
    order = tokens > second->counts.count[JUMP_USAGE_TOKENS] ? -1 : 1;
  return order != 0 ? order : strcmp (first->model, second->model);
}

static GPtrArray *
sort_rows (GHashTable *rows)
{
  GPtrArray *sorted = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    g_ptr_array_add (sorted, row);
  g_ptr_array_sort (sorted, compare_rows);
  return sorted;
}

static void
write_rows (JumpJsonWriter *writer, const char *name, GHashTable *rows)
{
  g_autoptr (GPtrArray) sorted = sort_rows (rows);

  jump_json_writer_member (writer, name);
  jump_json_writer_begin_array (writer);
  for (guint i = 0; i < sorted->len; i++)
    {
      const Row *row = g_ptr_array_index (sorted, i);

      jump_json_writer_begin_object (writer);
      jump_json_writer_member_string (writer, "machine", row->machine);
      if (row->user != NULL)
        jump_json_writer_member_string (writer, "user_id", row->user);
      jump_json_writer_member_string (writer, "model_id", row->model);
      jump_usage_counts_write (&row->counts, writer);
      jump_json_writer_end_object (writer);
    }
  jump_json_writer_end_array (writer);
}

/**
 * jump_usage_counts_read:
 * @self: (out caller-allocates)
 * @object: of validated text
 *
 * Some write only the five that the reference's README lists; the sums are made then.
 */
void
jump_usage_counts_read (JumpUsageCounts *self, JumpJsonSpan object)
{
  gint64 *count = self->count;

  for (guint i = 0; i < JUMP_N_USAGE_COUNTS; i++)
    count[i] = read_count (object,
                           count_names[i],
                           i == JUMP_USAGE_TOKENS || i == JUMP_USAGE_DATA ? -1 : 0);
  if (count[JUMP_USAGE_TOKENS] < 0)
    count[JUMP_USAGE_TOKENS] = count[JUMP_USAGE_INPUT] + count[JUMP_USAGE_OUTPUT] +
                               count[JUMP_USAGE_CACHE_CREATION] + count[JUMP_USAGE_CACHE_READ];
  if (count[JUMP_USAGE_DATA] < 0)
    count[JUMP_USAGE_DATA] = count[JUMP_USAGE_SENT] + count[JUMP_USAGE_RECEIVED];
  self->nano_aiu = read_count (object, "nano_aiu", -1);
}

gint64
jump_usage_counts_add_numbers (gint64 one, gint64 other)
{
  return MIN (one + other, JUMP_USAGE_COUNT_MAX);
}

void
jump_usage_counts_add (JumpUsageCounts *self, const JumpUsageCounts *other)
{
  for (guint i = 0; i < JUMP_N_USAGE_COUNTS; i++)
    self->count[i] = jump_usage_counts_add_numbers (self->count[i], other->count[i]);
  if (other->nano_aiu >= 0)
    self->nano_aiu = jump_usage_counts_add_numbers (MAX (self->nano_aiu, 0), other->nano_aiu);
}

/**
 * jump_usage_counts_write:
 * @self: sums
 * @writer: inside an object
 *
 * Writes the members of the contract, and "credits": null where nobody named a price.
 */
void
jump_usage_counts_write (const JumpUsageCounts *self, JumpJsonWriter *writer)
{
  for (guint i = 0; i < JUMP_N_USAGE_COUNTS; i++)
    jump_json_writer_member_int (writer, count_names[i], self->count[i]);
  jump_json_writer_member (writer, "credits");
  if (self->nano_aiu >= 0)
    jump_json_writer_double (writer, (double) self->nano_aiu / 1e9);
  else
    jump_json_writer_null (writer);
}

JumpUsageRows *
jump_usage_rows_new (void)
{
  JumpUsageRows *self = g_new0 (JumpUsageRows, 1);

  self->rows = new_table ();
  return self;
}

void
jump_usage_rows_free (JumpUsageRows *self)
{
  g_hash_table_unref (self->rows);
  g_free (self);
}

gboolean
jump_usage_rows_add (JumpUsageRows *self,
                     const char *machine,
                     const char *user,
                     const char *model,
                     const JumpUsageCounts *counts)
{
  Row *row = find_row (self->rows, machine, user, model);

  if (row != NULL)
    jump_usage_counts_add (&row->counts, counts);
  return row != NULL;
}

void
jump_usage_rows_write (JumpUsageRows *self, JumpJsonWriter *writer)
{
  g_autoptr (GHashTable) rows = new_table ();
  JumpUsageCounts totals = JUMP_USAGE_COUNTS_NONE;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Row *row = value;

      jump_usage_counts_add (&find_row (rows, row->machine, NULL, row->model)->counts,
                             &row->counts);
      jump_usage_counts_add (&totals, &row->counts);
    }
  write_rows (writer, "rows", rows);
  write_rows (writer, "user_rows", self->rows);
  jump_json_writer_member (writer, "totals");
  jump_json_writer_begin_object (writer);
  jump_usage_counts_write (&totals, writer);
  jump_json_writer_end_object (writer);
}
