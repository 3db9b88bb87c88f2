/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/keys/key-meter.h"

#define MINUTE_US (60 * G_USEC_PER_SEC)
/* Time stamps kept for one key: as many as its limit can be. */
#define MAX_STAMPS 6000
/* Keys that were removed leave their row behind; beyond this many, idle rows go. */
#define MAX_ROWS 2000

typedef struct
{
  GArray *stamps; /* (owned) (element-type gint64): monotonic µs of the last minute, oldest first */
  guint n_running;
  double credits; /* of that day */
  int day;
} Row;

struct _JumpKeyMeter
{
  JumpClock *clock; /* (owned) */
  GHashTable *rows; /* (owned) (element-type utf8 Row): by id of the key */
  GHashTable
      *running; /* (owned) (element-type utf8 Row): by id of the request; rows that run stay */
};

static void
free_row (gpointer data)
{
  Row *row = data;

  g_array_unref (row->stamps);
  g_free (row);
}

/* A number that is another one on another day of this computer's calendar. */
static int
get_day (const JumpKeyMeter *self)
{
  g_autoptr (GDateTime) now =
      g_date_time_new_from_unix_local (jump_clock_get_wall_seconds (self->clock));

  return g_date_time_get_year (now) * 1000 + g_date_time_get_day_of_year (now);
}

static guint
get_seconds_to_midnight (const JumpKeyMeter *self)
{
  g_autoptr (GDateTime) now =
      g_date_time_new_from_unix_local (jump_clock_get_wall_seconds (self->clock));
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (now, 1);
  g_autoptr (GDateTime) midnight = g_date_time_new_local (g_date_time_get_year (tomorrow),
                                                          g_date_time_get_month (tomorrow),
                                                          g_date_time_get_day_of_month (tomorrow),
                                                          0,
                                                          0,
                                                          0);
  gint64 seconds = g_date_time_to_unix (midnight) - g_date_time_to_unix (now);

  return (guint) MAX (seconds, 1);
}

static void
forget_old (const JumpKeyMeter *self, Row *row)
{
  gint64 begin = jump_clock_get_monotonic_time (self->clock) - MINUTE_US;
  guint n_old = 0;

  while (n_old < row->stamps->len && g_array_index (row->stamps, gint64, n_old) <= begin)
    n_old++;
  if (n_old > 0)
    g_array_remove_range (row->stamps, 0, n_old);
  if (row->credits > 0 && row->day != get_day (self))
    row->credits = 0;
}

static gboolean
is_idle (gpointer key, gpointer value, gpointer user_data)
{
  Row *row = value;

  forget_old (user_data, row);
  return row->n_running == 0 && row->stamps->len == 0 && row->credits <= 0;
}

static Row *
get_row (JumpKeyMeter *self, const char *key_id)
{
  Row *row = g_hash_table_lookup (self->rows, key_id);

  if (row != NULL)
    return row;
  if (g_hash_table_size (self->rows) >= MAX_ROWS)
    g_hash_table_foreach_remove (self->rows, is_idle, self);
  row = g_new0 (Row, 1);
  row->stamps = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_hash_table_insert (self->rows, g_strdup (key_id), row);
  return row;
}

/* Returns: (nullable): NULL for a key that has done nothing */
static Row *
look_up (JumpKeyMeter *self, const char *key_id)
{
  Row *row = g_hash_table_lookup (self->rows, key_id);

  if (row != NULL)
    forget_old (self, row);
  return row;
}

/* When enough of the last minute's requests will be older than a minute for another one. */
static guint
get_seconds_to_turn (const JumpKeyMeter *self, const Row *row, guint limit)
{
  gint64 leaving = g_array_index (row->stamps, gint64, row->stamps->len - limit);
  gint64 wait = leaving + MINUTE_US - jump_clock_get_monotonic_time (self->clock);

  return (guint) MAX ((wait + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC, 1);
}

/**
 * jump_key_meter_new:
 * @clock: referenced; its wall time in the zone of this computer says which day it is
 *
 * Returns: (transfer full): a meter at nothing
 */
JumpKeyMeter *
jump_key_meter_new (JumpClock *clock)
{
  JumpKeyMeter *self = g_new0 (JumpKeyMeter, 1);

  self->clock = g_object_ref (clock);
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_row);
  self->running = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
jump_key_meter_free (JumpKeyMeter *self)
{
  g_hash_table_unref (self->running);
  g_hash_table_unref (self->rows);
  g_object_unref (self->clock);
  g_free (self);
}

/**
 * jump_key_meter_begin:
 * @self: a meter
 * @key: whose request it is
 * @request_id: its own
 * @out_wait: (out): seconds until it may be worth trying again; 0: admitted, or nobody knows
 *
 * What requests under way will cost is not known, so that a day can end a little above its limit.
 *
 * Returns: %JUMP_KEY_ADMITTED, and then jump_key_meter_end() has to follow; or why not
 */
JumpKeyVerdict
jump_key_meter_begin (JumpKeyMeter *self,
                      JumpClientKey *key,
                      const char *request_id,
                      guint *out_wait)
{
  const JumpKeyLimits *limits = jump_client_key_get_limits (key);
  Row *row = get_row (self, jump_client_key_get_id (key));
  gint64 now = jump_clock_get_monotonic_time (self->clock);

  *out_wait = 0;
  forget_old (self, row);
  if (limits->daily_credits > 0 && row->credits >= limits->daily_credits)
    {
      *out_wait = get_seconds_to_midnight (self);
      return JUMP_KEY_OUT_OF_CREDITS;
    }
  if (limits->requests_per_minute > 0 && row->stamps->len >= limits->requests_per_minute)
    {
      *out_wait = get_seconds_to_turn (self, row, limits->requests_per_minute);
      return JUMP_KEY_TOO_FAST;
    }
  if (limits->concurrent > 0 && row->n_running >= limits->concurrent)
    return JUMP_KEY_TOO_MANY;
  if (row->stamps->len >= MAX_STAMPS)
    g_array_remove_index (row->stamps, 0);
  g_array_append_val (row->stamps, now);
  row->n_running++;
  g_hash_table_insert (self->running, g_strdup (request_id), row);
  return JUMP_KEY_ADMITTED;
}

/**
 * jump_key_meter_end:
 * @self: a meter
 * @request_id: of any request
 * @credits: what it cost; counts for the day on which it ends
 */
void
jump_key_meter_end (JumpKeyMeter *self, const char *request_id, double credits)
{
  Row *row = g_hash_table_lookup (self->running, request_id);

  if (row == NULL)
    return;
  g_hash_table_remove (self->running, request_id);
  forget_old (self, row);
  row->n_running--;
  if (!(credits > 0))
    return;
  row->day = get_day (self);
  row->credits += credits;
}

/**
 * jump_key_meter_restore:
 * @self: a meter
 * @key_id: of a key
 * @credits: that it used today, added to what it has used since
 */
void
jump_key_meter_restore (JumpKeyMeter *self, const char *key_id, double credits)
{
  Row *row;

  if (!(credits > 0))
    return;
  row = get_row (self, key_id);
  forget_old (self, row);
  row->day = get_day (self);
  row->credits += credits;
}

guint
jump_key_meter_get_running (JumpKeyMeter *self, const char *key_id)
{
  Row *row = look_up (self, key_id);

  return row == NULL ? 0 : row->n_running;
}

guint
jump_key_meter_get_last_minute (JumpKeyMeter *self, const char *key_id)
{
  Row *row = look_up (self, key_id);

  return row == NULL ? 0 : row->stamps->len;
}

double
jump_key_meter_get_credits_today (JumpKeyMeter *self, const char *key_id)
{
  Row *row = look_up (self, key_id);

  return row == NULL ? 0 : row->credits;
}
