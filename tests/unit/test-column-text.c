/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/column-text.h"

static void
test_columns (void)
{
  static const struct
  {
    const char *text;
    glong width;
    const char *padded;
  } rows[] = {
    { "", 0, "     " },     { "abc", 3, "abc  " },           { "Schlüssel", 9, "Schlüssel" },
    { "使用", 4, "使用 " }, { "e\u0301", 1, "e\u0301    " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) line = g_string_new (NULL);

      g_assert_cmpint (jump_column_get_width (rows[i].text), ==, rows[i].width);
      jump_column_append (line, rows[i].text, 5);
      g_assert_cmpstr (line->str, ==, rows[i].padded);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/column-text/columns", test_columns);
  return g_test_run ();
}
