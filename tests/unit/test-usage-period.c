/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/usage-period.h"

#include <string.h>

static gint64
at (const char *local)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (local, zone);

  return g_date_time_to_unix (time);
}

/* Days that have 23 or 25 hours are days, too. */
static void
test_begin (void)
{
  static const struct
  {
    const char *now;
    JumpUsagePeriod period;
    const char *begin;
  } cases[] = {
    { "2026-11-21T18:30:00", JUMP_USAGE_TODAY, "2026-11-21T00:00:00" },
    { "2026-11-21T00:00:00", JUMP_USAGE_TODAY, "2026-11-21T00:00:00" },
    { "2026-11-21T18:30:00", JUMP_USAGE_WEEK, "2026-11-15T00:00:00" },
    { "2026-11-21T18:30:00", JUMP_USAGE_MONTH, "2026-11-01T00:00:00" },
    { "2026-11-21T18:30:00", JUMP_USAGE_YEAR, "2025-12-01T00:00:00" },
    { "2026-12-31T23:59:59", JUMP_USAGE_YEAR, "2026-01-01T00:00:00" },
    { "2026-03-29T12:00:00", JUMP_USAGE_TODAY, "2026-03-29T00:00:00" },
    { "2026-03-31T12:00:00", JUMP_USAGE_WEEK, "2026-03-25T00:00:00" },
    { "2026-10-25T12:00:00", JUMP_USAGE_TODAY, "2026-10-25T00:00:00" },
    { "2026-03-31T12:00:00", JUMP_USAGE_YEAR, "2025-04-01T00:00:00" },
    { "2026-11-21T18:30:00", JUMP_USAGE_HOUR, "2026-11-21T17:30:00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s %d", cases[i].now, cases[i].period);
      g_assert_cmpint (jump_usage_period_get_begin (cases[i].period, at (cases[i].now)),
                       ==,
                       at (cases[i].begin));
    }
  g_assert_cmpint (jump_usage_period_get_begin (JUMP_USAGE_ALL, at ("2026-11-21T18:30:00")), ==, 0);
  g_assert_cmpstr (jump_usage_period_get_names ()[JUMP_USAGE_ALL], ==, "all");
  g_assert_cmpstr (jump_usage_period_get_names ()[JUMP_USAGE_HOUR], ==, "hour");
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/usage-period/begin", test_begin);
  return g_test_run ();
}
