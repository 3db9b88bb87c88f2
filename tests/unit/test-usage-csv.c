/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/usage-csv.h"

#include <string.h>

static const struct
{
  const char *name;
  const char *cell;
} names[] = {
  { NULL, "" },
  { "gpt-5-mini", "gpt-5-mini" },
  { "a,b", "\"a,b\"" },
  { "say \"x\"", "\"say \"\"x\"\"\"" },
  { "two\nlines", "\"two\nlines\"" },
  { "=1+1", "\"'=1+1\"" },
  { "+1", "\"'+1\"" },
  { "-1", "\"'-1\"" },
  { "@SUM(A1)", "\"'@SUM(A1)\"" },
  { "\t=1", "\"'\t=1\"" },
  { "a=1", "a=1" },
};

/* Names never become formulas, and never end a cell. */
static void
test_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      const JumpUsageSums sums = { 0 };
      gsize length = strlen (names[i].cell);

      jump_usage_csv_append_row (out, names[i].name, 0, &sums);
      g_assert_true (g_str_has_prefix (out->str, names[i].cell));
      g_assert_cmpint (out->str[length], ==, ',');
    }
}

static guint
count_commas (const char *line, const char *end)
{
  guint n = 0;

  for (; line < end; line++)
    n += *line == ',';
  return n;
}

static void
test_rows (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const JumpUsageSums priced = { .n_requests = 3,
                                 .n_failed = 1,
                                 .input_tokens = 900,
                                 .cached_tokens = 512,
                                 .cache_write_tokens = 7,
                                 .output_tokens = 120,
                                 .reasoning_tokens = 64,
                                 .nano_aiu = 2000000001,
                                 .bytes_in = 20000,
                                 .bytes_out = 4000,
                                 .total_us = 3210000 };
  const JumpUsageSums unpriced = { .n_requests = 1,
                                   .n_unpriced = 1,
                                   .estimated_nano_aiu = 500000000 };
  const char *second;

  jump_usage_csv_append_head (out, "model");
  second = out->str + strcspn (out->str, "\r");
  g_assert_true (g_str_has_prefix (out->str, "model,begins,requests,failed,input_tokens,"));
  g_assert_cmpuint (count_commas (out->str, second), ==, 14);
  g_string_truncate (out, 0);
  jump_usage_csv_append_row (out, "gpt-5-mini", 1786900000, &priced);
  g_assert_cmpstr (
      out->str,
      ==,
      "gpt-5-mini,2026-08-16T18:06:40+01:00,3,1,900,512,7,120,64,2.000000001,0.000000000,0,"
      "20000,4000,3.210000\r\n");
  g_string_truncate (out, 0);
  jump_usage_csv_append_row (out, "gpt-5-mini", 0, &unpriced);
  g_assert_cmpstr (out->str, ==, "gpt-5-mini,,1,0,0,0,0,0,0,,0.500000000,1,0,0,0.000000\r\n");
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "TST-1", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/usage-csv/names", test_names);
  g_test_add_func ("/usage-csv/rows", test_rows);
  return g_test_run ();
}
