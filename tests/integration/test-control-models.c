/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"

/* Models, short names and the account by way of the control API. */

#define UNDECIDED "claude-opus-5" /* terms nobody has accepted yet */

/* @body: (nullable): with ' for ". Returns: (transfer full) (nullable): the answer, as JSON */
static JsonObject *
ask (Fixture *fixture, const char *method, const char *path, const char *body, guint status)
{
  g_autofree char *json = body == NULL ? NULL : quoted (body);
  g_autoptr (Answer) answer = control_ask (fixture, method, path, json);

  g_test_message ("%s %s: %.300s", method, path, answer->body->str);
  g_assert_cmpuint (answer->status, ==, status);
  return answer->body->len == 0 ? NULL : answer_parse (answer);
}

static JsonObject *
find_model (JsonObject *list, const char *id)
{
  JsonArray *data = jump_json_get_array (list, "data");

  for (guint i = 0; i < json_array_get_length (data); i++)
    {
      JsonObject *model = jump_json_array_get_object (data, i);

      if (g_strcmp0 (jump_json_get_string (model, "id", NULL), id) == 0)
        return model;
    }
  return NULL;
}

static void
test_offer (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (JsonObject) list = ask (fixture, "GET", "/api/models", NULL, 200);
  g_autoptr (JsonObject) again = NULL;
  JsonObject *model = find_model (list, UNDECIDED);

  g_assert_cmpstr (jump_json_get_string (model, "policy", NULL), ==, "unconfigured");
  g_assert_true (jump_json_has_value (model, "terms"));
  g_assert_true (jump_json_has_value (model, "prices"));
  g_assert_cmpstr (jump_json_get_string (jump_json_get_object (model, "routes"), "messages", NULL),
                   ==,
                   "direct");
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "GET /models"), ==, 1);
  again = ask (fixture, "POST", "/api/models/refresh", NULL, 200);
  g_assert_nonnull (find_model (again, "gpt-4.1"));
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "GET /models"), ==, 2);
}

static void
test_enable (void)
{
  static const char *const refused[] = { NULL,
                                         "{}",
                                         "{'accept_terms':false}",
                                         "{'accept_terms':1}" };
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (JsonObject) unknown = NULL;
  g_autoptr (JsonObject) model = NULL;
  g_autoptr (JsonObject) again = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (JsonObject) answer =
          ask (fixture, "POST", "/api/models/" UNDECIDED "/enable", refused[i], 400);
      JsonObject *error = jump_json_get_object (answer, "error");

      g_assert_cmpstr (jump_json_get_string (error, "code", NULL), ==, "terms_not_accepted");
      assert_says (jump_json_get_string (error, "terms", ""), "Claude Opus 5");
    }
  unknown = ask (fixture, "POST", "/api/models/none/enable", "{'accept_terms':true}", 404);
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "POST /models/" UNDECIDED "/policy"),
                    ==,
                    0);

  model = ask (fixture, "POST", "/api/models/" UNDECIDED "/enable", "{'accept_terms':true}", 200);
  g_assert_true (jump_json_get_boolean (model, "enabled", FALSE));
  again = ask (fixture, "POST", "/api/models/" UNDECIDED "/enable", NULL, 200);
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "POST /models/" UNDECIDED "/policy"),
                    ==,
                    1);
}

static void
test_aliases (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (JsonObject) set =
      ask (fixture, "PUT", "/api/models/aliases/my/fast", "{'target':'gpt-5*-mini'}", 200);
  g_autoptr (JsonObject) none =
      ask (fixture, "PUT", "/api/models/aliases/odd", "{'target':'nobody-*'}", 200);
  g_autoptr (JsonObject) wrong = ask (fixture, "PUT", "/api/models/aliases/a", "{}", 400);
  g_autoptr (JsonObject) empty =
      ask (fixture, "PUT", "/api/models/aliases/a", "{'target':''}", 400);
  g_autoptr (JsonObject) list = NULL;
  g_autoptr (JsonObject) gone = NULL;
  guint length;

  g_assert_cmpstr (jump_json_get_string (set, "name", NULL), ==, "my/fast");
  g_assert_cmpstr (jump_json_get_string (set, "model", NULL), ==, "gpt-5-mini");
  g_assert_false (jump_json_has_value (none, "model"));
  g_assert_true (jump_json_has_value (wrong, "error"));
  g_assert_true (jump_json_has_value (empty, "error"));
  list = ask (fixture, "GET", "/api/models/aliases", NULL, 200);
  length = json_array_get_length (jump_json_get_array (list, "aliases"));
  g_assert_cmpuint (length, >, 2);
  g_assert_null (ask (fixture, "DELETE", "/api/models/aliases/my/fast", NULL, 204));
  gone = ask (fixture, "DELETE", "/api/models/aliases/my/fast", NULL, 404);
  g_assert_cmpuint (jump_settings_get_table (fixture->settings, JUMP_TABLE_MODEL_ALIASES)->len,
                    ==,
                    length - 1);
}

static void
test_accounts (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (JsonObject) accounts = ask (fixture, "GET", "/api/accounts", NULL, 200);
  g_autoptr (Fixture) nobody = fixture_new_signed_out ("test");
  g_autoptr (JsonObject) none = ask (nobody, "GET", "/api/accounts", NULL, 200);
  JsonObject *account = jump_json_array_get_object (jump_json_get_array (accounts, "accounts"), 0);

  g_assert_false (jump_json_get_boolean (accounts, "multiple", TRUE));
  g_assert_true (jump_json_get_boolean (account, "active", FALSE));
  g_assert_cmpstr (jump_json_get_string (account, "host", NULL),
                   ==,
                   jump_simulator_get_url (fixture->simulator));
  g_assert_cmpuint (json_array_get_length (jump_json_get_array (none, "accounts")), ==, 0);
}

/* features.md B3: the fields of token-status and of its device_flow. */
static void
test_token_status (void)
{
  static const char *const names[] = { "github_api_base_url",      "github_oauth_base_url",
                                       "github_device_flow_error", "copilot_api_base_url",
                                       "github_token_configured",  "github_token_source",
                                       "local_token_file_exists",  "copilot_token_configured",
                                       "copilot_token_expires_at", "last_refresh_attempt_at",
                                       "last_refresh_success_at",  "last_refresh_succeeded",
                                       "last_refresh_error",       "device_flow" };
  static const char *const flow_names[] = { "status",     "user_code", "verification_uri",
                                            "expires_in", "interval",  "started_at",
                                            "expires_at", "error",     "message" };
  g_autoptr (Fixture) fixture = fixture_new_signed_out ("test");
  g_autoptr (JsonObject) before =
      ask (fixture, "GET", "/api/config-manager/token-status", NULL, 200);
  g_autoptr (JsonObject) begun = NULL;
  g_autoptr (JsonObject) same = NULL;
  g_autoptr (Answer) during = NULL;
  JsonObject *flow = jump_json_get_object (before, "device_flow");

  g_assert_cmpuint (json_object_get_size (before), ==, G_N_ELEMENTS (names));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (json_object_has_member (before, names[i]));
  g_assert_cmpuint (json_object_get_size (flow), ==, G_N_ELEMENTS (flow_names));
  for (gsize i = 0; i < G_N_ELEMENTS (flow_names); i++)
    g_assert_true (json_object_has_member (flow, flow_names[i]));
  g_assert_cmpstr (jump_json_get_string (flow, "status", NULL), ==, "idle");
  g_assert_cmpstr (jump_json_get_string (before, "github_token_source", NULL), ==, "unconfigured");

  begun = ask (fixture, "POST", "/api/config-manager/github-device-login", NULL, 202);
  g_assert_cmpstr (jump_json_get_string (begun, "status", NULL), ==, "pending");
  g_assert_true (jump_json_has_value (begun, "user_code"));
  g_assert_cmpint (jump_json_get_int (begun, "expires_at", 0),
                   >,
                   jump_json_get_int (begun, "started_at", 0));
  same = ask (fixture, "POST", "/api/config-manager/github-device-login", NULL, 202);
  g_assert_cmpstr (jump_json_get_string (same, "user_code", NULL),
                   ==,
                   jump_json_get_string (begun, "user_code", ""));
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "POST /login/device/code"), ==, 1);
  during = control_ask (fixture, "GET", "/api/config-manager/token-status", NULL);
  assert_silent (during->body->str, "device_code");
}

static void
test_device_login_refused (void)
{
  g_autoptr (Fixture) fixture = fixture_new_signed_out (
      "{\"account\":{\"kind\":\"pro\"},\"rules\":[{\"on\":\"POST /login/device/code\","
      "\"reply\":{\"status\":404,\"json\":{\"message\":\"Not Found\"}}}]}");
  g_autoptr (JsonObject) answer =
      ask (fixture, "POST", "/api/config-manager/github-device-login", NULL, 502);

  g_assert_cmpstr (jump_json_get_string (answer, "status", NULL), ==, "error");
  g_assert_true (jump_json_has_value (answer, "error"));
}

static void
test_tenant (void)
{
  g_autoptr (Fixture) fixture = fixture_new_signed_out ("test");
  g_autoptr (JsonObject) wrong = ask (fixture, "POST", "/api/login", "{'tenant':7}", 400);
  g_autoptr (JsonObject) odd = ask (fixture, "POST", "/api/login", "{'tenant':'a b/c'}", 400);
  g_autofree char *body =
      g_strdup_printf ("{'tenant':'%s'}", jump_simulator_get_url (fixture->simulator));
  g_autoptr (JsonObject) right = ask (fixture, "POST", "/api/login", body, 202);

  g_assert_true (jump_json_has_value (wrong, "error"));
  g_assert_true (jump_json_has_value (odd, "error"));
  g_assert_cmpstr (jump_json_get_string (right, "status", NULL), ==, "starting");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/control-models/offer", test_offer);
  g_test_add_func ("/control-models/enable", test_enable);
  g_test_add_func ("/control-models/aliases", test_aliases);
  g_test_add_func ("/control-models/accounts", test_accounts);
  g_test_add_func ("/control-models/token-status", test_token_status);
  g_test_add_func ("/control-models/device-login-refused", test_device_login_refused);
  g_test_add_func ("/control-models/tenant", test_tenant);
  return g_test_run ();
}
