/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/query-path.h"

static void
test_values (void)
{
  g_autoptr (GString) path = g_string_new ("/api/requests");

  jump_query_path_add (path, "search", NULL);
  g_assert_cmpstr (path->str, ==, "/api/requests");
  jump_query_path_add (path, "search", "a&b=c d/\xc3\xa9");
  jump_query_path_add_int (path, "per_page", 20);
  g_assert_cmpstr (path->str, ==, "/api/requests?search=a%26b%3Dc%20d%2F%C3%A9&per_page=20");
}

static const struct
{
  const char *text;
  gint64 begin; /* -1: no day */
  gint64 end;
} days[] = {
  { "2026-08-16", 1786834800, 1786921200 },
  { "2026-02-28", 1772233200, 1772319600 },
  { "2026-02-29", -1, -1 },
  { "2026-8-16", -1, -1 },
  { "yesterday", -1, -1 },
  { "2026-08-16T10:00:00Z", -1, -1 },
  { "", -1, -1 },
};

static void
test_days (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      gint64 begin = -1;
      gint64 end = -1;

      g_assert_cmpint (jump_query_path_read_day (days[i].text, FALSE, &begin),
                       ==,
                       days[i].begin >= 0);
      jump_query_path_read_day (days[i].text, TRUE, &end);
      g_assert_cmpint (begin, ==, days[i].begin);
      g_assert_cmpint (end, ==, days[i].end);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "TST-1", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query-path/values", test_values);
  g_test_add_func ("/query-path/days", test_days);
  return g_test_run ();
}
