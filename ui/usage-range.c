/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/usage-range.h"

#include "ui/figure-text.h"

#include <glib/gi18n-lib.h>

#define MOST_DAYS   45 /* bars of days that can be told from each other */
#define MOST_MONTHS 36

/* Midnight, local time, of the day that holds @now, moved by so much. */
static GDateTime *
make_midnight (gint64 now, int months, int days, gboolean is_first)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (now);
  g_autoptr (GDateTime) day =
      g_date_time_new_local (g_date_time_get_year (time),
                             g_date_time_get_month (time),
                             is_first ? 1 : g_date_time_get_day_of_month (time),
                             0,
                             0,
                             0);
  g_autoptr (GDateTime) month = g_date_time_add_months (day, months);

  return g_date_time_add_days (month, days);
}

static gint64
get_seconds (GDateTime *time)
{
  return g_date_time_to_unix (time);
}

/**
 * jump_usage_range_get_from:
 * @range: a range
 * @now: wall seconds
 *
 * Returns: wall seconds
 */
gint64
jump_usage_range_get_from (JumpUsageRange range, gint64 now)
{
  g_autoptr (GDateTime) begin = NULL;

  switch (range)
    {
    case JUMP_RANGE_TODAY:
      begin = make_midnight (now, 0, 0, FALSE);
      break;
    case JUMP_RANGE_WEEK:
      begin = make_midnight (now, 0, -6, FALSE);
      break;
    case JUMP_RANGE_MONTH:
      begin = make_midnight (now, 0, 0, TRUE);
      break;
    case JUMP_RANGE_YEAR:
      begin = make_midnight (now, -11, 0, TRUE);
      break;
    case JUMP_RANGE_ALL:
    case JUMP_N_RANGES:
      return 0;
    }
  return get_seconds (begin);
}

gint64
jump_usage_month_begin (gint64 resets_at, gint64 now)
{
  g_autoptr (GDateTime) end = NULL;
  g_autoptr (GDateTime) begin = NULL;

  if (resets_at <= 0)
    return jump_usage_range_get_from (JUMP_RANGE_MONTH, now);
  end = g_date_time_new_from_unix_utc (resets_at);
  begin = g_date_time_add_months (end, -1);
  return get_seconds (begin);
}

JumpBucket
jump_usage_range_get_bucket (JumpUsageRange range)
{
  return range == JUMP_RANGE_TODAY ? JUMP_BUCKET_HOUR : JUMP_BUCKET_DAY;
}

const char *
jump_usage_range_get_name (JumpUsageRange range)
{
  static const char *const names[JUMP_N_RANGES] = {
    [JUMP_RANGE_TODAY] = "today", [JUMP_RANGE_WEEK] = "week", [JUMP_RANGE_MONTH] = "month",
    [JUMP_RANGE_YEAR] = "year",   [JUMP_RANGE_ALL] = "all",
  };

  return range < JUMP_N_RANGES ? names[range] : names[JUMP_RANGE_ALL];
}

/**
 * jump_usage_range_get_unit:
 * @range: a range
 * @oldest: wall seconds of the first record; 0: none
 * @now: wall seconds
 *
 * Returns: how long one bar is
 */
JumpStepUnit
jump_usage_range_get_unit (JumpUsageRange range, gint64 oldest, gint64 now)
{
  gint64 days = oldest > 0 ? (now - oldest) / 86400 + 1 : 1;

  switch (range)
    {
    case JUMP_RANGE_TODAY:
      return JUMP_STEP_HOUR;
    case JUMP_RANGE_WEEK:
    case JUMP_RANGE_MONTH:
      return JUMP_STEP_DAY;
    case JUMP_RANGE_YEAR:
      return JUMP_STEP_MONTH;
    case JUMP_RANGE_ALL:
    case JUMP_N_RANGES:
      break;
    }
  if (days <= MOST_DAYS)
    return JUMP_STEP_DAY;
  return days <= MOST_MONTHS * 30 ? JUMP_STEP_MONTH : JUMP_STEP_YEAR;
}

static GDateTime *
make_begin (JumpUsageRange range, JumpStepUnit unit, gint64 oldest, gint64 now)
{
  gint64 from = jump_usage_range_get_from (range, now);
  g_autoptr (GDateTime) first = NULL;
  int month;

  if (from > 0)
    return g_date_time_new_from_unix_local (from);
  first = g_date_time_new_from_unix_local (oldest > 0 && oldest < now ? oldest : now);
  month = unit == JUMP_STEP_YEAR ? 1 : g_date_time_get_month (first);
  return g_date_time_new_local (g_date_time_get_year (first),
                                month,
                                unit == JUMP_STEP_DAY ? g_date_time_get_day_of_month (first) : 1,
                                0,
                                0,
                                0);
}

/* An hour is 3600 seconds also on the days when clocks are changed. */
static GDateTime *
step_on (GDateTime *time, JumpStepUnit unit)
{
  switch (unit)
    {
    case JUMP_STEP_HOUR:
      return g_date_time_add_hours (time, 1);
    case JUMP_STEP_DAY:
      return g_date_time_add_days (time, 1);
    case JUMP_STEP_MONTH:
      return g_date_time_add_months (time, 1);
    case JUMP_STEP_YEAR:
      return g_date_time_add_years (time, 1);
    }
  return NULL;
}

/* What has yet to come of a day or a month is shown, too: the bars stay where they are. */
static gint64
get_end (JumpUsageRange range, gint64 now)
{
  g_autoptr (GDateTime) end = NULL;

  if (range == JUMP_RANGE_TODAY)
    end = make_midnight (now, 0, 1, FALSE);
  else if (range == JUMP_RANGE_MONTH)
    end = make_midnight (now, 1, 0, TRUE);
  return end == NULL ? now + 1 : get_seconds (end);
}

/**
 * jump_usage_range_make_steps:
 * @range: a range
 * @oldest: wall seconds of the first record; 0: none
 * @now: wall seconds
 *
 * Returns: (transfer full) (element-type gint64): wall seconds
 */
GArray *
jump_usage_range_make_steps (JumpUsageRange range, gint64 oldest, gint64 now)
{
  JumpStepUnit unit = jump_usage_range_get_unit (range, oldest, now);
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GDateTime) time = make_begin (range, unit, oldest, now);
  gint64 end = get_end (range, now);
  gint64 begin = get_seconds (time);

  g_array_append_val (steps, begin);
  while (begin < end)
    {
      GDateTime *next = step_on (time, unit);

      g_date_time_unref (time);
      time = next;
      begin = get_seconds (time);
      g_array_append_val (steps, begin);
    }
  return steps;
}

static const char *
get_short_day (int day)
{
  static const char *const days[] = {
    NC_ ("short day", "Mon"), NC_ ("short day", "Tue"), NC_ ("short day", "Wed"), NC_ ("short day", "Thu"),
    NC_ ("short day", "Fri"), NC_ ("short day", "Sat"), NC_ ("short day", "Sun"),
  };

  return g_dpgettext2 (GETTEXT_PACKAGE, "short day", days[CLAMP (day, 1, 7) - 1]);
}

/**
 * jump_usage_step_label:
 * @range: what is shown
 * @unit: of its bars
 * @begin: wall seconds
 */
char *
jump_usage_step_label (JumpUsageRange range, JumpStepUnit unit, gint64 begin)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (begin);

  switch (unit)
    {
    case JUMP_STEP_HOUR:
      return g_strdup_printf ("%d", g_date_time_get_hour (time));
    case JUMP_STEP_DAY:
      if (range == JUMP_RANGE_WEEK)
        return g_strdup (get_short_day (g_date_time_get_day_of_week (time)));
      return g_strdup_printf ("%d", g_date_time_get_day_of_month (time));
    case JUMP_STEP_MONTH:
      return g_strdup (jump_figure_text_month (g_date_time_get_month (time)));
    case JUMP_STEP_YEAR:
      return g_strdup_printf ("%d", g_date_time_get_year (time));
    }
  return NULL;
}

/**
 * jump_usage_step_title:
 * @unit: how long it is
 * @begin: wall seconds
 */
char *
jump_usage_step_title (JumpStepUnit unit, gint64 begin)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (begin);

  switch (unit)
    {
    case JUMP_STEP_HOUR:
      /* Translators: an hour of the day and the next one */
      return g_strdup_printf (
          _ ("%d:00 to %d:00"), g_date_time_get_hour (time), g_date_time_get_hour (time) + 1);
    case JUMP_STEP_DAY:
      return jump_figure_text_day (begin);
    case JUMP_STEP_MONTH:
      /* Translators: short name of a month, and a year: Nov 2026 */
      return g_strdup_printf (C_ ("month", "%s %d"),
                                  jump_figure_text_month (g_date_time_get_month (time)),
                                  g_date_time_get_year (time));
    case JUMP_STEP_YEAR:
      return g_strdup_printf ("%d", g_date_time_get_year (time));
    }
  return NULL;
}
