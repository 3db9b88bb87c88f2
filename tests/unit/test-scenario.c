/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/simulator/scenario-facts.h"
#include "service/simulator/scenario-player.h"
#include "service/simulator/scenario.h"

#include <string.h>

static JumpScenario *
make (const char *json)
{
  g_autoptr (GError) error = NULL;
  JumpScenario *scenario = jump_scenario_new_from_data (json, -1, &error);

  g_assert_no_error (error);
  return scenario;
}

static void
test_builtin (void)
{
  static const char *const names[] = {
    "demo",
    "test",
    "no-seat",
    "revoked",
    "business",
    "slow-stream",
    "cut-mid-stream",
    "error-in-stream",
    "rate-limited-429",
    "quota-402",
    "exchange-404",
    "misdirected-421",
    "expired-mid-session",
    "failed-response",
    "overloaded-in-stream",
    "quirks",
    "refusal",
    "free",
    "free-legacy",
    "pooled",
    "pooled-blocked",
    "managed",
    "nearly-exhausted",
    "exhausted",
    "overage",
    "by-request",
    "device-denied",
    "device-expired",
    "device-slow",
    "organisation-blocked",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JumpScenario) scenario = jump_scenario_new_builtin (names[i], &error);

      g_assert_no_error (error);
      g_assert_cmpuint (json_array_get_length (scenario->models), >=, 25);
    }
}

static void
test_builtin_unknown (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (jump_scenario_new_builtin ("nowhere", &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
}

static void
test_defaults (void)
{
  g_autoptr (JumpScenario) scenario = make ("{}");

  g_assert_cmpint (scenario->kind, ==, JUMP_ACCOUNT_PRO);
  g_assert_cmpstr (scenario->login, ==, "octocat");
  g_assert_cmpint (scenario->token_ttl, ==, 1800);
  g_assert_cmpint (scenario->token_refresh_in, ==, 1500);
  g_assert_cmpint (scenario->device_pending, ==, -1);
  g_assert_cmpint (scenario->device_interval, ==, 5);
  g_assert_cmpint (scenario->pace_ms, ==, 0);
  g_assert_false (scenario->wit);
}

static void
test_fields (void)
{
  g_autoptr (JumpScenario) scenario =
      make ("{\"account\":{\"kind\":\"ghe\",\"login\":\"mona\",\"github_tokens\":[\"ghu_a\"]},"
            "\"token\":{\"ttl\":60,\"refresh_in\":40},\"device\":{\"outcome\":\"denied\"},"
            "\"models\":[\"gpt-4o\",{\"id\":\"own\"}],\"wit\":true,\"pace_ms\":7}");

  g_assert_cmpint (scenario->kind, ==, JUMP_ACCOUNT_GHE);
  g_assert_cmpstr (scenario->login, ==, "mona");
  g_assert_cmpstr (scenario->github_tokens->pdata[0], ==, "ghu_a");
  g_assert_cmpint (scenario->token_ttl, ==, 60);
  g_assert_cmpint (scenario->device_outcome, ==, JUMP_DEVICE_DENIED);
  g_assert_cmpuint (json_array_get_length (scenario->models), ==, 2);
  g_assert_cmpint (scenario->pace_ms, ==, 7);
  g_assert_true (scenario->wit);
}

static void
test_wrong (void)
{
  static const struct
  {
    const char *json;
    const char *says;
  } rows[] = {
    { "[]", "expected object" },
    { "{\"acount\":{}}", "scenario: acount: " },
    { "{\"account\":{\"kind\":\"gold\"}}", "account.kind: " },
    { "{\"token\":{\"ttl\":\"soon\"}}", "token.ttl: expected integer" },
    { "{\"device\":{\"interval\":-5}}", "device.interval: " },
    { "{\"models\":[\"gpt-9000\"]}", "models: " },
    { "{\"models\":\"all\"}", "models: " },
    { "{\"rules\":[{\"on\":\"/chat\"}]}", "rules[0].on: " },
    { "{\"rules\":[{\"on\":\"GET /x\",\"calls\":\"sometimes\"}]}", "rules[0].calls: " },
    { "{\"rules\":[{\"on\":\"GET /x\",\"calls\":\"3-2\"}]}", "rules[0].calls: " },
    { "{\"rules\":[{\"on\":\"GET /x\",\"calls\":\"0\"}]}", "rules[0].calls: " },
    { "{\"rules\":[{\"on\":\"GET /x\",\"reply\":{\"status\":42}}]}", "rules[0].reply.status: " },
    { "{\"rules\":[{\"on\":\"GET /x\",\"stream\":{\"pace\":4}}]}", "rules[0].stream.pace: " },
    { "{\"rules\":[{\"on\":\"GET /x\",\"reply\":{},\"stream\":{}}]}", "rules[0].stream: " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (jump_scenario_new_from_data (rows[i].json, -1, &error));
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
      if (strstr (error->message, rows[i].says) == NULL)
        g_error ("%s: %s", rows[i].json, error->message);
    }
}

static void
test_not_json (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (jump_scenario_new_from_data ("{,", -1, &error));
  g_assert_nonnull (error);
  g_assert_true (g_str_has_prefix (error->message, "scenario: "));
}

/* Which of six calls a rule covers. */
static void
test_calls (void)
{
  static const struct
  {
    const char *calls;
    const char *covered;
  } rows[] = {
    { "1", "x....." },   { "2-3", ".xx..." },     { "4-", "...xxx" },
    { "all", "xxxxxx" }, { "every 3", "..x..x" }, { "every 1", "xxxxxx" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *json =
          g_strdup_printf ("{\"rules\":[{\"on\":\"GET /x\",\"calls\":\"%s\",\"cut\":true}]}",
                           rows[i].calls);
      g_autoptr (JumpScenario) scenario = make (json);
      g_autoptr (JumpScenarioPlayer) player = jump_scenario_player_new (scenario);
      char seen[7] = "......";

      for (guint j = 0; j < 6; j++)
        {
          /* Other calls do not count. */
          g_assert_null (jump_scenario_player_next (player, "GET /y", NULL));
          if (jump_scenario_player_next (player, "GET /x", NULL) != NULL)
            seen[j] = 'x';
        }
      g_assert_cmpstr (seen, ==, rows[i].covered);
    }
}

static void
test_order_and_model (void)
{
  g_autoptr (JumpScenario) scenario =
      make ("{\"rules\":["
            "{\"on\":\"POST /chat/*\",\"model\":\"claude-*\",\"reply\":{\"status\":418}},"
            "{\"on\":\"POST /chat/*\",\"calls\":\"2\",\"reply\":{\"status\":503}}]}");
  g_autoptr (JumpScenarioPlayer) player = jump_scenario_player_new (scenario);
  const JumpScenarioRule *rule;

  rule = jump_scenario_player_next (player, "POST /chat/completions", "claude-opus-5");
  g_assert_cmpuint (rule->status, ==, 418);
  /* The call before counted for the second rule as well. */
  rule = jump_scenario_player_next (player, "POST /chat/completions", "gpt-4.1");
  g_assert_cmpuint (rule->status, ==, 503);
  g_assert_null (jump_scenario_player_next (player, "POST /chat/completions", NULL));
}

static void
test_chunks (void)
{
  g_autoptr (JumpScenario) scenario =
      make ("{\"rules\":[{\"on\":\"GET /x\",\"delay_ms\":5,\"stream\":{\"gap_ms\":9,"
            "\"chunks\":[{\"a\":1},\"plain\",\": ping\\n\\n\"]}}]}");
  const JumpScenarioRule *rule = scenario->rules->pdata[0];
  g_autoptr (JumpPlannedReply) reply = jump_scenario_rule_make_reply (rule);
  static const char *const expected[] = { "data: {\"a\":1}\n\n",
                                          "data: plain\n\n",
                                          ": ping\n\n",
                                          "data: [DONE]\n\n" };

  g_assert_true (jump_scenario_rule_replaces (rule));
  jump_scenario_rule_bend (rule, reply);
  g_assert_cmpuint (reply->delay_ms, ==, 5);
  g_assert_cmpuint (reply->gap_ms, ==, 9);
  g_assert_cmpuint (reply->pieces->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      gsize length;
      const char *data = g_bytes_get_data (reply->pieces->pdata[i], &length);

      g_assert_cmpmem (data, length, expected[i], strlen (expected[i]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scenario/builtin", test_builtin);
  g_test_add_func ("/scenario/builtin-unknown", test_builtin_unknown);
  g_test_add_func ("/scenario/defaults", test_defaults);
  g_test_add_func ("/scenario/fields", test_fields);
  g_test_add_func ("/scenario/wrong", test_wrong);
  g_test_add_func ("/scenario/not-json", test_not_json);
  g_test_add_func ("/scenario/calls", test_calls);
  g_test_add_func ("/scenario/order-and-model", test_order_and_model);
  g_test_add_func ("/scenario/chunks", test_chunks);
  return g_test_run ();
}
