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

/* What somebody named a model or himself, and what JSON may hold as it is. */
static void
test_plain (void)
{
  static const struct
  {
    const char *text;
    const char *plain;
  } rows[] = {
    { "", "" },
    { "two\tcolumns\nand lines\r\n", "two\tcolumns\nand lines\r\n" },
    { "Schl\u00fcssel \u4f7f\u7528 \u2013 \U0001f600 \u05d0",
      "Schl\u00fcssel \u4f7f\u7528 \u2013 \U0001f600 \u05d0" },
    { "\033[2J\033]0;title\a", "\\u001b[2J\\u001b]0;title\\u0007" },
    { "wrong\rright", "wrong\\u000dright" },
    { "\xc2\x9b"
      "31m",
      "\\u009b31m" },
    { "\x9b"
      "31m\xff",
      "\\x9b31m\\xff" },
    { "gpt\u202e-4\u2066", "gpt\\u202e-4\\u2066" },
    { "a\x7f"
      "b",
      "a\\u007fb" },
    { "cut \xe4\xbd", "cut \\xe4\\xbd" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *plain = jump_column_make_plain (rows[i].text);

      g_assert_cmpstr (plain, ==, rows[i].plain);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/column-text/columns", test_columns);
  g_test_add_func ("/column-text/plain", test_plain);
  return g_test_run ();
}
