/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/argument-scan.h"

#include <string.h>

#define TWENTY "                    "

typedef struct
{
  const char *arguments; /* as they stand in a JSON string */
  gboolean is_complete;
  gboolean is_looping;
} Row;

static const Row rows[] = {
  { "", FALSE, FALSE },
  { "{", FALSE, FALSE },
  { "{}", TRUE, FALSE },
  { "[]", TRUE, FALSE },
  { "{\\\"a\\\":{\\\"b\\\":[1,2]}", FALSE, FALSE },
  { "{\\\"a\\\":{\\\"b\\\":[1,2]}}", TRUE, FALSE },
  /* Brackets and blanks inside of strings mean nothing. */
  { "{\\\"a\\\":\\\"}\\\"", FALSE, FALSE },
  { "{\\\"a\\\":\\\"\\\\\\\"}\\\"", FALSE, FALSE },
  { "{\\\"a\\\":\\\"\\\\\\\\\\\"}", TRUE, FALSE },
  { "{\\\"a\\\":\\\"" TWENTY TWENTY TWENTY "\\\"}", TRUE, FALSE },
  { "{\\\"a\\\":\\\"\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\"}",
    TRUE,
    FALSE },
  { "{\\u0022a\\u0022:1}", TRUE, FALSE },
  { "{" TWENTY, FALSE, FALSE },
  { "{" TWENTY " ", FALSE, TRUE },
  { "{\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t", FALSE, TRUE },
  { "{\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n", FALSE, TRUE },
  { "{\\u0020\\u0020" TWENTY, FALSE, TRUE },
  /* One deeply indented line is no loop, several blank ones are. */
  { "{\\n" TWENTY TWENTY TWENTY "\\\"a\\\":1}", TRUE, FALSE },
  { "{\\n" TWENTY "\\n", FALSE, TRUE },
  { "{\\n" TWENTY TWENTY TWENTY TWENTY TWENTY TWENTY TWENTY TWENTY " ", FALSE, TRUE },
  { "{\\n" TWENTY "\\\"a\\\":\\n" TWENTY "1\\n" TWENTY "}", TRUE, FALSE },
};

static void
push (JumpArgumentScan *scan, const char *text, gsize length)
{
  g_autofree char *piece = g_strdup_printf ("\"%.*s\"", (int) length, text);
  gboolean go_on = jump_argument_scan_push (scan, (JumpJsonSpan){ piece, length + 2 });

  g_assert_cmpint (go_on, ==, !scan->is_looping);
}

/* Escapes are never cut: every piece is a JSON string of its own. */
static gsize
piece_length (const char *at)
{
  if (*at != '\\')
    return 1;
  return at[1] == 'u' ? 6 : 2;
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JumpArgumentScan whole = { 0 };
      JumpArgumentScan pieces = { 0 };
      const char *text = rows[i].arguments;

      g_test_message ("%s", text);
      push (&whole, text, strlen (text));
      g_assert_cmpint (whole.is_complete, ==, rows[i].is_complete);
      g_assert_cmpint (whole.is_looping, ==, rows[i].is_looping);
      for (const char *at = text; *at != '\0'; at += piece_length (at))
        push (&pieces, at, piece_length (at));
      g_assert_cmpint (pieces.is_complete, ==, rows[i].is_complete);
      g_assert_cmpint (pieces.is_looping, ==, rows[i].is_looping);
    }
}

static void
test_no_string (void)
{
  JumpArgumentScan scan = { 0 };

  g_assert_true (jump_argument_scan_push (&scan, (JumpJsonSpan){ NULL, 0 }));
  g_assert_true (jump_argument_scan_push (&scan, (JumpJsonSpan){ "null", 4 }));
  g_assert_false (scan.is_complete);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/argument-scan/rows", test_rows);
  g_test_add_func ("/argument-scan/no-string", test_no_string);
  return g_test_run ();
}
