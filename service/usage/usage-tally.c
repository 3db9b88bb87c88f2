/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/usage-tally.h"

#include "service/base/limits.h"
#include "service/conversation/usage-count.h"
#include "service/usage/usage-buckets.h"
#include "service/usage/usage-rows.h"

#include <stdlib.h>
#include <string.h>

#define LINE_DEPTH 8
#define NO_USER    "anonymous"
/* 2020-01-01: no Copilot, and no line, is older. */
#define EARLIEST G_GINT64_CONSTANT (1577836800)
/* Clocks of other computers may go before ours, but not by days. */
#define CLOCK_SKEW 86400

/* What one line adds to the chart. */
typedef struct
{
  guint machine; /* index */
  gint64 time;
  gint64 tokens;
} Point;

struct _JumpUsageTally
{
  gint64 from;
  gint64 until;
  gint64 latest;       /* what counts */
  char *only_machine;  /* (owned) (nullable) */
  char *only_user;     /* (owned) (nullable) */
  GPtrArray *machines; /* (owned) (element-type utf8) */
  GHashTable *users;   /* (owned) (element-type utf8) */
  JumpUsageRows *rows; /* (owned) */
  GArray *points;      /* (owned) (element-type Point) */
  gint64 earliest;     /* time of a line that counts; 0: none */
};

static gboolean
read_time (JumpJsonSpan value, gint64 *out_time)
{
  char text[32];

  if (jump_json_span_get_int (value, out_time))
    return TRUE;
  if (jump_json_span_kind (value) != JUMP_JSON_NUMBER || value.length >= sizeof text)
    return FALSE;
  memcpy (text, value.start, value.length);
  text[value.length] = '\0';
  *out_time = (gint64) CLAMP (g_ascii_strtod (text, NULL), 0, JUMP_USAGE_COUNT_MAX);
  return TRUE;
}

static char *
read_name (JumpJsonSpan value)
{
  return value.length <= JUMP_LIMIT_MODEL_NAME + 2 ? jump_json_span_dup_string (value) : NULL;
}

static const char *
get_machine (JumpUsageTally *self)
{
  return g_ptr_array_index (self->machines, self->machines->len - 1);
}

static void
add_models (JumpUsageTally *self, gint64 time, const char *user, JumpJsonSpan models)
{
  Point point = { self->machines->len - 1, time, 0 };
  JumpJsonCursor cursor;
  JumpJsonSpan object;

  jump_json_cursor_init (&cursor, models);
  while (jump_json_cursor_next (&cursor, NULL, &object))
    {
      g_autofree char *model = read_name (jump_json_find_member (object, "model"));
      JumpUsageCounts counts;

      if (model == NULL)
        continue;
      jump_usage_counts_read (&counts, object);
      if (jump_usage_rows_add (self->rows, get_machine (self), user, model, &counts))
        point.tokens =
            jump_usage_counts_add_numbers (point.tokens, counts.count[JUMP_USAGE_TOKENS]);
    }
  g_array_append_val (self->points, point);
  if (self->earliest == 0 || time < self->earliest)
    self->earliest = time;
}

static gboolean
is_in_range (JumpUsageTally *self, gint64 time)
{
  return time >= MAX (self->from, EARLIEST) && (self->until == 0 || time <= self->latest);
}

/**
 * jump_usage_tally_new:
 * @from: wall seconds, that one too; 0: any
 * @until: wall seconds; 0: any
 * @machine: (nullable): NULL: all
 * @user: (nullable): NULL: all
 *
 * Returns: (transfer full): nothing added up yet
 */
JumpUsageTally *
jump_usage_tally_new (gint64 from, gint64 until, const char *machine, const char *user)
{
  JumpUsageTally *self = g_new0 (JumpUsageTally, 1);

  self->from = from;
  self->until = until;
  self->latest = until + CLOCK_SKEW;
  self->only_machine = g_strdup (machine);
  self->only_user = g_strdup (user);
  self->machines = g_ptr_array_new_with_free_func (g_free);
  self->users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->rows = jump_usage_rows_new ();
  self->points = g_array_new (FALSE, FALSE, sizeof (Point));
  return self;
}

void
jump_usage_tally_end_there (JumpUsageTally *self)
{
  self->latest = self->until;
}

void
jump_usage_tally_free (JumpUsageTally *self)
{
  g_free (self->only_machine);
  g_free (self->only_user);
  g_ptr_array_unref (self->machines);
  g_hash_table_unref (self->users);
  jump_usage_rows_free (self->rows);
  g_array_unref (self->points);
  g_free (self);
}

void
jump_usage_tally_begin_machine (JumpUsageTally *self, const char *machine)
{
  g_ptr_array_add (self->machines, g_strdup (machine));
}

/**
 * jump_usage_tally_add_line:
 * @self: has been told the machine
 * @line: {"timestamp","user_id","models":[…]}, or anything else
 * @length: in bytes
 */
void
jump_usage_tally_add_line (JumpUsageTally *self, const char *line, gsize length)
{
  JumpJsonSpan object;
  JumpJsonSpan models;
  g_autofree char *user = NULL;
  gint64 time = 0;

  if (!jump_json_validate (line, length, LINE_DEPTH, NULL))
    return;
  object = jump_json_span_trim (line, length);
  models = jump_json_find_member (object, "models");
  if (jump_json_span_kind (models) != JUMP_JSON_ARRAY ||
      !read_time (jump_json_find_member (object, "timestamp"), &time) || !is_in_range (self, time))
    return;
  user = read_name (jump_json_find_member (object, "user_id"));
  if (user == NULL)
    user = g_strdup (NO_USER);
  if (g_hash_table_size (self->users) < JUMP_LIMIT_USAGE_ROWS)
    g_hash_table_add (self->users, g_strdup (user));
  if ((self->only_machine == NULL || g_str_equal (self->only_machine, get_machine (self))) &&
      (self->only_user == NULL || g_str_equal (self->only_user, user)))
    add_models (self, time, user, models);
}

static int
compare_texts (gconstpointer one, gconstpointer other)
{
  return strcmp (*(const char *const *) one, *(const char *const *) other);
}

static void
write_names (JumpUsageTally *self, JumpJsonWriter *writer)
{
  guint n_users = 0;
  g_autofree gpointer *users = g_hash_table_get_keys_as_array (self->users, &n_users);

  jump_json_writer_member (writer, "machines");
  jump_json_writer_begin_array (writer);
  for (guint i = 0; i < self->machines->len; i++)
    jump_json_writer_string (writer, g_ptr_array_index (self->machines, i));
  jump_json_writer_end_array (writer);
  qsort (users, n_users, sizeof *users, compare_texts);
  jump_json_writer_member (writer, "users");
  jump_json_writer_begin_array (writer);
  for (guint i = 0; i < n_users; i++)
    jump_json_writer_string (writer, users[i]);
  jump_json_writer_end_array (writer);
}

static void
write_machine_series (JumpUsageTally *self,
                      JumpJsonWriter *writer,
                      guint machine,
                      const JumpUsageBuckets *buckets)
{
  g_autofree gint64 *tokens = g_new0 (gint64, buckets->times->len);

  for (guint i = 0; i < self->points->len; i++)
    {
      const Point *point = &g_array_index (self->points, Point, i);
      guint bucket;

      if (point->machine != machine)
        continue;
      bucket = jump_usage_buckets_find (buckets, point->time);
      tokens[bucket] = jump_usage_counts_add_numbers (tokens[bucket], point->tokens);
    }
  jump_json_writer_member (writer, g_ptr_array_index (self->machines, machine));
  jump_json_writer_begin_array (writer);
  for (guint i = 0; i < buckets->times->len; i++)
    jump_json_writer_int (writer, tokens[i]);
  jump_json_writer_end_array (writer);
}

static void
write_series (JumpUsageTally *self, JumpJsonWriter *writer)
{
  g_auto (JumpUsageBuckets) buckets = { 0 };
  gint64 from = self->from > 0 ? self->from : self->earliest > 0 ? self->earliest : self->until;

  jump_usage_buckets_init (&buckets, MIN (from, self->until), self->until);
  jump_json_writer_member (writer, "timeseries");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "granularity", buckets.granularity);
  jump_json_writer_member (writer, "times");
  jump_json_writer_begin_array (writer);
  for (guint i = 0; i < buckets.times->len; i++)
    jump_json_writer_int (writer, g_array_index (buckets.times, gint64, i));
  jump_json_writer_end_array (writer);
  jump_json_writer_member (writer, "by_machine");
  jump_json_writer_begin_object (writer);
  for (guint i = 0; i < self->machines->len; i++)
    {
      if (self->only_machine == NULL ||
          g_str_equal (self->only_machine, g_ptr_array_index (self->machines, i)))
        write_machine_series (self, writer, i, &buckets);
    }
  jump_json_writer_end_object (writer);
  jump_json_writer_end_object (writer);
}

/**
 * jump_usage_tally_write:
 * @self: has got all lines
 * @writer: inside an object
 */
void
jump_usage_tally_write (JumpUsageTally *self, JumpJsonWriter *writer)
{
  write_names (self, writer);
  jump_usage_rows_write (self->rows, writer);
  write_series (self, writer);
}
