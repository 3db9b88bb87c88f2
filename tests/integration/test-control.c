/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"

/* What a person changes while the service runs: settings, account, by hand or through the control
 * routes. */

/* What the table of settings calls changeable takes effect at once. */
static void
test_moved_upstream (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (JumpScenario) scenario = jump_scenario_new_builtin ("test", NULL);
  g_autoptr (JumpSimulator) other = jump_simulator_new (fixture->clock, scenario);
  g_autoptr (Answer) before = fixture_chat (fixture, "gpt-4.1", "hello", FALSE);
  g_autoptr (Answer) after = NULL;

  g_assert_cmpuint (before->status, ==, 200);
  g_assert_true (jump_simulator_start (other, 0, NULL));
  g_assert_false (jump_setting_row (JUMP_KEY_UPSTREAM_COPILOT_URL)->needs_restart);
  g_assert_true (jump_settings_override (fixture->settings,
                                         JUMP_KEY_UPSTREAM_COPILOT_URL,
                                         jump_simulator_get_url (other),
                                         "test",
                                         NULL));
  after = fixture_chat (fixture, "gpt-4.1", "hello", FALSE);
  g_assert_cmpuint (jump_simulator_count (other, "POST /chat/completions"), >, 0);
  jump_simulator_stop (other);
}

static gboolean
was_asked_for_code (gpointer data)
{
  return jump_simulator_count (data, "POST /login/device/code") > 0;
}

/* Signing in says who we are as everything else does. */
static void
test_sign_in_identity (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");

  g_assert_true (jump_settings_override (fixture->settings,
                                         JUMP_KEY_IDENTITY_USER_AGENT,
                                         "GitHubCopilotChat/9.9.9",
                                         "test",
                                         NULL));
  jump_account_start_sign_in (jump_service_get_account (fixture->service));
  turn_until (was_asked_for_code, fixture->simulator);
  g_assert_cmpstr (
      jump_simulator_get_header (fixture->simulator, "POST /login/device/code", 0, "User-Agent"),
      ==,
      "GitHubCopilotChat/9.9.9");
}

static gboolean
is_catalog_on_disk (gpointer data)
{
  g_autofree char *path =
      g_build_filename (((Fixture *) data)->paths->data_dir, "catalog.json", NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
on_token_adopted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *is_done = user_data;
  g_autoptr (GError) error = NULL;

  jump_account_adopt_finish (JUMP_ACCOUNT (source), result, &error);
  g_assert_no_error (error);
  *is_done = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

/* A sign-in that begins changes nothing; one that ends with another account changes everything. */
static void
test_other_account (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  JumpModelCatalog *catalog = jump_service_get_catalog (fixture->service);
  JumpAccount *account = jump_service_get_account (fixture->service);
  g_autoptr (Answer) models = fixture_ask (fixture, "GET", "/v1/models", NULL);
  g_autoptr (JumpSecretText) token = NULL;
  gboolean is_adopted = FALSE;

  g_assert_cmpuint (models->status, ==, 200);
  turn_until (is_catalog_on_disk, fixture);
  jump_account_start_sign_in (account);
  turn_some (50);
  g_assert_cmpint (jump_model_catalog_get_origin (catalog), ==, JUMP_CATALOG_LIVE);

  token = jump_secret_text_new_take (jump_simulator_sign_in (fixture->simulator));
  jump_account_adopt_async (account, token, NULL, on_token_adopted, &is_adopted);
  turn_until (is_true, &is_adopted);
  g_assert_cmpint (jump_model_catalog_get_origin (catalog), ==, JUMP_CATALOG_EMPTY);
  g_assert_false (jump_model_catalog_is_ready (catalog));
}

static void
test_control_refusals (void)
{
  static const struct
  {
    const char *path;
    const char *body;
  } cases[] = {
    { "/api/settings", "" },
    { "/api/settings", "[]" },
    { "/api/settings", "{\"name\":\"server.port\"}" },
    { "/api/settings", "{\"name\":\"server.port\",\"value\":\"many\"}" },
    { "/api/settings", "{\"name\":\"server.prot\",\"value\":\"1\"}" },
    { "/api/login/token", "{" },
    { "/api/login/token", "{\"token\":5}" },
    { "/api/login/token", "{\"token\":\"\"}" },
    { "/api/login/token", "{\"token\":\"gho_a\\r\\nX-Evil: 1\"}" },
  };
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *authorization = fixture_dup_authorization (fixture);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer = fixture_start (fixture,
                                                 "POST",
                                                 cases[i].path,
                                                 cases[i].body,
                                                 "Authorization",
                                                 authorization,
                                                 NULL);

      g_test_message ("%s", cases[i].body);
      answer_wait (answer);
      g_assert_cmpuint (answer->status, ==, 400);
    }
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "GET /user"), ==, 0);
}

/* The status names the address that answers, whichever that is. */
static void
test_status_address (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  JumpServiceOptions options = {
    .paths = fixture->paths,
    .settings = fixture->settings,
    .clock = fixture->clock,
  };
  g_autofree char *authorization = NULL;
  g_autoptr (Answer) status = NULL;
  g_autoptr (JsonObject) object = NULL;

  g_clear_object (&fixture->service);
  g_assert_true (
      jump_settings_override (fixture->settings, JUMP_KEY_SERVER_ADDRESS, "::1", "test", NULL));
  fixture->service = jump_service_new (&options);
  if (!jump_service_listen (fixture->service, NULL))
    {
      g_test_skip ("no IPv6 here");
      return;
    }
  authorization = fixture_dup_authorization (fixture);
  status =
      fixture_start (fixture, "GET", "/api/status", NULL, "Authorization", authorization, NULL);
  answer_wait (status);
  object = jump_json_parse_object (status->body->str, -1, NULL);
  g_assert_cmpstr (jump_json_get_string (object, "url", NULL),
                   ==,
                   jump_service_get_url (fixture->service));
}

/* Whoever only wants to look leaves nothing behind. */
static void
test_demo (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *config_dir = g_build_filename (fixture->dir, "demo", "config", NULL);
  g_autofree char *data_dir = g_build_filename (fixture->dir, "demo", "data", NULL);
  g_autoptr (JumpPaths) paths = jump_paths_new (config_dir, data_dir, fixture->dir);
  g_autoptr (Answer) models = NULL;
  JumpServiceOptions options = {
    .paths = paths,
    .settings = fixture->settings,
    .clock = fixture->clock,
    .demo = TRUE,
  };

  g_clear_object (&fixture->service);
  g_assert_true (jump_settings_override (fixture->settings,
                                         JUMP_KEY_UPSTREAM_COPILOT_URL,
                                         jump_simulator_get_url (fixture->simulator),
                                         "test",
                                         NULL));
  fixture->service = jump_service_new (&options);
  g_assert_true (jump_service_listen (fixture->service, NULL));
  models = fixture_ask (fixture, "GET", "/v1/models", NULL);
  g_assert_cmpuint (models->status, ==, 200);
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "GET /models"), ==, 0);
  g_assert_false (g_file_test (config_dir, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (data_dir, G_FILE_TEST_EXISTS));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/control/settings/moved-upstream", test_moved_upstream);
  g_test_add_func ("/control/settings/sign-in-identity", test_sign_in_identity);
  g_test_add_func ("/control/account/other", test_other_account);
  g_test_add_func ("/control/refusals", test_control_refusals);
  g_test_add_func ("/control/status-address", test_status_address);
  g_test_add_func ("/control/demo", test_demo);
  return g_test_run ();
}
