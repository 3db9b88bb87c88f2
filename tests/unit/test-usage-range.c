/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/usage-range.h"

#include <stdlib.h>
#include <time.h>

static gint64
at (int year, int month, int day, int hour)
{
  g_autoptr (GDateTime) time = g_date_time_new_local (year, month, day, hour, 0, 0);

  return g_date_time_to_unix (time);
}

static void
test_from (void)
{
  const gint64 now = at (2026, 3, 31, 15);

  g_assert_cmpint (jump_usage_range_get_from (JUMP_RANGE_TODAY, now), ==, at (2026, 3, 31, 0));
  g_assert_cmpint (jump_usage_range_get_from (JUMP_RANGE_WEEK, now), ==, at (2026, 3, 25, 0));
  g_assert_cmpint (jump_usage_range_get_from (JUMP_RANGE_MONTH, now), ==, at (2026, 3, 1, 0));
  g_assert_cmpint (jump_usage_range_get_from (JUMP_RANGE_YEAR, now), ==, at (2025, 4, 1, 0));
  g_assert_cmpint (jump_usage_range_get_from (JUMP_RANGE_ALL, now), ==, 0);
}

/* Clocks go forward on 29 March 2026 in Berlin: that day has 23 hours. */
static void
test_steps (void)
{
  const struct
  {
    JumpUsageRange range;
    gint64 oldest;
    gint64 now;
    guint n_bars;
    JumpStepUnit unit;
  } rows[] = {
    { JUMP_RANGE_TODAY, 0, at (2026, 3, 28, 15), 24, JUMP_STEP_HOUR },
    { JUMP_RANGE_TODAY, 0, at (2026, 3, 29, 15), 23, JUMP_STEP_HOUR },
    { JUMP_RANGE_TODAY, 0, at (2026, 10, 25, 1), 25, JUMP_STEP_HOUR },
    { JUMP_RANGE_WEEK, 0, at (2026, 3, 31, 15), 7, JUMP_STEP_DAY },
    { JUMP_RANGE_MONTH, 0, at (2026, 2, 3, 15), 28, JUMP_STEP_DAY },
    { JUMP_RANGE_MONTH, 0, at (2026, 3, 31, 15), 31, JUMP_STEP_DAY },
    { JUMP_RANGE_YEAR, 0, at (2026, 3, 31, 15), 12, JUMP_STEP_MONTH },
    { JUMP_RANGE_ALL, 0, at (2026, 3, 31, 15), 1, JUMP_STEP_DAY },
    { JUMP_RANGE_ALL, at (2026, 3, 20, 9), at (2026, 3, 31, 15), 12, JUMP_STEP_DAY },
    { JUMP_RANGE_ALL, at (2025, 12, 20, 9), at (2026, 3, 31, 15), 4, JUMP_STEP_MONTH },
    { JUMP_RANGE_ALL, at (2020, 12, 20, 9), at (2026, 3, 31, 15), 7, JUMP_STEP_YEAR },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GArray) steps =
          jump_usage_range_make_steps (rows[i].range, rows[i].oldest, rows[i].now);

      g_test_message ("row %u", i);
      g_assert_cmpuint (steps->len, ==, rows[i].n_bars + 1);
      g_assert_cmpint (jump_usage_range_get_unit (rows[i].range, rows[i].oldest, rows[i].now),
                       ==,
                       rows[i].unit);
      g_assert_cmpint (g_array_index (steps, gint64, 0), <=, rows[i].now);
      g_assert_cmpint (g_array_index (steps, gint64, rows[i].n_bars), >, rows[i].now);
      for (guint j = 1; j < steps->len; j++)
        g_assert_cmpint (g_array_index (steps, gint64, j - 1), <, g_array_index (steps, gint64, j));
    }
}

static void
test_labels (void)
{
  const gint64 time = at (2026, 11, 23, 14);
  const struct
  {
    JumpUsageRange range;
    JumpStepUnit unit;
    const char *label;
    const char *title;
  } rows[] = {
    { JUMP_RANGE_TODAY, JUMP_STEP_HOUR, "14", "14:00 to 15:00" },
    { JUMP_RANGE_WEEK, JUMP_STEP_DAY, "Mon", "23 November" },
    { JUMP_RANGE_MONTH, JUMP_STEP_DAY, "23", "23 November" },
    { JUMP_RANGE_YEAR, JUMP_STEP_MONTH, "Nov", "Nov 2026" },
    { JUMP_RANGE_ALL, JUMP_STEP_YEAR, "2026", "2026" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *label = jump_usage_step_label (rows[i].range, rows[i].unit, time);
      g_autofree char *title = jump_usage_step_title (rows[i].unit, time);

      g_assert_cmpstr (label, ==, rows[i].label);
      g_assert_cmpstr (title, ==, rows[i].title);
    }
}

/* 1 December 2026, midnight UTC, and a month before. */
static void
test_month (void)
{
  const gint64 now = at (2026, 11, 23, 14);

  g_assert_cmpint (jump_usage_month_begin (1796083200, now), ==, 1793491200);
  g_assert_cmpint (jump_usage_month_begin (0, now), ==, at (2026, 11, 1, 0));
}

int
main (int argc, char **argv)
{
  setenv ("TZ", "Europe/Berlin", TRUE);
  tzset ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/usage-range/from", test_from);
  g_test_add_func ("/usage-range/steps", test_steps);
  g_test_add_func ("/usage-range/labels", test_labels);
  g_test_add_func ("/usage-range/month", test_month);
  return g_test_run ();
}
