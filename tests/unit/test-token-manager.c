/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/token-exchange.h"
#include "service/auth/token-manager.h"
#include "service/base/error.h"
#include "service/secret/secret-store-memory.h"
#include "tests/support/signal-log.h"
#include "tests/unit/auth-stage.h"

#include <string.h>

#define N_WAITERS 50
#define COPILOT   "https://api.individual.githubcopilot.com"

typedef struct
{
  AuthStage stage;
  JumpSecretStore *store;
  JumpAccount *account;
  JumpTokenManager *manager;
} Fixture;

/* What a reply of the exchange looks like; @name tells tokens apart. */
static void
add_token (Fixture *fixture, const char *name)
{
  g_autofree char *body =
      g_strdup_printf ("{\"token\":\"%s\",\"expires_at\":%" G_GINT64_FORMAT ",\"refresh_in\":1500,"
                       "\"sku\":\"monthly\",\"endpoints\":{\"api\":\"" COPILOT "\"}}",
                       name,
                       jump_clock_get_wall_seconds (fixture->stage.clock) + 1800);

  auth_stage_add_reply (&fixture->stage, 200, NULL, body);
}

static void
make_manager (Fixture *fixture, JumpEnvironmentTokens *tokens)
{
  AuthStage *stage = &fixture->stage;

  fixture->account = jump_account_new (fixture->store,
                                       stage->client,
                                       stage->clock,
                                       stage->host,
                                       stage->identity,
                                       tokens);
  fixture->manager =
      jump_token_manager_new (fixture->account, stage->client, stage->clock, stage->identity);
}

static void
load (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  jump_account_load_async (fixture->account, NULL, auth_stage_on_done, &result);
  auth_stage_wait_result (&result);
  g_assert_true (jump_account_load_finish (fixture->account, result, NULL));
}

static void
set_up_unloaded (Fixture *fixture, gconstpointer data)
{
  JumpEnvironmentTokens *tokens = g_new0 (JumpEnvironmentTokens, 1);

  auth_stage_set_up (&fixture->stage, data);
  fixture->store = jump_secret_store_memory_new ();
  tokens->github_token = jump_secret_text_new ("ghu_fake");
  make_manager (fixture, tokens);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  set_up_unloaded (fixture, data);
  load (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  auth_stage_settle ();
  if (fixture->manager != NULL)
    g_assert_finalize_object (fixture->manager);
  g_assert_finalize_object (fixture->account);
  g_assert_finalize_object (fixture->store);
  auth_stage_tear_down (&fixture->stage, data);
}

static JumpToken *
finish (Fixture *fixture, GAsyncResult **result, GError **error)
{
  JumpToken *token;

  auth_stage_wait_result (result);
  token = jump_token_manager_get_finish (fixture->manager, *result, error);
  g_clear_object (result);
  return token;
}

static JumpToken *
get (Fixture *fixture, GError **error)
{
  GAsyncResult *result = NULL;

  jump_token_manager_get_async (fixture->manager, NULL, auth_stage_on_done, &result);
  return finish (fixture, &result, error);
}

static void
assert_get (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpToken) token = get (fixture, &error);

  g_assert_no_error (error);
  g_assert_nonnull (token);
  g_assert_cmpstr (jump_secret_text_peek (token->text), ==, text);
}

static void
assert_get_fails (Fixture *fixture, JumpError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpToken) token = get (fixture, &error);

  g_assert_error (error, JUMP_ERROR, (int) code);
  g_assert_null (strstr (error->message, "ghu_fake"));
  g_assert_null (token);
}

static void
assert_requests (Fixture *fixture, guint n)
{
  g_assert_cmpuint (auth_stage_count_requests (&fixture->stage), ==, n);
}

static gboolean
has_token (gpointer data)
{
  Fixture *fixture = data;

  return jump_token_manager_peek (fixture->manager) != NULL;
}

static gboolean
has_retry_planned (gpointer data)
{
  Fixture *fixture = data;
  gint64 next = jump_clock_fake_get_next_alarm (fixture->stage.clock);

  return next == 2000 || next == 8000;
}

static void
run_through_retries (Fixture *fixture, GAsyncResult **result)
{
  while (*result == NULL)
    {
      if (has_retry_planned (fixture))
        jump_clock_fake_advance (fixture->stage.clock, 8000);
      else
        g_main_context_iteration (NULL, TRUE);
    }
}

/* The background check of a token that is there finds it due. */
static void
wait_success_at (Fixture *fixture, gint64 wall_seconds)
{
  while (jump_token_manager_get_last_success (fixture->manager) != wall_seconds)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_exchange (Fixture *fixture, gconstpointer data)
{
  JumpIdentity *identity = fixture->stage.identity;
  g_autofree char *user_agent = g_strdup_printf ("User-Agent: %s\r\n", identity->user_agent);
  g_autofree char *editor = g_strdup_printf ("Editor-Version: %s\r\n", identity->editor_version);
  g_autofree char *plugin =
      g_strdup_printf ("Editor-Plugin-Version: %s\r\n", identity->plugin_version);
  g_autofree char *version =
      g_strdup_printf ("X-GitHub-Api-Version: %s\r\n", identity->api_version);
  JumpToken *token;

  g_assert_null (jump_token_manager_peek (fixture->manager));
  g_assert_cmpint (jump_token_manager_get_state (fixture->manager), ==, JUMP_TOKEN_IDLE);
  assert_requests (fixture, 0);
  add_token (fixture, "first");
  assert_get (fixture, "first");
  token = jump_token_manager_peek (fixture->manager);
  g_assert_cmpstr (token->api_url, ==, COPILOT);
  g_assert_cmpstr (token->sku, ==, "monthly");
  g_assert_cmpint (token->expires_at, ==, AUTH_NOW + 1560);
  g_assert_false (token->is_direct);
  g_assert_cmpint (jump_token_manager_get_state (fixture->manager), ==, JUMP_TOKEN_READY);
  g_assert_cmpuint (jump_token_manager_get_exchanges (fixture->manager), ==, 1);
  g_assert_cmpint (jump_token_manager_get_last_attempt (fixture->manager), ==, AUTH_NOW);
  g_assert_cmpint (jump_token_manager_get_last_success (fixture->manager), ==, AUTH_NOW);

  assert_get (fixture, "first");
  assert_requests (fixture, 1);
  auth_stage_assert_request (&fixture->stage, 0, "GET /copilot_internal/v2/token HTTP/1.1\r\n");
  auth_stage_assert_request (&fixture->stage, 0, "Authorization: token ghu_fake\r\n");
  auth_stage_assert_request (&fixture->stage, 0, "Accept: application/json\r\n");
  auth_stage_assert_request (&fixture->stage, 0, user_agent);
  auth_stage_assert_request (&fixture->stage, 0, editor);
  auth_stage_assert_request (&fixture->stage, 0, plugin);
  auth_stage_assert_request (&fixture->stage, 0, version);
}

static void
test_signals (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpSignalLog) log = jump_signal_log_new ();

  jump_signal_log_attach (log, G_OBJECT (fixture->manager), "changed");
  add_token (fixture, "first");
  assert_get (fixture, "first");
  jump_signal_log_assert (log, "changed", "changed", NULL); /* exchanging, ready */
  assert_get (fixture, "first");
  jump_signal_log_assert (log, NULL);
  jump_token_manager_reject (fixture->manager, jump_token_manager_peek (fixture->manager));
  jump_signal_log_assert (log, "changed", NULL);
}

static void
test_single_flight (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *results[N_WAITERS] = { NULL };

  for (guint i = 0; i < N_WAITERS; i++)
    jump_token_manager_get_async (fixture->manager, NULL, auth_stage_on_done, &results[i]);
  add_token (fixture, "shared");
  for (guint i = 0; i < N_WAITERS; i++)
    {
      g_autoptr (JumpToken) token = finish (fixture, &results[i], NULL);

      g_assert_true (jump_secret_text_equal (token->text, "shared"));
    }
  assert_requests (fixture, 1);
  g_assert_cmpuint (jump_token_manager_get_exchanges (fixture->manager), ==, 1);
}

/* Asking for a new one joins what is under way. */
static void
test_refresh_joins (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *first = NULL;
  GAsyncResult *second = NULL;

  jump_token_manager_get_async (fixture->manager, NULL, auth_stage_on_done, &first);
  jump_token_manager_refresh_async (fixture->manager, NULL, auth_stage_on_done, &second);
  add_token (fixture, "shared");
  jump_token_unref (finish (fixture, &first, NULL));
  jump_token_unref (finish (fixture, &second, NULL));
  assert_requests (fixture, 1);
}

/* Everybody learns why, from one call. */
static void
test_single_flight_fails (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *results[N_WAITERS] = { NULL };

  for (guint i = 0; i < N_WAITERS; i++)
    jump_token_manager_get_async (fixture->manager, NULL, auth_stage_on_done, &results[i]);
  auth_stage_add_reply (&fixture->stage, 401, NULL, "{\"message\":\"Bad credentials\"}");
  for (guint i = 0; i < N_WAITERS; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (finish (fixture, &results[i], &error));
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SIGNED_OUT);
    }
  assert_requests (fixture, 1);
}

static void
test_cancel_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GAsyncResult *patient = NULL;
  GAsyncResult *impatient = NULL;
  g_autoptr (JumpToken) token = NULL;

  jump_token_manager_get_async (fixture->manager, NULL, auth_stage_on_done, &patient);
  jump_token_manager_get_async (fixture->manager, cancellable, auth_stage_on_done, &impatient);
  jump_http_peer_add_reply (fixture->stage.peer, "", 0, 0, JUMP_PEER_KEEP);
  auth_stage_wait_requests (&fixture->stage, 1);
  g_cancellable_cancel (cancellable);
  g_assert_null (finish (fixture, &impatient, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (patient);
  jump_http_peer_say (fixture->stage.peer,
                      "HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{\"token\":\"later\"}");
  token = finish (fixture, &patient, NULL);
  g_assert_true (jump_secret_text_equal (token->text, "later"));

  /* Cancelled before it began. */
  jump_token_manager_reject (fixture->manager, token);
  g_clear_error (&error);
  jump_token_manager_get_async (fixture->manager, cancellable, auth_stage_on_done, &impatient);
  g_assert_null (finish (fixture, &impatient, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_waits_for_account (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *first = NULL;
  GAsyncResult *second = NULL;
  g_autoptr (JumpToken) token = NULL;
  g_autoptr (JumpToken) same = NULL;

  jump_token_manager_get_async (fixture->manager, NULL, auth_stage_on_done, &first);
  jump_token_manager_refresh_async (fixture->manager, NULL, auth_stage_on_done, &second);
  assert_requests (fixture, 0);
  g_assert_null (first);
  add_token (fixture, "first");
  load (fixture);
  token = finish (fixture, &first, NULL);
  same = finish (fixture, &second, NULL);
  g_assert_true (token == same);
  assert_requests (fixture, 1);
}

static void
test_signed_out (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->manager);
  g_clear_object (&fixture->account);
  make_manager (fixture, NULL);
  load (fixture);
  assert_get_fails (fixture, JUMP_ERROR_SIGNED_OUT);
  g_assert_cmpint (jump_token_manager_get_state (fixture->manager), ==, JUMP_TOKEN_IDLE);
  g_assert_cmpint (jump_token_manager_get_problem (fixture->manager)->kind,
                   ==,
                   JUMP_PROBLEM_SIGNED_OUT);
  assert_requests (fixture, 0);
}

/* 1560 s of life, due at 312 s before its end, looked at every 30 s: at 1260 s. */
static void
test_renewal (Fixture *fixture, gconstpointer data)
{
  AuthStage *stage = &fixture->stage;

  add_token (fixture, "first");
  assert_get (fixture, "first");
  jump_clock_fake_advance (stage->clock, 1230 * 1000);
  assert_requests (fixture, 1);
  add_token (fixture, "second");
  jump_clock_fake_advance (stage->clock, 30 * 1000);
  auth_stage_wait_requests (stage, 2);
  g_assert_cmpint (jump_token_manager_get_state (fixture->manager), ==, JUMP_TOKEN_READY);
  wait_success_at (fixture, AUTH_NOW + 1260);
  assert_get (fixture, "second");
  assert_requests (fixture, 2);

  /* And so on, without anybody asking. */
  add_token (fixture, "third");
  jump_clock_fake_advance (stage->clock, 1260 * 1000);
  wait_success_at (fixture, AUTH_NOW + 2520);
  assert_get (fixture, "third");
  assert_requests (fixture, 3);
}

/* While the renewal is under way the old token serves. */
static void
test_renewal_in_flight (Fixture *fixture, gconstpointer data)
{
  AuthStage *stage = &fixture->stage;

  add_token (fixture, "first");
  assert_get (fixture, "first");
  jump_http_peer_add_reply (stage->peer, "", 0, 0, JUMP_PEER_KEEP);
  jump_clock_fake_advance (stage->clock, 1260 * 1000);
  auth_stage_wait_requests (stage, 2);
  assert_get (fixture, "first");
  jump_clock_fake_advance (stage->clock, 60 * 1000);
  assert_requests (fixture, 2);
}

/* GitHub is down from the threshold on: served to the last second, then an error, then again. */
static void
test_renewal_fails (Fixture *fixture, gconstpointer data)
{
  AuthStage *stage = &fixture->stage;
  GAsyncResult *result = NULL;

  add_token (fixture, "first");
  assert_get (fixture, "first");
  auth_stage_add_reply (stage, 503, NULL, "down");
  for (guint second = 0; second < 1559; second++)
    {
      jump_clock_fake_advance (stage->clock, 1000);
      auth_stage_settle ();
      g_assert_nonnull (jump_token_manager_peek (fixture->manager));
    }
  assert_get (fixture, "first");
  g_assert_cmpint (jump_token_manager_get_state (fixture->manager), ==, JUMP_TOKEN_READY);
  g_assert_nonnull (jump_token_manager_get_problem (fixture->manager));
  g_assert_cmpuint (auth_stage_count_requests (stage), >, 4);

  jump_clock_fake_advance (stage->clock, 1000);
  g_assert_null (jump_token_manager_peek (fixture->manager));
  add_token (fixture, "second");
  jump_token_manager_get_async (fixture->manager, NULL, auth_stage_on_done, &result);
  run_through_retries (fixture, &result); /* the last 503 may still be under way */
  jump_token_unref (finish (fixture, &result, NULL));
  assert_get (fixture, "second");
  g_assert_null (jump_token_manager_get_problem (fixture->manager));
}

/* The lid was closed for an hour: nobody gets the dead token. */
static void
test_sleep (Fixture *fixture, gconstpointer data)
{
  add_token (fixture, "first");
  assert_get (fixture, "first");
  jump_clock_fake_sleep (fixture->stage.clock, 3600);
  g_assert_null (jump_token_manager_peek (fixture->manager));
  add_token (fixture, "second");
  assert_get (fixture, "second");
  assert_requests (fixture, 2);
}

/* The same, and nobody asks: the check finds it out. */
static void
test_sleep_unasked (Fixture *fixture, gconstpointer data)
{
  add_token (fixture, "first");
  assert_get (fixture, "first");
  jump_clock_fake_sleep (fixture->stage.clock, 3600);
  add_token (fixture, "second");
  jump_clock_fake_advance (fixture->stage.clock, 30 * 1000);
  g_assert_cmpint (jump_token_manager_get_state (fixture->manager), ==, JUMP_TOKEN_EXCHANGING);
  auth_stage_wait (has_token, fixture);
  assert_get (fixture, "second");
  assert_requests (fixture, 2);
}

static void
test_reject (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpToken) first = NULL;

  add_token (fixture, "first");
  first = get (fixture, NULL);
  add_token (fixture, "second");
  jump_token_manager_reject (fixture->manager, first);
  g_assert_null (jump_token_manager_peek (fixture->manager));
  assert_get (fixture, "second");

  /* The other requests that had the first one come late: nothing happens. */
  jump_token_manager_reject (fixture->manager, first);
  jump_token_manager_reject (fixture->manager, first);
  assert_get (fixture, "second");
  assert_requests (fixture, 2);
}

/* Upstream refuses every token: that must not become an exchange per request. */
static void
test_reject_storm (Fixture *fixture, gconstpointer data)
{
  add_token (fixture, "any");
  for (guint i = 0; i < 20; i++)
    {
      assert_get (fixture, "any");
      jump_token_manager_reject (fixture->manager, jump_token_manager_peek (fixture->manager));
    }
  assert_requests (fixture, 6);
  jump_clock_fake_advance (fixture->stage.clock, 61 * 1000);
  jump_token_manager_reject (fixture->manager, jump_token_manager_peek (fixture->manager));
  assert_get (fixture, "any");
  assert_requests (fixture, 7);
}

static void
test_refresh (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *result = NULL;
  g_autoptr (JumpToken) token = NULL;
  g_autoptr (GError) error = NULL;

  add_token (fixture, "first");
  assert_get (fixture, "first");
  add_token (fixture, "second");
  jump_token_manager_refresh_async (fixture->manager, NULL, auth_stage_on_done, &result);
  assert_get (fixture, "first");
  token = finish (fixture, &result, NULL);
  g_assert_true (jump_secret_text_equal (token->text, "second"));

  /* One that fails says so, and takes nothing away. */
  auth_stage_add_reply (&fixture->stage, 403, NULL, "forbidden");
  jump_token_manager_refresh_async (fixture->manager, NULL, auth_stage_on_done, &result);
  g_assert_null (finish (fixture, &result, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_FORBIDDEN);
  assert_get (fixture, "second");
  assert_requests (fixture, 3);
}

static void
test_retries (Fixture *fixture, gconstpointer data)
{
  AuthStage *stage = &fixture->stage;
  GAsyncResult *result = NULL;
  g_autoptr (JumpToken) token = NULL;

  auth_stage_add_cut (stage);
  auth_stage_add_reply (stage, 502, NULL, "<html>");
  add_token (fixture, "third time");
  jump_token_manager_get_async (fixture->manager, NULL, auth_stage_on_done, &result);
  auth_stage_wait (has_retry_planned, fixture);
  g_assert_cmpint (jump_clock_fake_get_next_alarm (stage->clock), ==, 2000);
  jump_clock_fake_advance (stage->clock, 1999);
  assert_requests (fixture, 1);
  jump_clock_fake_advance (stage->clock, 1);
  auth_stage_wait_requests (stage, 2);
  auth_stage_wait (has_retry_planned, fixture);
  g_assert_cmpint (jump_clock_fake_get_next_alarm (stage->clock), ==, 8000);
  g_assert_null (result);
  g_assert_cmpint (jump_token_manager_get_state (fixture->manager), ==, JUMP_TOKEN_EXCHANGING);
  jump_clock_fake_advance (stage->clock, 8000);
  token = finish (fixture, &result, NULL);
  g_assert_true (jump_secret_text_equal (token->text, "third time"));
  g_assert_cmpuint (jump_token_manager_get_exchanges (fixture->manager), ==, 3);
}

static void
test_retries_used_up (Fixture *fixture, gconstpointer data)
{
  AuthStage *stage = &fixture->stage;
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  auth_stage_add_reply (stage, 503, NULL, "");
  jump_token_manager_get_async (fixture->manager, NULL, auth_stage_on_done, &result);
  run_through_retries (fixture, &result);
  g_assert_null (finish (fixture, &result, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_UPSTREAM);
  assert_requests (fixture, 3);
  g_assert_cmpint (jump_token_manager_get_state (fixture->manager), ==, JUMP_TOKEN_FAILED);
  g_assert_cmpint (jump_token_manager_get_problem (fixture->manager)->kind,
                   ==,
                   JUMP_PROBLEM_NETWORK);

  /* For five seconds the answer is known. */
  jump_clock_fake_advance (stage->clock, 4999);
  assert_get_fails (fixture, JUMP_ERROR_UPSTREAM);
  assert_requests (fixture, 3);
  jump_clock_fake_advance (stage->clock, 1);
  add_token (fixture, "back");
  jump_token_manager_get_async (fixture->manager, NULL, auth_stage_on_done, &result);
  run_through_retries (fixture, &result);
  jump_token_unref (finish (fixture, &result, NULL));
  g_assert_cmpint (jump_token_manager_get_state (fixture->manager), ==, JUMP_TOKEN_READY);
}

/* Table 2.4 as the manager sees it: kind, one call, and how long it answers by itself. */
static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *headers;
    const char *body;
    JumpProblemKind kind;
    JumpError code;
    guint hold_seconds;
  } rows[] = {
    { 401,
      NULL,
      "{\"message\":\"Bad credentials\"}",
      JUMP_PROBLEM_TOKEN_REVOKED,
      JUMP_ERROR_SIGNED_OUT,
      30 },
    { 403,
      NULL,
      "{\"error_details\":{\"notification_id\":\"no_copilot_access\",\"title\":\"Signup\","
      "\"message\":\"No access.\",\"url\":\"https://github.com/x?editor={EDITOR}\"}}",
      JUMP_PROBLEM_NO_SUBSCRIPTION,
      JUMP_ERROR_FORBIDDEN,
      30 },
    { 403,
      NULL,
      "{\"message\":\"API rate limit exceeded for user ID 123.\"}",
      JUMP_PROBLEM_RATE_LIMITED,
      JUMP_ERROR_RATE_LIMITED,
      60 },
    { 429,
      "Retry-After: 7\r\n",
      "slow down",
      JUMP_PROBLEM_RATE_LIMITED,
      JUMP_ERROR_RATE_LIMITED,
      7 },
    { 403,
      "X-GitHub-SSO: required; url=https://github.com/orgs/acme/sso\r\n",
      "{\"message\":\"Forbidden\"}",
      JUMP_PROBLEM_SSO,
      JUMP_ERROR_FORBIDDEN,
      30 },
    { 403, NULL, "forbidden", JUMP_PROBLEM_BLOCKED, JUMP_ERROR_FORBIDDEN, 30 },
    { 466, NULL, "too old", JUMP_PROBLEM_CLIENT_REFUSED, JUMP_ERROR_FORBIDDEN, 30 },
    { 200, NULL, "<html>", JUMP_PROBLEM_PROTOCOL, JUMP_ERROR_PROTOCOL, 5 },
    { 200, NULL, "{\"token\":\"\"}", JUMP_PROBLEM_PROTOCOL, JUMP_ERROR_PROTOCOL, 5 },
    { 200,
      NULL,
      "{\"token\":\"t\",\"endpoints\":{\"api\":\"https://evil.example\"}}",
      JUMP_PROBLEM_PROTOCOL,
      JUMP_ERROR_PROTOCOL,
      5 },
    { 302, "Location: /x\r\n", "", JUMP_PROBLEM_PROTOCOL, JUMP_ERROR_PROTOCOL, 5 },
  };
  AuthStage *stage = &fixture->stage;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint n_before = auth_stage_count_requests (stage);
      const JumpProblem *problem;

      g_test_message ("%u %s", rows[i].status, rows[i].body);
      auth_stage_add_reply (stage, rows[i].status, rows[i].headers, rows[i].body);
      assert_get_fails (fixture, rows[i].code);
      problem = jump_token_manager_get_problem (fixture->manager);
      g_assert_cmpstr (jump_problem_kind_to_string (problem->kind),
                       ==,
                       jump_problem_kind_to_string (rows[i].kind));
      g_assert_cmpint (jump_token_manager_get_state (fixture->manager), ==, JUMP_TOKEN_FAILED);
      jump_clock_fake_advance (stage->clock, rows[i].hold_seconds * 1000 - 1);
      assert_get_fails (fixture, rows[i].code);
      assert_requests (fixture, n_before + 1);
      jump_clock_fake_advance (stage->clock, 1);
    }
}

/* What a log of errors gets. */
static void
on_refresh_failed (JumpTokenManager *manager, const JumpTokenExchangeOutcome *outcome, GString *log)
{
  g_autofree char *reply =
      g_strndup (g_bytes_get_data (outcome->reply, NULL), g_bytes_get_size (outcome->reply));

  g_assert_true (g_str_has_suffix (outcome->endpoint, "/copilot_internal/v2/token"));
  g_string_append_printf (log, "%u %s", outcome->status, reply);
}

static void
test_refusal_words (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  const JumpProblem *problem;

  g_signal_connect (fixture->manager, "refresh-failed", G_CALLBACK (on_refresh_failed), log);
  auth_stage_add_reply (
      &fixture->stage,
      403,
      NULL,
      "{\"error_details\":{\"notification_id\":\"billing_locked\",\"title\":\"Billing\","
      "\"message\":\"Pay first.\",\"url\":\"https://github.com/settings?editor={EDITOR}\"}}");
  assert_get_fails (fixture, JUMP_ERROR_FORBIDDEN);
  problem = jump_token_manager_get_problem (fixture->manager);
  g_assert_cmpstr (problem->title, ==, "Billing");
  g_assert_cmpstr (problem->message, ==, "Pay first.");
  g_assert_cmpstr (problem->url, ==, "https://github.com/settings?editor=vscode");
  g_assert_cmpstr (problem->notification_id, ==, "billing_locked");
  g_assert_true (g_str_has_prefix (log->str, "403 {\"error_details\":"));

  /* refresh does not take the stored answer */
  add_token (fixture, "paid");
  {
    GAsyncResult *result = NULL;

    jump_token_manager_refresh_async (fixture->manager, NULL, auth_stage_on_done, &result);
    jump_token_unref (finish (fixture, &result, NULL));
  }
  assert_get (fixture, "paid");
}

/* A refusal in the background: the token that is there serves to its end, and GitHub is not asked
 * every 30 s meanwhile. */
static void
test_refused_in_background (Fixture *fixture, gconstpointer data)
{
  AuthStage *stage = &fixture->stage;

  add_token (fixture, "first");
  assert_get (fixture, "first");
  auth_stage_add_reply (stage, 401, NULL, "{}");
  jump_clock_fake_advance (stage->clock, 1260 * 1000);
  while (jump_token_manager_get_problem (fixture->manager) == NULL)
    g_main_context_iteration (NULL, TRUE);
  jump_clock_fake_advance (stage->clock, 299 * 1000);
  assert_get (fixture, "first");
  assert_requests (fixture, 2);
  jump_clock_fake_advance (stage->clock, 30 * 1000);
  g_assert_cmpint (jump_token_manager_get_state (fixture->manager), ==, JUMP_TOKEN_FAILED);
  assert_requests (fixture, 2);
  assert_get_fails (fixture, JUMP_ERROR_SIGNED_OUT);
  assert_requests (fixture, 3);
}

static void
test_direct (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *body;
  } rows[] = {
    { 404, "{\"message\":\"Not Found\"}" },
    { 403, "{\"message\":\"Resource not accessible by integration\"}" },
    { 403, "{\"message\":\"Resource not accessible by personal access token\"}" },
  };
  AuthStage *stage = &fixture->stage;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JumpToken *token;

      auth_stage_add_reply (stage, rows[i].status, NULL, rows[i].body);
      auth_stage_add_reply (stage, 200, NULL, "{\"endpoints\":{\"api\":\"" COPILOT "/\"}}");
      assert_get (fixture, "ghu_fake");
      token = jump_token_manager_peek (fixture->manager);
      g_assert_true (token->is_direct);
      g_assert_cmpint (token->expires_at, ==, 0);
      g_assert_cmpstr (token->api_url, ==, COPILOT);
      auth_stage_assert_request (stage, 2 * i + 1, "GET /copilot_internal/user HTTP/1.1\r\n");
      auth_stage_assert_request (stage, 2 * i + 1, "Authorization: token ghu_fake\r\n");
      /* nothing to renew, so nothing wakes up */
      g_assert_cmpuint (jump_clock_fake_count_alarms (stage->clock), ==, 0);
      jump_token_manager_reject (fixture->manager, token);
    }
  assert_requests (fixture, 2 * G_N_ELEMENTS (rows));
}

static void
test_direct_fails (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *body;
    JumpProblemKind kind;
  } rows[] = {
    { 401, "{}", JUMP_PROBLEM_TOKEN_REVOKED },
    { 404, "{}", JUMP_PROBLEM_NO_SUBSCRIPTION },
    { 403, "forbidden", JUMP_PROBLEM_BLOCKED },
    { 200, "{\"endpoints\":{\"api\":\"http://evil.example\"}}", JUMP_PROBLEM_PROTOCOL },
  };
  AuthStage *stage = &fixture->stage;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      auth_stage_add_reply (stage, 404, NULL, "{}");
      auth_stage_add_reply (stage, rows[i].status, NULL, rows[i].body);
      g_assert_null (get (fixture, &error));
      g_assert_cmpint (jump_token_manager_get_problem (fixture->manager)->kind, ==, rows[i].kind);
      jump_clock_fake_advance (stage->clock, 60 * 1000);
    }
}

static void
test_direct_modes (Fixture *fixture, gconstpointer data)
{
  AuthStage *stage = &fixture->stage;
  g_autofree char *default_url = jump_github_host_get_default_copilot_url (stage->host);

  jump_token_manager_set_direct_mode (fixture->manager, JUMP_DIRECT_NEVER);
  auth_stage_add_reply (stage, 404, NULL, "{}");
  assert_get_fails (fixture, JUMP_ERROR_FORBIDDEN);
  assert_requests (fixture, 1);

  jump_token_manager_set_direct_mode (fixture->manager, JUMP_DIRECT_ALWAYS);
  auth_stage_add_reply (stage, 200, NULL, "{\"login\":\"octocat\"}");
  assert_get (fixture, "ghu_fake");
  assert_requests (fixture, 2);
  auth_stage_assert_request (stage, 1, "GET /copilot_internal/user ");
  g_assert_cmpstr (jump_token_manager_peek (fixture->manager)->api_url, ==, default_url);
}

static void
test_api_url (Fixture *fixture, gconstpointer data)
{
  AuthStage *stage = &fixture->stage;
  g_autofree char *default_url = jump_github_host_get_default_copilot_url (stage->host);

  /* no endpoints: from the token, then the default */
  auth_stage_add_reply (stage,
                        200,
                        NULL,
                        "{\"token\":\"tid=1;proxy-ep=proxy.business.githubcopilot.com:m\"}");
  jump_token_unref (get (fixture, NULL));
  g_assert_cmpstr (jump_token_manager_peek (fixture->manager)->api_url,
                   ==,
                   "https://api.business.githubcopilot.com");
  jump_token_manager_reject (fixture->manager, jump_token_manager_peek (fixture->manager));
  auth_stage_add_reply (stage, 200, NULL, "{\"token\":\"tid=1\"}");
  assert_get (fixture, "tid=1");
  g_assert_cmpstr (jump_token_manager_peek (fixture->manager)->api_url, ==, default_url);

  /* the setting wins, even over what cannot be trusted */
  jump_token_manager_set_api_url (fixture->manager, "https://gateway.example/");
  g_assert_null (jump_token_manager_peek (fixture->manager));
  auth_stage_add_reply (stage,
                        200,
                        NULL,
                        "{\"token\":\"t\",\"endpoints\":{\"api\":\"https://evil.example\"}}");
  assert_get (fixture, "t");
  g_assert_cmpstr (jump_token_manager_peek (fixture->manager)->api_url,
                   ==,
                   "https://gateway.example");

  /* the same again changes nothing */
  jump_token_manager_set_api_url (fixture->manager, "https://gateway.example/");
  jump_token_manager_set_direct_mode (fixture->manager, JUMP_DIRECT_AUTO);
  g_assert_nonnull (jump_token_manager_peek (fixture->manager));
  assert_requests (fixture, 3);
}

static void
test_copilot_token (Fixture *fixture, gconstpointer data)
{
  JumpEnvironmentTokens *tokens = g_new0 (JumpEnvironmentTokens, 1);
  GAsyncResult *result = NULL;
  g_autoptr (JumpToken) refreshed = NULL;
  JumpToken *token;

  g_clear_object (&fixture->manager);
  g_clear_object (&fixture->account);
  tokens->copilot_token =
      jump_secret_text_new ("tid=1;proxy-ep=proxy.individual.githubcopilot.com:mac");
  make_manager (fixture, tokens);
  load (fixture);
  token = jump_token_manager_peek (fixture->manager);
  g_assert_nonnull (token);
  g_assert_true (token->is_static);
  g_assert_cmpstr (token->api_url, ==, COPILOT);
  jump_token_manager_refresh_async (fixture->manager, NULL, auth_stage_on_done, &result);
  refreshed = finish (fixture, &result, NULL);
  g_assert_true (refreshed == token);

  jump_token_manager_reject (fixture->manager, token);
  g_assert_cmpint (jump_token_manager_get_problem (fixture->manager)->kind,
                   ==,
                   JUMP_PROBLEM_TOKEN_REVOKED);
  g_assert_true (jump_token_manager_peek (fixture->manager) == token);
  jump_token_manager_set_api_url (fixture->manager, "https://gateway.example");
  g_assert_cmpstr (jump_token_manager_peek (fixture->manager)->api_url,
                   ==,
                   "https://gateway.example");
  assert_requests (fixture, 0);
}

static void
test_account_change (Fixture *fixture, gconstpointer data)
{
  AuthStage *stage = &fixture->stage;
  GAsyncResult *waiting = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JumpSecretText) other = jump_secret_text_new ("gho_other");
  g_autoptr (JumpToken) token = NULL;

  /* An exchange under way for the old account ends; who waits gets the new one's token. */
  jump_http_peer_add_reply (stage->peer, "", 0, 0, JUMP_PEER_KEEP);
  jump_token_manager_get_async (fixture->manager, NULL, auth_stage_on_done, &waiting);
  auth_stage_wait_requests (stage, 1);
  auth_stage_add_reply (stage, 200, NULL, "{\"login\":\"other\"}");
  add_token (fixture, "of the other");
  jump_account_adopt_async (fixture->account, other, NULL, auth_stage_on_done, &result);
  auth_stage_wait_result (&result);
  g_assert_true (jump_account_adopt_finish (fixture->account, result, NULL));
  token = finish (fixture, &waiting, NULL);
  g_assert_true (jump_secret_text_equal (token->text, "of the other"));
  auth_stage_assert_request (stage, 2, "Authorization: token gho_other\r\n");

  /* Signing out takes it away at once. */
  g_clear_object (&result);
  jump_account_sign_out_async (fixture->account, NULL, auth_stage_on_done, &result);
  g_assert_null (jump_token_manager_peek (fixture->manager));
  auth_stage_wait_result (&result);
  assert_get_fails (fixture, JUMP_ERROR_SIGNED_OUT);
  assert_requests (fixture, 3);
}

/* A sign-in that begins is a change of the account too, and takes nothing away. */
static void
test_sign_in_begins (Fixture *fixture, gconstpointer data)
{
  add_token (fixture, "first");
  assert_get (fixture, "first");
  auth_stage_add_reply (&fixture->stage, 404, NULL, "");
  jump_account_start_sign_in (fixture->account);
  assert_get (fixture, "first");
  auth_stage_wait_requests (&fixture->stage, 2);
  auth_stage_settle ();
  g_assert_nonnull (jump_token_manager_peek (fixture->manager));
  assert_get (fixture, "first");
  assert_requests (fixture, 2);
}

static void
test_sign_out_answers_waiters (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *waiting = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  jump_http_peer_add_reply (fixture->stage.peer, "", 0, 0, JUMP_PEER_KEEP);
  jump_token_manager_get_async (fixture->manager, NULL, auth_stage_on_done, &waiting);
  auth_stage_wait_requests (&fixture->stage, 1);
  jump_account_sign_out_async (fixture->account, NULL, auth_stage_on_done, &result);
  g_assert_null (finish (fixture, &waiting, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SIGNED_OUT);
  auth_stage_wait_result (&result);
}

/* The manager goes while an exchange, and while a retry, is under way. */
static void
test_dropped (Fixture *fixture, gconstpointer data)
{
  AuthStage *stage = &fixture->stage;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;

  jump_http_peer_add_reply (stage->peer, "", 0, 0, JUMP_PEER_KEEP);
  jump_token_manager_get_async (fixture->manager, cancellable, auth_stage_on_done, &result);
  auth_stage_wait_requests (stage, 1);
  g_cancellable_cancel (cancellable);
  g_assert_null (finish (fixture, &result, NULL));
  g_assert_finalize_object (g_steal_pointer (&fixture->manager));

  fixture->manager =
      jump_token_manager_new (fixture->account, stage->client, stage->clock, stage->identity);
  g_clear_object (&cancellable);
  cancellable = g_cancellable_new ();
  auth_stage_add_reply (stage, 500, NULL, "");
  jump_token_manager_get_async (fixture->manager, cancellable, auth_stage_on_done, &result);
  auth_stage_wait (has_retry_planned, fixture);
  g_cancellable_cancel (cancellable);
  g_assert_null (finish (fixture, &result, NULL));
  g_assert_finalize_object (g_steal_pointer (&fixture->manager));
}

#define ADD(path, func) g_test_add ("/token-manager/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("exchange", test_exchange);
  ADD ("signals", test_signals);
  ADD ("single-flight", test_single_flight);
  ADD ("single-flight/refresh-joins", test_refresh_joins);
  ADD ("single-flight/fails", test_single_flight_fails);
  ADD ("cancel-one", test_cancel_one);
  g_test_add ("/token-manager/waits-for-account",
              Fixture,
              NULL,
              set_up_unloaded,
              test_waits_for_account,
              tear_down);
  ADD ("signed-out", test_signed_out);
  ADD ("renewal", test_renewal);
  ADD ("renewal/in-flight", test_renewal_in_flight);
  ADD ("renewal/fails", test_renewal_fails);
  ADD ("sleep", test_sleep);
  ADD ("sleep/unasked", test_sleep_unasked);
  ADD ("reject", test_reject);
  ADD ("reject/storm", test_reject_storm);
  ADD ("refresh", test_refresh);
  ADD ("retries", test_retries);
  ADD ("retries/used-up", test_retries_used_up);
  ADD ("refusals", test_refusals);
  ADD ("refusals/words", test_refusal_words);
  ADD ("refusals/in-background", test_refused_in_background);
  ADD ("direct", test_direct);
  ADD ("direct/fails", test_direct_fails);
  ADD ("direct/modes", test_direct_modes);
  ADD ("api-url", test_api_url);
  ADD ("copilot-token", test_copilot_token);
  ADD ("account-change", test_account_change);
  ADD ("account-change/sign-in-begins", test_sign_in_begins);
  ADD ("account-change/sign-out", test_sign_out_answers_waiters);
  ADD ("dropped", test_dropped);
  return g_test_run ();
}
