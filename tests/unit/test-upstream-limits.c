/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "tests/support/clock-fake.h"
#include "tests/unit/upstream-stage.h"

/* Limits that upstream tells of are answered from here until they are over. */

static void
on_state (JumpUpstreamClient *client, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
expect_refusal (Stage *self, const char *message, guint wait)
{
  g_autoptr (StageOwner) owner = stage_owner_new ();
  guint n_before = self->github.n_requests;

  stage_start (self, owner);
  stage_wait_done (owner);
  g_assert_error (owner->error, JUMP_ERROR, JUMP_ERROR_RATE_LIMITED);
  g_assert_cmpstr (owner->error->message, ==, message);
  g_assert_cmpuint (owner->wait, ==, wait);
  g_assert_cmpuint (owner->n_sent, ==, 0);
  g_assert_cmpuint (owner->n_headers, ==, 0);
  g_assert_cmpuint (self->github.n_requests, ==, n_before);
}

static void
test_told (Stage *self, gconstpointer data)
{
  guint n_told = 0;

  jump_upstream_client_watch_state (self->client, on_state, &n_told);
  self->github.status = 429;
  self->github.body =
      "{\"error\":{\"message\":\"Sorry.\",\"code\":\"user_global_rate_limited:pro\"}}";
  stage_call_and_expect (self, 429, self->github.body);
  g_assert_cmpuint (n_told, ==, 1);
  expect_refusal (self, "Sorry. (try again in 60 s)", 60);
  jump_clock_fake_advance (self->clock, 59500);
  expect_refusal (self, "Sorry. (try again in 1 s)", 1);
  g_assert_cmpint (jump_upstream_client_get_breaker_state (self->client), ==, JUMP_BREAKER_CLOSED);
  g_assert_cmpuint (jump_upstream_client_get_breaker_failures (self->client), ==, 0);
  g_assert_nonnull (jump_upstream_client_get_limit (self->client, NULL));
  jump_clock_fake_advance (self->clock, 500);
  g_assert_cmpuint (n_told, ==, 2);
  g_assert_null (jump_upstream_client_get_limit (self->client, NULL));
  self->github.status = 200;
  self->github.body = "hello";
  stage_call_and_expect (self, 200, "hello");
}

/* The limit of one model is no other's; the stage asks for none. */
static void
test_models (Stage *self, gconstpointer data)
{
  jump_upstream_client_note_limit (self->client, "gpt-5", "user_model_rate_limited:pro", 30);
  stage_call_and_expect (self, 200, "hello");
  jump_upstream_client_note_limit (self->client, "gpt-5", "server_error", 30);
  stage_call_and_expect (self, 200, "hello");
  jump_upstream_client_note_limit (self->client, NULL, "model_overloaded", 30);
  expect_refusal (self, "upstream limits requests for this model (try again in 30 s)", 30);
  jump_upstream_client_forget_limits (self->client);
  stage_call_and_expect (self, 200, "hello");
}

/* Another name for ourselves ends the limit of the old one, and of nothing else. */
static void
test_identity (Stage *self, gconstpointer data)
{
  jump_upstream_client_note_limit (self->client, NULL, "integration_rate_limited", 30);
  jump_upstream_client_set_identity (self->client, self->identity);
  expect_refusal (self, "upstream limits requests of this account (try again in 30 s)", 30);
  g_free (self->identity->integration_id);
  self->identity->integration_id = g_strdup ("another-client");
  jump_upstream_client_set_identity (self->client, self->identity);
  stage_call_and_expect (self, 200, "hello");
}

/* Refused without a reason: once more with a new token, three times, then for a minute not at all. */
static void
test_opaque (Stage *self, gconstpointer data)
{
  self->github.status = 403;
  self->github.body = "Forbidden\n";
  for (guint i = 0; i < 3; i++)
    stage_call_and_expect (self, 403, "Forbidden\n");
  g_assert_cmpuint (self->github.n_requests, ==, 6);
  g_assert_cmpuint (self->github.n_exchanges, <=, 4);
  expect_refusal (self,
                  "upstream refused several requests without a reason (try again in 60 s)",
                  60);
  jump_clock_fake_advance (self->clock, 60000);
  self->github.status = 200;
  stage_call_and_expect (self, 200, "Forbidden\n");
}

/* Out of credits is no limit: they may be bought in the next second. But nothing is tried again. */
static void
test_credits (Stage *self, gconstpointer data)
{
  jump_upstream_client_set_attempts (self->client, 3);
  self->github.status = 402;
  for (guint i = 0; i < 5; i++)
    stage_call_and_expect (self, 402, "hello");
  g_assert_cmpuint (self->github.n_requests, ==, 5);
}

#define ADD(name, data, func) \
  g_test_add ("/upstream-limits/" name, Stage, data, stage_set_up, func, stage_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("told", NULL, test_told);
  ADD ("models", NULL, test_models);
  ADD ("identity", NULL, test_identity);
  ADD ("opaque", NULL, test_opaque);
  ADD ("credits", NULL, test_credits);
  return g_test_run ();
}
