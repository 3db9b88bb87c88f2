/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/duration-text.h"
#include "app/cli/status-text.h"

#include <string.h>

static void
test_durations (void)
{
  static const struct
  {
    gint64 seconds;
    const char *text;
  } rows[] = {
    { 0, "0m 0s" },      { 59, "0m 59s" },     { 60, "1m 0s" },        { 1499, "24m 59s" },
    { 3599, "59m 59s" }, { 3600, "1h 0m 0s" }, { 86461, "24h 1m 1s" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = jump_duration_to_text (rows[i].seconds);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static char *
describe (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) status = jump_json_parse_object (json, -1, &error);

  g_assert_no_error (error);
  return jump_status_to_text (status);
}

static void
test_texts (void)
{
  static const struct
  {
    const char *json;
    const char *text;
  } rows[] = {
    { "{\"config_file\":\"/c\",\"port\":8081,\"authenticated\":false,\"has_github_token\":false,"
      "\"status\":\"not_authenticated\",\"account_state\":\"signed_out\",\"secret_store\":\"file\","
      "\"problem\":{\"kind\":\"signed_out\",\"title\":\"t\",\"message\":\"m\"}}",
      "Configuration file: /c\nPort: 8081\n"
      "Authentication: ✗ Not authenticated\n  Sign in with: jumpseat login\n"
      "Has GitHub token: false\nSecret store: file\nRunning: no\n" },
    { "{\"config_file\":\"/c\",\"port\":8081,\"authenticated\":true,\"has_github_token\":true,"
      "\"refresh_interval\":1500,\"token_expires_at\":1800001499,"
      "\"token_expires_in_seconds\":1499,\"status\":\"healthy\",\"account_state\":\"signed_in\","
      "\"login\":\"octocat\",\"source\":\"stored account\",\"running\":true,\"pid\":7,"
      "\"url\":\"http://127.0.0.1:8081\",\"uptime\":61.9,\"problem\":null}",
      "Configuration file: /c\nPort: 8081\nAuthentication: ✓ Authenticated\n"
      "Token expires: in 24m 59s (1499 seconds)\nStatus: ✅ Token is healthy\n"
      "Has GitHub token: true\nRefresh interval: 1500 seconds\n"
      "Signed in as: octocat, credential from: stored account\n"
      "Running: at http://127.0.0.1:8081 (pid 7, for 1m 1s)\n" },
    { "{\"config_file\":\"/c\",\"port\":8081,\"authenticated\":true,\"has_github_token\":true,"
      "\"refresh_interval\":1500,\"refresh_threshold\":300,\"token_expires_at\":1800000299,"
      "\"token_expires_in_seconds\":299,\"status\":\"token_will_refresh_soon\","
      "\"account_state\":\"signed_in\",\"login\":null,\"source\":\"GITHUB_TOKEN\"}",
      "Configuration file: /c\nPort: 8081\nAuthentication: ✓ Authenticated\n"
      "Token expires: in 4m 59s (299 seconds)\n"
      "Status: ⚠️ Token will be refreshed soon (threshold: 300 seconds)\n"
      "Has GitHub token: true\nRefresh interval: 1500 seconds\n"
      "Signed in as: unknown, credential from: GITHUB_TOKEN\nRunning: no\n" },
    { "{\"config_file\":\"/c\",\"port\":1,\"authenticated\":true,\"has_github_token\":true,"
      "\"token_expires_at\":1799999990,\"token_expires_in_seconds\":-10,"
      "\"status\":\"token_expired\",\"account_state\":\"signed_in\",\"login\":\"o\","
      "\"problem\":{\"kind\":\"network\",\"title\":\"No answer\",\"message\":\"could not connect\","
      "\"url\":\"https://status.example\"}}",
      "Configuration file: /c\nPort: 1\nAuthentication: ✓ Authenticated\n"
      "Token expires: EXPIRED (10 seconds ago)\nStatus: ❌ Token needs refresh\n"
      "Has GitHub token: true\nSigned in as: o, credential from: unknown\n"
      "Problem: No answer\n  could not connect\n  https://status.example\nRunning: no\n" },
    { "{\"config_file\":\"/c\",\"port\":1,\"authenticated\":true,\"has_github_token\":true,"
      "\"token_expires_at\":0,\"status\":\"token_expired\",\"account_state\":\"signed_in\","
      "\"login\":\"demo\",\"source\":\"s\",\"demo\":true,\"problem\":null}",
      "Configuration file: /c\nPort: 1\nAuthentication: ✓ Authenticated\n"
      "Token expires: there is none yet, the first request fetches one\n"
      "Has GitHub token: true\nAccount: a simulated one (--demo)\n"
      "Signed in as: demo, credential from: s\nRunning: no\n" },
    { "{\"config_file\":\"/c\",\"port\":1,\"authenticated\":true,\"has_github_token\":false,"
      "\"token_expires_at\":0,\"status\":\"healthy\",\"account_state\":\"signed_in\","
      "\"source\":\"COPILOT_TOKEN\"}",
      "Configuration file: /c\nPort: 1\nAuthentication: ✓ Authenticated\n"
      "Token expires: never\nStatus: ✅ Token is healthy\nHas GitHub token: false\n"
      "Signed in as: unknown, credential from: COPILOT_TOKEN\nRunning: no\n" },
    { "{\"config_file\":\"/c\",\"port\":1,\"authenticated\":false,\"has_github_token\":false,"
      "\"status\":\"not_authenticated\",\"account_state\":\"signed_in\",\"source\":\"s\","
      "\"breaker\":\"open\",\"breaker_details\":{\"state\":\"open\",\"failures\":5,"
      "\"probe_in\":12},\"cooldowns\":[{\"scope\":\"model\",\"model\":\"gpt-4.1\",\"seconds\":30,"
      "\"code\":null},{\"scope\":\"account\",\"model\":null,\"seconds\":60,\"code\":null}]}",
      "Configuration file: /c\nPort: 1\nAuthentication: ✗ Not authenticated\n"
      "Has GitHub token: false\nSigned in as: unknown, credential from: s\nRunning: no\n"
      "Copilot: fails, tried again in 12 s\n"
      "Limited by Copilot: gpt-4.1, for another 30 s\n"
      "Limited by Copilot: all models, for another 60 s\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = describe (rows[i].json);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

/* Whatever an instance of another version answers, it is only shown. */
static void
test_odd_answers (void)
{
  static const char *const rows[] = {
    "{}",
    "{\"port\":\"x\",\"status\":7,\"problem\":[],\"login\":{},\"uptime\":null,\"running\":true}",
    "{\"account_state\":\"signed_in\",\"problem\":{}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = describe (rows[i]);

      g_assert_nonnull (strstr (text, "Authentication: ✗"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/status-text/durations", test_durations);
  g_test_add_func ("/status-text/texts", test_texts);
  g_test_add_func ("/status-text/odd-answers", test_odd_answers);
  return g_test_run ();
}
