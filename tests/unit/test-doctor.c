/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/doctor/doctor-report.h"
#include "service/secret/secret-store-memory.h"
#include "tests/support/temp-home.h"
#include "tests/unit/auth-stage.h"

#include <string.h>

/* The order of checks, what keeps others from being tried, and time limits: on a clock that stands still, with a
 * GitHub that says what the test wants. */

typedef struct
{
  AuthStage auth;
  JumpTempHome *home;        /* (owned) */
  JumpSettings *settings;    /* (owned) */
  JumpSecretStore *store;    /* (owned) */
  JumpAccount *account;      /* (owned) */
  JumpTokenManager *tokens;  /* (owned) */
  JumpModelCatalog *catalog; /* (owned) */
  JumpDoctorTools tools;
} Stage;

static void
fetch_async (gpointer source,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_return_new_error (task, JUMP_ERROR, JUMP_ERROR_UPSTREAM, "not here");
}

static GBytes *
fetch_finish (gpointer source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
set_up (Stage *stage, gconstpointer data)
{
  const JumpCatalogSource source = { fetch_async, fetch_finish, NULL };
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GError) error = NULL;

  auth_stage_set_up (&stage->auth, NULL);
  stage->home = jump_temp_home_new ();
  stage->settings = jump_settings_new (stage->home->paths->settings_file);
  jump_settings_override (stage->settings, JUMP_KEY_SERVER_PORT, "0", "--port", &error);
  g_assert_no_error (error);
  jump_settings_override (stage->settings, JUMP_KEY_SECRETS_BACKEND, "file", "test", &error);
  g_assert_no_error (error);
  stage->store = jump_secret_store_memory_new ();
  stage->account = jump_account_new (stage->store,
                                     stage->auth.client,
                                     stage->auth.clock,
                                     stage->auth.host,
                                     stage->auth.identity,
                                     NULL);
  jump_account_load_async (stage->account, NULL, auth_stage_on_done, &loaded);
  auth_stage_wait_result (&loaded);
  stage->tokens = jump_token_manager_new (stage->account,
                                          stage->auth.client,
                                          stage->auth.clock,
                                          stage->auth.identity);
  stage->catalog = jump_model_catalog_new (stage->auth.clock, &source, NULL, NULL);
  stage->tools = (JumpDoctorTools){
    .paths = stage->home->paths,
    .settings = stage->settings,
    .clock = stage->auth.clock,
    .client = stage->auth.client,
    .identity = stage->auth.identity,
    .account = stage->account,
    .tokens = stage->tokens,
    .catalog = stage->catalog,
  };
}

static void
tear_down (Stage *stage, gconstpointer data)
{
  g_clear_object (&stage->catalog);
  g_clear_object (&stage->tokens);
  g_clear_object (&stage->account);
  g_clear_object (&stage->store);
  g_clear_object (&stage->settings);
  jump_temp_home_free (stage->home);
  auth_stage_tear_down (&stage->auth, NULL);
}

static const JumpFinding *
find (GPtrArray *findings, const char *name)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const JumpFinding *finding = g_ptr_array_index (findings, i);

      if (g_str_equal (finding->name, name))
        return finding;
    }
  g_assert_not_reached ();
}

static void
expect (GPtrArray *findings, const char *name, JumpVerdictState state, const char *found)
{
  const JumpFinding *finding = find (findings, name);

  g_test_message ("%s: %s", name, finding->verdict->found);
  g_assert_cmpint (finding->verdict->state, ==, state);
  g_assert_nonnull (strstr (finding->verdict->found, found));
}

/* @wish: (nullable). Returns: (transfer full) */
static GPtrArray *
run (Stage *stage, const JumpDoctorWish *wish)
{
  const JumpDoctorWish all = { 0 };
  g_autoptr (JumpDoctor) doctor = jump_doctor_new (&stage->tools, wish != NULL ? wish : &all);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *findings;

  jump_doctor_run_async (doctor, NULL, auth_stage_on_done, &result);
  auth_stage_wait_result (&result);
  findings = jump_doctor_run_finish (doctor, result, &error);
  g_assert_no_error (error);
  return findings;
}

/* Nobody is signed in, GitHub answers. */
static void
test_signed_out (Stage *stage, gconstpointer data)
{
  g_autoptr (GPtrArray) findings = NULL;
  JumpDoctorSums sums;

  auth_stage_add_reply (&stage->auth, 200, "Date: Fri, 15 Jan 2027 08:00:00 GMT\r\n", "{}");
  findings = run (stage, NULL);
  expect (findings, "tls", JUMP_VERDICT_OK, "127.0.0.1");
  expect (findings, "clock", JUMP_VERDICT_OK, "same");
  expect (findings, "github_token", JUMP_VERDICT_FAILED, "nobody");
  expect (findings, "subscription", JUMP_VERDICT_SKIPPED, "because \"GitHub token\" failed");
  /* the cause, not the last link of the chain */
  expect (findings, "models", JUMP_VERDICT_SKIPPED, "because \"GitHub token\" failed");
  expect (findings, "stream", JUMP_VERDICT_SKIPPED, "because \"GitHub token\" failed");
  sums = jump_doctor_add_up (findings);
  g_assert_cmpuint (sums.n_failed, ==, 1);
  g_assert_cmpuint (sums.n_ok + sums.n_warnings + sums.n_failed + sums.n_skipped,
                    ==,
                    findings->len);
}

static void
test_clock_is_wrong (Stage *stage, gconstpointer data)
{
  g_autoptr (GPtrArray) findings = NULL;

  auth_stage_add_reply (&stage->auth, 200, "Date: Fri, 15 Jan 2027 09:00:00 GMT\r\n", "{}");
  findings = run (stage, NULL);
  expect (findings, "clock", JUMP_VERDICT_FAILED, "60 min behind");
}

static void
test_offline (Stage *stage, gconstpointer data)
{
  const JumpDoctorWish wish = { .is_offline = TRUE };
  g_autoptr (GPtrArray) findings = run (stage, &wish);

  g_assert_cmpuint (auth_stage_count_requests (&stage->auth), ==, 0);
  expect (findings, "settings", JUMP_VERDICT_OK, "defaults");
  expect (findings, "proxy", JUMP_VERDICT_SKIPPED, "as asked");
  expect (findings, "chat", JUMP_VERDICT_SKIPPED, "as asked");
}

/* With wrong settings nothing is asked of anybody. */
static void
test_wrong_settings (Stage *stage, gconstpointer data)
{
  g_autoptr (GError) error = g_error_new (JUMP_ERROR, JUMP_ERROR_SETTINGS, "server.port: wrong");
  g_autoptr (GPtrArray) findings = NULL;

  stage->tools.settings_error = error;
  findings = run (stage, NULL);
  g_assert_cmpuint (auth_stage_count_requests (&stage->auth), ==, 0);
  expect (findings, "settings", JUMP_VERDICT_FAILED, "server.port: wrong");
  expect (findings, "tls", JUMP_VERDICT_SKIPPED, "\"Settings\" failed");
  expect (findings, "data_folder", JUMP_VERDICT_OK, "");
}

/* The file became wrong while a service runs, which goes on with what it has. */
static void
test_file_became_wrong (Stage *stage, gconstpointer data)
{
  g_autofree char *dir = g_path_get_dirname (stage->home->paths->settings_file);
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;

  jump_paths_make_private_dir (dir, &error);
  g_assert_no_error (error);
  g_file_set_contents (stage->home->paths->settings_file, "[server]\nprot=1\n", -1, &error);
  g_assert_no_error (error);
  auth_stage_add_reply (&stage->auth, 200, NULL, "{}");
  findings = run (stage, NULL);
  expect (findings, "settings", JUMP_VERDICT_FAILED, "prot");
  expect (findings, "tls", JUMP_VERDICT_OK, "");
  expect (findings, "clock", JUMP_VERDICT_SKIPPED, "did not say");
}

/* A server that takes connections and never answers: ten seconds, and no more. */
static void
test_silence (Stage *stage, gconstpointer data)
{
  const JumpDoctorWish wish = { 0 };
  g_autoptr (JumpDoctor) doctor = jump_doctor_new (&stage->tools, &wish);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) findings = NULL;

  jump_http_peer_add_reply (stage->auth.peer, "", 0, 0, JUMP_PEER_KEEP);
  jump_doctor_run_async (doctor, NULL, auth_stage_on_done, &result);
  auth_stage_wait_requests (&stage->auth, 1);
  auth_stage_settle ();
  jump_clock_fake_advance (stage->auth.clock, JUMP_DOCTOR_CHECK_SECONDS * 1000 - 1);
  auth_stage_settle ();
  g_assert_null (result);
  jump_clock_fake_advance (stage->auth.clock, 1);
  auth_stage_wait_result (&result);
  findings = jump_doctor_run_finish (doctor, result, NULL);
  expect (findings, "tls", JUMP_VERDICT_FAILED, "no answer in time");
  g_assert_nonnull (find (findings, "tls")->verdict->remedy);
  g_assert_cmpuint (find (findings, "tls")->time_ms, ==, 10000);
  expect (findings, "clock", JUMP_VERDICT_SKIPPED, "\"Connection\" failed");
}

static void
test_given_up (Stage *stage, gconstpointer data)
{
  const JumpDoctorWish wish = { 0 };
  g_autoptr (JumpDoctor) doctor = jump_doctor_new (&stage->tools, &wish);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  jump_http_peer_add_reply (stage->auth.peer, "", 0, 0, JUMP_PEER_KEEP);
  jump_doctor_run_async (doctor, cancellable, auth_stage_on_done, &result);
  auth_stage_wait_requests (&stage->auth, 1);
  g_cancellable_cancel (cancellable);
  auth_stage_wait_result (&result);
  g_assert_null (jump_doctor_run_finish (doctor, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_report (Stage *stage, gconstpointer data)
{
  const JumpDoctorWish wish = { .is_offline = TRUE };
  g_autoptr (GPtrArray) findings = run (stage, &wish);
  g_autofree char *text = jump_doctor_report_new (findings, TRUE, 12);

  g_assert_nonnull (
      strstr (text, "\"running\":true,\"state\":\"failed\",\"time_ms\":12,\"checks\":["));
  g_assert_nonnull (strstr (text,
                            "{\"name\":\"settings\",\"group\":\"computer\",\"title\":\"Settings\","
                            "\"state\":\"ok\",\"found\":\"defaults"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/doctor/" name, Stage, NULL, set_up, func, tear_down)
  ADD ("signed-out", test_signed_out);
  ADD ("clock-is-wrong", test_clock_is_wrong);
  ADD ("offline", test_offline);
  ADD ("wrong-settings", test_wrong_settings);
  ADD ("file-became-wrong", test_file_became_wrong);
  ADD ("silence", test_silence);
  ADD ("given-up", test_given_up);
  ADD ("report", test_report);
  return g_test_run ();
}
