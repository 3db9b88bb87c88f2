/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/account.h"
#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/secret/secret-store-file.h"
#include "service/secret/secret-store-memory.h"
#include "tests/support/signal-log.h"
#include "tests/support/temp-home.h"
#include "tests/unit/auth-stage.h"

#include <glib/gstdio.h>
#include <string.h>

#define KEY "github-account"
#define CODE                                            \
  "{\"device_code\":\"a\",\"user_code\":\"WDJB-MJHT\"," \
  "\"verification_uri\":\"https://github.com/login/device\",\"expires_in\":900,\"interval\":5}"
#define TOKEN "{\"access_token\":\"ghu_signed_in\",\"token_type\":\"bearer\",\"scope\":\"\"}"
#define USER  "{\"login\":\"octocat\",\"id\":1}"

typedef struct
{
  AuthStage stage;
  JumpSecretStore *store;
  JumpAccount *account;
  JumpSignalLog *log;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  auth_stage_set_up (&fixture->stage, data);
  fixture->store = jump_secret_store_memory_new ();
  fixture->log = jump_signal_log_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  auth_stage_settle ();
  jump_signal_log_clear (fixture->log);
  jump_signal_log_free (fixture->log);
  g_assert_finalize_object (fixture->account);
  g_assert_finalize_object (fixture->store);
  auth_stage_tear_down (&fixture->stage, data);
}

/* Each may be NULL. */
static void
make_account (Fixture *fixture, const char *own, const char *github, const char *copilot)
{
  JumpEnvironmentTokens *tokens = g_new0 (JumpEnvironmentTokens, 1);

  tokens->jumpseat_github_token = jump_secret_text_new (own);
  tokens->github_token = jump_secret_text_new (github);
  tokens->copilot_token = jump_secret_text_new (copilot);
  fixture->account = jump_account_new (fixture->store,
                                       fixture->stage.client,
                                       fixture->stage.clock,
                                       fixture->stage.host,
                                       fixture->stage.identity,
                                       tokens);
  g_assert_cmpint (jump_account_get_state (fixture->account), ==, JUMP_ACCOUNT_LOADING);
  jump_signal_log_attach (fixture->log, G_OBJECT (fixture->account), "changed");
}

static void
load (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  jump_account_load_async (fixture->account, NULL, auth_stage_on_done, &result);
  auth_stage_wait_result (&result);
  jump_account_load_finish (fixture->account, result, error);
}

static void
load_well (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  load (fixture, &error);
  g_assert_no_error (error);
}

static void
store_text (Fixture *fixture, const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JumpSecretText) secret = jump_secret_text_new (text);
  g_autoptr (GError) error = NULL;

  jump_secret_store_save_async (fixture->store, KEY, "", secret, NULL, auth_stage_on_done, &result);
  auth_stage_wait_result (&result);
  jump_secret_store_save_finish (fixture->store, result, &error);
  g_assert_no_error (error);
}

static void
store_account (Fixture *fixture, const char *host, const char *token)
{
  g_autofree char *text =
      g_strdup_printf ("{\"host\":\"%s\",\"login\":\"stored-name\",\"client_id\":\"x\","
                       "\"token\":\"%s\"}",
                       host,
                       token);

  store_text (fixture, text);
}

static char *
read_store (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JumpSecretText) secret = NULL;
  g_autoptr (GError) error = NULL;

  jump_secret_store_lookup_async (fixture->store, KEY, NULL, auth_stage_on_done, &result);
  auth_stage_wait_result (&result);
  secret = jump_secret_store_lookup_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  return g_strdup (jump_secret_text_peek (secret));
}

static void
assert_stored (Fixture *fixture, const char *member, const char *expected)
{
  g_autofree char *text = read_store (fixture);
  g_autoptr (JsonObject) object = NULL;

  g_assert_nonnull (text);
  object = jump_json_parse_object (text, -1, NULL);
  g_assert_cmpstr (jump_json_get_string (object, member, NULL), ==, expected);
}

static void
assert_signed_in (Fixture *fixture, JumpAccountSource source, const char *login, const char *secret)
{
  g_assert_cmpint (jump_account_get_state (fixture->account), ==, JUMP_ACCOUNT_SIGNED_IN);
  g_assert_cmpstr (jump_account_source_to_string (jump_account_get_source (fixture->account)),
                   ==,
                   jump_account_source_to_string (source));
  g_assert_cmpstr (jump_account_get_login (fixture->account), ==, login);
  g_assert_true (jump_secret_text_equal (jump_account_get_secret (fixture->account), secret));
}

static void
assert_signed_out (Fixture *fixture)
{
  g_assert_cmpint (jump_account_get_state (fixture->account), ==, JUMP_ACCOUNT_SIGNED_OUT);
  g_assert_cmpint (jump_account_get_source (fixture->account), ==, JUMP_SOURCE_NONE);
  g_assert_null (jump_account_get_login (fixture->account));
  g_assert_null (jump_account_get_secret (fixture->account));
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *own;
    gboolean has_stored;
    const char *github;
    const char *copilot;
    JumpAccountSource source;
    const char *secret;
  } rows[] = {
    { "own", TRUE, "github", "copilot", JUMP_SOURCE_ENVIRONMENT_OWN, "own" },
    { NULL, TRUE, "github", "copilot", JUMP_SOURCE_STORED, "stored" },
    { NULL, FALSE, "github", "copilot", JUMP_SOURCE_ENVIRONMENT_GITHUB, "github" },
    { NULL, FALSE, NULL, "copilot", JUMP_SOURCE_COPILOT_TOKEN, "copilot" },
    { NULL, FALSE, NULL, NULL, JUMP_SOURCE_NONE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_clear_object (&fixture->account);
      g_clear_object (&fixture->store);
      fixture->store = jump_secret_store_memory_new ();
      if (rows[i].has_stored)
        store_account (fixture, fixture->stage.host->web_url, "stored");
      make_account (fixture, rows[i].own, rows[i].github, rows[i].copilot);
      load_well (fixture);
      g_test_message ("row %u", i);
      if (rows[i].secret == NULL)
        assert_signed_out (fixture);
      else
        assert_signed_in (fixture,
                          rows[i].source,
                          rows[i].source == JUMP_SOURCE_STORED ? "stored-name" : NULL,
                          rows[i].secret);
      jump_signal_log_assert (fixture->log, "changed", NULL);
    }
  g_assert_cmpuint (auth_stage_count_requests (&fixture->stage), ==, 0);
}

/* A token of one GitHub is never sent to another. */
static void
test_other_host (Fixture *fixture, gconstpointer data)
{
  store_account (fixture, "https://acme.ghe.com", "stored");
  make_account (fixture, NULL, NULL, NULL);
  load_well (fixture);
  assert_signed_out (fixture);
  assert_stored (fixture, "token", "stored");
}

/* A sign-in at a tenant counts where nobody chose another GitHub. */
static void
test_tenant_in_store (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *host;
    const char *api_url; /* NULL: signed out */
  } rows[] = {
    { "https://acme.ghe.com", "https://api.acme.ghe.com" },
    { "https://evil.example", NULL },
    { "http://acme.ghe.com", NULL },
    { "https://acme.ghe.com/x", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_clear_object (&fixture->account);
      store_account (fixture, rows[i].host, "stored");
      make_account (fixture, NULL, NULL, NULL);
      jump_account_set_follows_store (fixture->account, TRUE);
      load_well (fixture);
      if (rows[i].api_url == NULL)
        {
          assert_signed_out (fixture);
          continue;
        }
      jump_signal_log_clear (fixture->log);
      g_assert_cmpint (jump_account_get_state (fixture->account), ==, JUMP_ACCOUNT_SIGNED_IN);
      g_assert_cmpstr (jump_account_get_host (fixture->account)->api_url, ==, rows[i].api_url);
      g_assert_cmpstr (jump_account_get_home (fixture->account)->web_url,
                       ==,
                       fixture->stage.host->web_url);
    }
}

static void
test_junk_in_store (Fixture *fixture, gconstpointer data)
{
  static const char *const rows[] = { "", "ghu_plain", "[]", "{}", "{\"host\":\"%s\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_clear_object (&fixture->account);
      store_text (fixture, rows[i]);
      make_account (fixture, NULL, NULL, NULL);
      load_well (fixture);
      assert_signed_out (fixture);
    }
}

/* A store that cannot be read: the environment still serves; without it the reason is told. */
static void
test_broken_store (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpTempHome) home = jump_temp_home_new ();
  g_autofree char *folder = jump_temp_home_get_path (home, "secrets/github-account");
  g_autofree char *dir = jump_temp_home_get_path (home, "secrets");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_clear_object (&fixture->store);
  fixture->store = jump_secret_store_file_new (dir);
  make_account (fixture, NULL, NULL, NULL);
  load (fixture, &error);
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_STORE);
  assert_signed_out (fixture);
  g_assert_cmpstr (jump_account_get_store_name (fixture->account), ==, "file");

  g_clear_object (&fixture->account);
  make_account (fixture, NULL, "github", NULL);
  load_well (fixture);
  assert_signed_in (fixture, JUMP_SOURCE_ENVIRONMENT_GITHUB, NULL, "github");
}

static gboolean
has_no_sign_in (gpointer data)
{
  Fixture *fixture = data;

  return jump_account_get_sign_in (fixture->account) == NULL;
}

static gboolean
has_code (gpointer data)
{
  Fixture *fixture = data;

  return jump_device_flow_get_state (jump_account_get_sign_in (fixture->account)) ==
             JUMP_DEVICE_FLOW_PENDING &&
         jump_clock_fake_count_alarms (fixture->stage.clock) == 2;
}

static void
sign_in (Fixture *fixture)
{
  auth_stage_add_reply (&fixture->stage, 200, NULL, CODE);
  auth_stage_add_reply (&fixture->stage, 200, NULL, TOKEN);
  jump_account_start_sign_in (fixture->account);
  auth_stage_wait (has_code, fixture);
  jump_clock_fake_advance (fixture->stage.clock, 6000);
}

static void
test_sign_in (Fixture *fixture, gconstpointer data)
{
  JumpDeviceFlow *flow;

  make_account (fixture, NULL, NULL, NULL);
  load_well (fixture);
  jump_signal_log_clear (fixture->log);
  sign_in (fixture);
  flow = jump_account_get_sign_in (fixture->account);
  g_assert_nonnull (flow);
  g_assert_true (jump_account_start_sign_in (fixture->account) == flow);
  auth_stage_add_reply (&fixture->stage, 200, NULL, USER);
  auth_stage_wait (has_no_sign_in, fixture);
  assert_signed_in (fixture, JUMP_SOURCE_STORED, "octocat", "ghu_signed_in");
  assert_stored (fixture, "token", "ghu_signed_in");
  assert_stored (fixture, "login", "octocat");
  assert_stored (fixture, "host", fixture->stage.host->web_url);
  assert_stored (fixture, "client_id", "test-app");
  /* starting, pending, success, signed in */
  jump_signal_log_assert (fixture->log, "changed", "changed", "changed", "changed", NULL);
  auth_stage_assert_request (&fixture->stage, 2, "GET /user HTTP/1.1\r\n");
  auth_stage_assert_request (&fixture->stage, 2, "Authorization: token ghu_signed_in\r\n");

  /* And the next start finds it. */
  g_clear_object (&fixture->account);
  make_account (fixture, NULL, "ignored", NULL);
  load_well (fixture);
  assert_signed_in (fixture, JUMP_SOURCE_STORED, "octocat", "ghu_signed_in");
}

static void
test_sign_in_without_name (Fixture *fixture, gconstpointer data)
{
  make_account (fixture, NULL, NULL, NULL);
  load_well (fixture);
  sign_in (fixture);
  auth_stage_add_reply (&fixture->stage, 500, NULL, "");
  auth_stage_wait (has_no_sign_in, fixture);
  assert_signed_in (fixture, JUMP_SOURCE_STORED, NULL, "ghu_signed_in");
  assert_stored (fixture, "token", "ghu_signed_in");
}

static void
test_sign_in_broken_store (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpTempHome) home = jump_temp_home_new ();
  g_autofree char *dir = jump_temp_home_get_path (home, "file");

  jump_temp_home_write (home, "file", "");
  g_clear_object (&fixture->store);
  fixture->store = jump_secret_store_file_new (dir);
  make_account (fixture, NULL, NULL, NULL);
  load_well (fixture);
  sign_in (fixture);
  auth_stage_add_reply (&fixture->stage, 200, NULL, USER);
  g_test_expect_message ("jumpseat-auth",
                         G_LOG_LEVEL_WARNING,
                         "the sign-in could not be stored and lasts for this run only: *");
  auth_stage_wait (has_no_sign_in, fixture);
  g_test_assert_expected_messages ();
  assert_signed_in (fixture, JUMP_SOURCE_STORED, "octocat", "ghu_signed_in");
}

/* A sign-in that came to nothing can be looked at, and does not stand in the way of the next. */
static void
test_sign_in_denied (Fixture *fixture, gconstpointer data)
{
  JumpDeviceFlow *flow;

  make_account (fixture, NULL, NULL, NULL);
  load_well (fixture);
  auth_stage_add_reply (&fixture->stage, 404, NULL, "");
  flow = jump_account_start_sign_in (fixture->account);
  while (!jump_device_flow_is_final (flow))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (jump_account_get_sign_in (fixture->account) == flow);
  g_assert_cmpint (jump_device_flow_get_state (flow), ==, JUMP_DEVICE_FLOW_FAILED);
  assert_signed_out (fixture);
  sign_in (fixture);
  auth_stage_add_reply (&fixture->stage, 200, NULL, USER);
  auth_stage_wait (has_no_sign_in, fixture);
  assert_signed_in (fixture, JUMP_SOURCE_STORED, "octocat", "ghu_signed_in");
}

/* Who is signed in stays so while a new sign-in runs, also when nothing comes of it. */
static void
test_sign_in_again (Fixture *fixture, gconstpointer data)
{
  store_account (fixture, fixture->stage.host->web_url, "stored");
  make_account (fixture, NULL, NULL, NULL);
  load_well (fixture);
  auth_stage_add_reply (&fixture->stage, 200, NULL, CODE);
  jump_account_start_sign_in (fixture->account);
  auth_stage_wait (has_code, fixture);
  assert_signed_in (fixture, JUMP_SOURCE_STORED, "stored-name", "stored");
  jump_device_flow_cancel (jump_account_get_sign_in (fixture->account));
  assert_signed_in (fixture, JUMP_SOURCE_STORED, "stored-name", "stored");
}

static void
adopt (Fixture *fixture, const char *text, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JumpSecretText) token = jump_secret_text_new (text);

  jump_account_adopt_async (fixture->account, token, NULL, auth_stage_on_done, &result);
  auth_stage_wait_result (&result);
  jump_account_adopt_finish (fixture->account, result, error);
}

static void
test_adopt (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *stored = NULL;

  make_account (fixture, NULL, NULL, NULL);
  load_well (fixture);
  auth_stage_add_reply (&fixture->stage, 401, NULL, "{\"message\":\"Bad credentials\"}");
  adopt (fixture, "gho_refused", &error);
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SIGNED_OUT);
  g_assert_null (strstr (error->message, "gho_refused"));
  g_clear_error (&error);
  assert_signed_out (fixture);
  stored = read_store (fixture);
  g_assert_null (stored);

  auth_stage_add_reply (&fixture->stage, 200, NULL, USER);
  adopt (fixture, "gho_found", &error);
  g_assert_no_error (error);
  assert_signed_in (fixture, JUMP_SOURCE_STORED, "octocat", "gho_found");
  assert_stored (fixture, "token", "gho_found");
  assert_stored (fixture, "client_id", NULL);

  /* One that cannot be checked is taken. */
  auth_stage_add_cut (&fixture->stage);
  adopt (fixture, "gho_unchecked", &error);
  g_assert_no_error (error);
  assert_signed_in (fixture, JUMP_SOURCE_STORED, NULL, "gho_unchecked");
}

static void
sign_out (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  jump_account_sign_out_async (fixture->account, NULL, auth_stage_on_done, &result);
  assert_signed_out (fixture); /* at once */
  auth_stage_wait_result (&result);
  jump_account_sign_out_finish (fixture->account, result, &error);
  g_assert_no_error (error);
}

static void
test_sign_out (Fixture *fixture, gconstpointer data)
{
  g_autofree char *stored = NULL;

  store_account (fixture, fixture->stage.host->web_url, "stored");
  make_account (fixture, NULL, "github", "copilot");
  load_well (fixture);
  jump_signal_log_clear (fixture->log);
  sign_out (fixture);
  jump_signal_log_assert (fixture->log, "changed", NULL);
  stored = read_store (fixture);
  g_assert_null (stored);

  /* The environment is ignored until the next start. */
  load_well (fixture);
  assert_signed_out (fixture);
}

/* Signing out while the name is being asked: the token must not come back. */
static void
test_sign_out_in_between (Fixture *fixture, gconstpointer data)
{
  g_autofree char *stored = NULL;

  make_account (fixture, NULL, NULL, NULL);
  load_well (fixture);
  sign_in (fixture);
  jump_http_peer_add_reply (fixture->stage.peer, "", 0, 0, JUMP_PEER_KEEP);
  auth_stage_wait_requests (&fixture->stage, 3);
  sign_out (fixture);
  g_assert_null (jump_account_get_sign_in (fixture->account));
  auth_stage_settle ();
  assert_signed_out (fixture);
  stored = read_store (fixture);
  g_assert_null (stored);
}

/* The store answers late: whoever signed in or out meanwhile is right. */
static void
test_sign_out_while_loading (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  store_account (fixture, fixture->stage.host->web_url, "stored");
  make_account (fixture, NULL, "github", NULL);
  jump_account_load_async (fixture->account, NULL, auth_stage_on_done, &result);
  sign_out (fixture);
  auth_stage_wait_result (&result);
  assert_signed_out (fixture);
}

static void
test_environment (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (JumpEnvironmentTokens) tokens = NULL;

      g_setenv ("JUMPSEAT_GITHUB_TOKEN", " own \n", TRUE);
      g_setenv ("GITHUB_TOKEN", "", TRUE);
      g_setenv ("GH_TOKEN", "gh", TRUE);
      g_setenv ("COPILOT_TOKEN", "two words", TRUE);
      tokens = jump_environment_tokens_take ();
      g_assert_true (jump_secret_text_equal (tokens->jumpseat_github_token, "own"));
      g_assert_true (jump_secret_text_equal (tokens->github_token, "gh"));
      g_assert_null (tokens->copilot_token);
      g_assert_null (g_getenv ("JUMPSEAT_GITHUB_TOKEN"));
      g_assert_null (g_getenv ("COPILOT_TOKEN"));
      g_assert_null (g_getenv ("GITHUB_TOKEN"));
      g_assert_null (g_getenv ("GH_TOKEN"));
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

#define ADD(path, func) g_test_add ("/account/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("order", test_order);
  ADD ("other-host", test_other_host);
  ADD ("tenant-in-store", test_tenant_in_store);
  ADD ("junk-in-store", test_junk_in_store);
  ADD ("broken-store", test_broken_store);
  ADD ("sign-in", test_sign_in);
  ADD ("sign-in/without-name", test_sign_in_without_name);
  ADD ("sign-in/broken-store", test_sign_in_broken_store);
  ADD ("sign-in/denied", test_sign_in_denied);
  ADD ("sign-in/again", test_sign_in_again);
  ADD ("adopt", test_adopt);
  ADD ("sign-out", test_sign_out);
  ADD ("sign-out/in-between", test_sign_out_in_between);
  ADD ("sign-out/while-loading", test_sign_out_while_loading);
  g_test_add_func ("/account/environment", test_environment);
  return g_test_run ();
}
