/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/usage-buckets.h"

#define MINUTE 60
#define HOUR   3600
#define DAY    86400
/* Charts of more days than these have none left to see. */
#define MAX_BUCKETS 20000

static void
fill_evenly (GArray *times, gint64 from, gint64 until, gint64 step)
{
  for (gint64 time = from - from % step; time <= until; time += step)
    g_array_append_val (times, time);
}

/* Days have 23 or 25 hours where clocks are changed. */
static void
fill_days (GArray *times, gint64 from, gint64 until)
{
  g_autoptr (GDateTime) begin = g_date_time_new_from_unix_local (from);
  g_autoptr (GDateTime) day = g_date_time_new_local (g_date_time_get_year (begin),
                                                     g_date_time_get_month (begin),
                                                     g_date_time_get_day_of_month (begin),
                                                     0,
                                                     0,
                                                     0);

  while (day != NULL && times->len < MAX_BUCKETS && g_date_time_to_unix (day) <= until)
    {
      gint64 time = g_date_time_to_unix (day);
      GDateTime *next = g_date_time_add_days (day, 1);

      g_array_append_val (times, time);
      g_date_time_unref (day);
      day = next;
    }
}

/**
 * jump_usage_buckets_init:
 * @self: (out caller-allocates)
 * @from: wall seconds, from 0 on
 * @until: wall seconds, not before @from
 */
void
jump_usage_buckets_init (JumpUsageBuckets *self, gint64 from, gint64 until)
{
  gint64 span = until - from;

  self->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (span < 2 * HOUR)
    {
      self->granularity = "minute";
      fill_evenly (self->times, from, until, MINUTE);
    }
  else if (span < 3 * DAY)
    {
      self->granularity = "hour";
      fill_evenly (self->times, from, until, HOUR);
    }
  else
    {
      self->granularity = "day";
      fill_days (self->times, from, until);
    }
}

void
jump_usage_buckets_clear (JumpUsageBuckets *self)
{
  g_clear_pointer (&self->times, g_array_unref);
}

guint
jump_usage_buckets_find (const JumpUsageBuckets *self, gint64 time)
{
  guint low = 0;
  guint high = self->times->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->times, gint64, middle) <= time)
        low = middle;
      else
        high = middle;
    }
  return low;
}
