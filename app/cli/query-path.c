/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/query-path.h"

#include <string.h>

/**
 * jump_query_path_add:
 * @path: appended to
 * @name: of a parameter
 * @value: (nullable): as the person wrote it
 */
void
jump_query_path_add (GString *path, const char *name, const char *value)
{
  g_autofree char *escaped = NULL;

  if (value == NULL)
    return;
  escaped = g_uri_escape_string (value, NULL, FALSE);
  g_string_append_printf (path,
                          "%c%s=%s",
                          strchr (path->str, '?') == NULL ? '?' : '&',
                          name,
                          escaped);
}

void
jump_query_path_add_int (GString *path, const char *name, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  jump_query_path_add (path, name, text);
}

/**
 * jump_query_path_read_day:
 * @text: "2026-08-16"
 * @is_end: whether the end of that day is asked for
 * @out_time: (out): wall seconds
 *
 * Returns: whether it is a day
 */
gboolean
jump_query_path_read_day (const char *text, gboolean is_end, gint64 *out_time)
{
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  g_autofree char *midnight = g_strconcat (text, "T00:00:00", NULL);
  g_autoptr (GDateTime) time =
      strlen (text) == 10 ? g_date_time_new_from_iso8601 (midnight, local) : NULL;
  g_autoptr (GDateTime) next = time != NULL ? g_date_time_add_days (time, is_end ? 1 : 0) : NULL;

  if (next == NULL)
    return FALSE;
  *out_time = g_date_time_to_unix (next);
  return TRUE;
}
