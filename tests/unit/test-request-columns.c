/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/request-columns.h"
#include "service/base/json-read.h"

static JsonObject *
new_item (const char *json)
{
  g_autoptr (GError) error = NULL;
  JsonObject *item = jump_json_parse_object (json, -1, &error);

  g_assert_no_error (error);
  return item;
}

static const struct
{
  const char *item;
  const char *line;
} lines[] = {
  { "{\"timestamp\":1786900000,\"status_code\":200,\"duration\":3.21,\"input_tokens\":300,"
    "\"cache_read_input_tokens\":512,\"cache_creation_input_tokens\":10,\"output_tokens\":55,"
    "\"credits\":1.25,\"model\":\"sonnet\",\"translated_model\":\"claude-sonnet-5\",\"client\":\"laptop\"}",
    "  2026-08-16 18:06:40     200    3.21 s       822       55     1.250  claude-sonnet-5           laptop\n" },
  { "{\"timestamp\":1786900000,\"status_code\":null,\"state\":\"error\",\"duration\":0,\"credits\":null,"
    "\"estimated_credits\":0.5,\"model\":\"a\\u001b[2Jb\",\"client\":null,\"client_ip\":\"10.0.0.7\"}",
    "  2026-08-16 18:06:40   error    0.00 s         0        0    ~0.500  a [2Jb                    10.0.0.7\n" },
  { "{\"timestamp\":1786900000,\"status_code\":404}",
    "  2026-08-16 18:06:40     404    0.00 s         0        0         -  -                         -\n" },
};

/* What clients call themselves cannot move the cursor. */
static void
test_lines (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (JsonObject) item = new_item (lines[i].item);
      g_autofree char *line = jump_request_columns_make_line (item);

      g_assert_cmpstr (line, ==, lines[i].line);
    }
}

static void
test_matches (void)
{
  g_autoptr (JsonObject) item =
      new_item ("{\"model\":\"Sonnet\",\"endpoint\":\"/v1/messages\",\"client\":\"\xc3\x89mile\","
                "\"status_code\":200,\"error\":null}");

  g_assert_true (jump_request_columns_matches (item, NULL));
  g_assert_true (jump_request_columns_matches (item, "sONN"));
  g_assert_true (jump_request_columns_matches (item, "messages"));
  g_assert_true (jump_request_columns_matches (item, "\xc3\xa9mile"));
  g_assert_false (jump_request_columns_matches (item, "200"));
}

static void
test_table (void)
{
  g_autoptr (JsonObject) none = new_item ("{\"items\":[]}");
  g_autoptr (JsonObject) two =
      new_item ("{\"items\":[{\"timestamp\":1786900000,\"status_code\":201},"
                "{\"timestamp\":1786900001,\"status_code\":202}]}");
  g_autofree char *empty = jump_request_columns_new (none);
  g_autofree char *text = jump_request_columns_new (two);
  g_auto (GStrv) rows = g_strsplit (text, "\n", -1);

  g_assert_cmpstr (empty, ==, "There are no such requests.\n");
  g_assert_cmpuint (g_strv_length (rows), ==, 4);
  g_assert_true (g_str_has_prefix (rows[0], "  TIME"));
  g_assert_nonnull (g_strrstr (rows[1], " 202 "));
  g_assert_nonnull (g_strrstr (rows[2], " 201 "));
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "TST-1", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request-columns/lines", test_lines);
  g_test_add_func ("/request-columns/matches", test_matches);
  g_test_add_func ("/request-columns/table", test_table);
  return g_test_run ();
}
