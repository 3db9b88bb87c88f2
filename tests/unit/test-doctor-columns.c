/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/doctor-columns.h"
#include "app/cli/doctor-tool.h"
#include "service/base/json-read.h"

#include <string.h>

static const char report_text[] =
    "{\"time_ms\":1250,\"checks\":["
    "{\"name\":\"settings\",\"group\":\"computer\",\"title\":\"Settings\",\"state\":\"ok\","
    "\"found\":\"~/.config/jumpseat/jumpseat.conf\",\"remedy\":null,\"time_ms\":1},"
    "{\"name\":\"dns\",\"group\":\"network\",\"title\":\"Host names\",\"state\":\"failed\","
    "\"found\":\"api.githubcopilot.com cannot be found: Error resolving it: Name or service not known\","
    "\"remedy\":\"Check this computer's network connection and name server (DNS), and that the addresses are "
    "right.\",\"time_ms\":321},"
    "{\"name\":\"keyring\",\"group\":\"network\",\"title\":\"x\",\"state\":\"warning\",\"found\":\"locked\","
    "\"remedy\":\"Unlock it.\",\"time_ms\":0},"
    "{\"name\":\"new\",\"group\":\"stars\",\"title\":\"Newer\",\"state\":\"skipped\",\"found\":\"because\","
    "\"remedy\":null,\"time_ms\":0}]}";

static void
test_plain (void)
{
  g_autoptr (JsonObject) report = jump_json_parse_object (report_text, -1, NULL);
  g_autofree char *text = jump_doctor_columns_new (report, FALSE);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_assert_nonnull (strstr (text, "This computer\n  ✓ Settings          ~/.config"));
  g_assert_nonnull (strstr (text, "\nNetwork\n  ✗ Host names "));
  g_assert_nonnull (strstr (text, "(321 ms)"));
  g_assert_nonnull (strstr (text, "\n                      → Check this"));
  g_assert_nonnull (strstr (text, "  ! Keyring           locked\n"));
  g_assert_nonnull (strstr (text, "stars\n  - Newer             because\n"));
  g_assert_nonnull (strstr (text, "Fine: 1. Warnings: 1. Failed: 1. Skipped: 1. It took 1.2 s."));
  g_assert_null (strchr (text, '\033'));
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_cmpint (g_utf8_strlen (lines[i], -1), <=, 80);
}

static void
test_coloured (void)
{
  g_autoptr (JsonObject) report = jump_json_parse_object (report_text, -1, NULL);
  g_autofree char *text = jump_doctor_columns_new (report, TRUE);

  g_assert_nonnull (strstr (text, "\033[31m✗\033[0m Host names"));
  g_assert_nonnull (strstr (text, "\033[1mNetwork\033[0m"));
}

typedef struct
{
  const char *address; /* (nullable) */
  const char *suffix;
  JumpVerdictState state;
  const char *found;
} AddressRow;

static const AddressRow address_rows[] = {
  { NULL, "", JUMP_VERDICT_FAILED, "nothing tells it" },
  { "http://127.0.0.1:8081", "", JUMP_VERDICT_OK, "HERE says http://127.0.0.1:8081" },
  { "http://localhost:8081/", "", JUMP_VERDICT_OK, "localhost" },
  { "http://[::1]:8081/v1", "/v1", JUMP_VERDICT_OK, "::1" },
  { "127.0.0.1:8081", "", JUMP_VERDICT_OK, "127.0.0.1" },
  { "http://127.0.0.1:8081", "/v1", JUMP_VERDICT_FAILED, "should end in 8081/v1" },
  { "http://127.0.0.1:8081/v1", "", JUMP_VERDICT_FAILED, "should end in 8081" },
  { "http://127.0.0.1:8082", "", JUMP_VERDICT_FAILED, "at port 8081" },
  { "https://api.anthropic.com", "", JUMP_VERDICT_FAILED, "elsewhere" },
  { "not an address", "", JUMP_VERDICT_FAILED, "elsewhere" },
};

static void
test_addresses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (address_rows); i++)
    {
      const AddressRow *row = &address_rows[i];
      g_autoptr (JumpVerdict) verdict =
          jump_doctor_tool_judge_address ("HERE", row->address, 8081, row->suffix, "Do this.");

      g_test_message ("%s: %s", row->address, verdict->found);
      g_assert_cmpint (verdict->state, ==, row->state);
      g_assert_nonnull (strstr (verdict->found, row->found));
      g_assert_cmpstr (verdict->remedy, ==, row->state == JUMP_VERDICT_OK ? NULL : "Do this.");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/doctor-columns/plain", test_plain);
  g_test_add_func ("/doctor-columns/coloured", test_coloured);
  g_test_add_func ("/doctor-columns/addresses", test_addresses);
  return g_test_run ();
}
