/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/http-date.h"

#include <stdio.h>
#include <string.h>

/**
 * jump_http_date_read:
 * @text: (nullable): "Mon, 01 Feb 2027 00:00:00 GMT", the one form of dates that servers still send
 *
 * Returns: wall time in seconds; 0 for anything else
 */
gint64
jump_http_date_read (const char *text)
{
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  char month[4];
  int day, year, hour, minute, second;
  const char *found;
  g_autoptr (GDateTime) date = NULL;

  if (text == NULL || sscanf (text,
                              "%*3s, %2d %3s %4d %2d:%2d:%2d GMT",
                              &day,
                              month,
                              &year,
                              &hour,
                              &minute,
                              &second) != 6)
    return 0;
  found = strstr (months, month);
  if (found == NULL || strlen (month) != 3 || (found - months) % 3 != 0)
    return 0;
  date = g_date_time_new_utc (year, (int) (found - months) / 3 + 1, day, hour, minute, second);
  return date == NULL ? 0 : g_date_time_to_unix (date);
}

/**
 * jump_http_date_read_wait:
 * @text: (nullable): of Retry-After: seconds, or a date
 * @now: wall time in seconds
 *
 * Returns: seconds to wait, 0 for a date that is over; -1 when it says nothing
 */
gint64
jump_http_date_read_wait (const char *text, gint64 now)
{
  char *end = NULL;
  gint64 seconds;

  if (text == NULL || *text == '\0')
    return -1;
  seconds = g_ascii_strtoll (text, &end, 10);
  if (end == text)
    {
      gint64 date = jump_http_date_read (text);

      return date == 0 ? -1 : MAX (0, date - now);
    }
  return *end == '\0' || g_ascii_isspace (*end) || *end == '.' ? MAX (0, seconds) : -1;
}
