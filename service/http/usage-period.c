/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/usage-period.h"

#define HOUR_SECONDS 3600

static const char *const names[] = { "hour", "today", "week", "month", "year", "all", NULL };

const char *const *
jump_usage_period_get_names (void)
{
  return names;
}

/* Days and months are those of the calendar, whatever the clock does in spring and autumn. */
static gint64
get_midnight (gint64 now, int months_back, int days_back, gboolean is_first)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (now);
  g_autoptr (GDateTime) day =
      g_date_time_new_local (g_date_time_get_year (time),
                             g_date_time_get_month (time),
                             is_first ? 1 : g_date_time_get_day_of_month (time),
                             0,
                             0,
                             0);
  g_autoptr (GDateTime) begin = g_date_time_add_full (day, 0, -months_back, -days_back, 0, 0, 0);

  return g_date_time_to_unix (begin);
}

gint64
jump_usage_period_get_begin (JumpUsagePeriod self, gint64 now)
{
  switch (self)
    {
    case JUMP_USAGE_HOUR:
      return now - HOUR_SECONDS;
    case JUMP_USAGE_TODAY:
      return get_midnight (now, 0, 0, FALSE);
    case JUMP_USAGE_WEEK:
      return get_midnight (now, 0, 6, FALSE);
    case JUMP_USAGE_MONTH:
      return get_midnight (now, 0, 0, TRUE);
    case JUMP_USAGE_YEAR:
      return get_midnight (now, 11, 0, TRUE);
    case JUMP_USAGE_ALL:
      break;
    }
  return 0;
}
