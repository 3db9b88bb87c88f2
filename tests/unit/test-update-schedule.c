/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/update/update-schedule.h"

#define NOW  G_GINT64_CONSTANT (1800000000)
#define HOUR 3600
#define DAY  (24 * HOUR)

static void
test_due (void)
{
  static const struct
  {
    gint64 asked_at;
    gint64 not_before;
    gboolean is_due;
  } rows[] = {
    { 0, 0, TRUE },          { NOW, 0, FALSE },
    { NOW - DAY, 0, FALSE }, { NOW - DAY - HOUR, 0, TRUE },
    { NOW + 1, 0, TRUE }, /* the clock was set back */
    { G_MAXINT64, 0, TRUE }, { -1, 0, TRUE },
    { G_MININT64, 0, TRUE }, { 0, NOW + 1, FALSE },
    { 0, NOW, TRUE },        { 0, NOW + 8 * DAY, TRUE }, /* likewise */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JumpUpdateSchedule schedule = { .jitter = HOUR, .not_before = rows[i].not_before };

      g_test_message ("row %u", i);
      g_assert_cmpint (jump_update_schedule_is_due (&schedule, rows[i].asked_at, NOW),
                       ==,
                       rows[i].is_due);
    }
}

static void
test_limit (void)
{
  static const struct
  {
    const char *retry_after;
    const char *limit_reset;
    gint64 wait;
  } rows[] = {
    { NULL, NULL, 0 },
    { "60", NULL, 60 },
    { "60", "1800000900", 60 },
    { NULL, "1800000900", 900 },
    { NULL, "1799999999", 0 },
    { NULL, "soon", 0 },
    { "99999999999999999999", NULL, 7 * DAY },
    { "-99999999999999999999", NULL, 0 },
    { NULL, "99999999999999999999", 7 * DAY },
    { NULL, "-99999999999999999999", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JumpUpdateSchedule schedule = { .not_before = 7 };

      g_test_message ("row %u", i);
      jump_update_schedule_note_limit (&schedule, rows[i].retry_after, rows[i].limit_reset, NOW);
      g_assert_cmpint (schedule.not_before, ==, rows[i].wait == 0 ? 0 : NOW + rows[i].wait);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/update-schedule/due", test_due);
  g_test_add_func ("/update-schedule/limit", test_limit);
  return g_test_run ();
}
