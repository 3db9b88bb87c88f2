/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "tests/support/clock-fake.h"
#include "tests/unit/upstream-stage.h"

/* What is sent again, after which waits, and what the client gets in the end. */

/* The token is looked at every 30 s; a wait before a retry is shorter. */
static gboolean
is_resting (Stage *self)
{
  gint64 next = jump_clock_fake_get_next_alarm (self->clock);

  return next >= 0 && next < 10000;
}

static void
wait_rest (Stage *self, gint64 shortest, gint64 longest)
{
  gint64 next;

  while (!is_resting (self))
    g_main_context_iteration (NULL, TRUE);
  next = jump_clock_fake_get_next_alarm (self->clock);
  g_assert_cmpint (next, >=, shortest);
  g_assert_cmpint (next, <=, longest);
}

static void
skip_rest (Stage *self)
{
  jump_clock_fake_advance (self->clock, (guint64) jump_clock_fake_get_next_alarm (self->clock));
}

static void
test_recovers (Stage *self, gconstpointer data)
{
  g_autoptr (StageOwner) owner = stage_owner_new ();

  jump_upstream_client_set_attempts (self->client, 3);
  self->github.status = 503;
  stage_start (self, owner);
  wait_rest (self, 800, 1200);
  g_assert_cmpuint (owner->n_headers, ==, 0);
  skip_rest (self);
  while (self->github.n_requests < 2)
    g_main_context_iteration (NULL, TRUE);
  wait_rest (self, 3200, 4800);
  self->github.status = 200;
  skip_rest (self);
  stage_wait_done (owner);
  g_assert_no_error (owner->error);
  g_assert_cmpuint (owner->status, ==, 200);
  g_assert_cmpstr (owner->body->str, ==, "hello");
  g_assert_cmpuint (self->github.n_requests, ==, 3);
  g_assert_cmpuint (owner->n_sent, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (self->github.bodies, 2), ==, "{\"messages\":[]}");
  g_assert_cmpuint (jump_upstream_client_get_breaker_failures (self->client), ==, 0);
  g_assert_cmpint (jump_upstream_client_get_breaker_state (self->client), ==, JUMP_BREAKER_CLOSED);
}

/* The last status and its body, to the byte; and one failure for the breaker. */
static void
test_gives_up (Stage *self, gconstpointer data)
{
  g_autoptr (StageOwner) owner = stage_owner_new ();

  jump_upstream_client_set_attempts (self->client, 3);
  self->github.status = 503;
  self->github.body = "first";
  stage_start (self, owner);
  wait_rest (self, 800, 1200);
  self->github.body = "second";
  skip_rest (self);
  while (self->github.n_requests < 2)
    g_main_context_iteration (NULL, TRUE);
  wait_rest (self, 3200, 4800);
  self->github.status = 502;
  self->github.body = "{\"error\": {\"message\":\"third \u00fc\"} }\n";
  skip_rest (self);
  stage_wait_done (owner);
  g_assert_no_error (owner->error);
  g_assert_cmpuint (owner->status, ==, 502);
  g_assert_cmpstr (owner->body->str, ==, self->github.body);
  g_assert_cmpuint (owner->n_headers, ==, 1);
  g_assert_cmpuint (self->github.n_requests, ==, 3);
  g_assert_cmpuint (jump_upstream_client_get_breaker_failures (self->client), ==, 1);
}

static void
test_unreachable (Stage *self, gconstpointer data)
{
  g_autoptr (StageOwner) owner = stage_owner_new ();

  jump_upstream_client_set_attempts (self->client, 2);
  jump_token_manager_set_api_url (self->tokens, "http://127.0.0.1:1");
  stage_start (self, owner);
  wait_rest (self, 800, 1200);
  skip_rest (self);
  stage_wait_done (owner);
  g_assert_error (owner->error, JUMP_ERROR, JUMP_ERROR_UPSTREAM);
  g_assert_cmpuint (owner->n_sent, ==, 2);
  g_assert_cmpuint (jump_upstream_client_get_breaker_failures (self->client), ==, 1);
}

/* An answer and then none: the client gets the answer. */
static void
test_answer_then_none (Stage *self, gconstpointer data)
{
  g_autoptr (StageOwner) owner = stage_owner_new ();

  jump_upstream_client_set_attempts (self->client, 2);
  self->github.status = 500;
  self->github.body = "what was said";
  stage_start (self, owner);
  wait_rest (self, 800, 1200);
  jump_token_manager_set_api_url (self->tokens, "http://127.0.0.1:1");
  skip_rest (self);
  stage_wait_done (owner);
  g_assert_no_error (owner->error);
  g_assert_cmpuint (owner->status, ==, 500);
  g_assert_cmpstr (owner->body->str, ==, "what was said");
}

/* Nobody waits for an answer that nobody reads. */
static void
test_client_leaves (Stage *self, gconstpointer data)
{
  g_autoptr (StageOwner) owner = stage_owner_new ();
  guint n_alarms;

  stage_call_and_expect (self, 200, "hello");
  n_alarms = jump_clock_fake_count_alarms (self->clock);
  jump_upstream_client_set_attempts (self->client, 3);
  self->github.status = 503;
  stage_start (self, owner);
  wait_rest (self, 800, 1200);
  jump_upstream_call_cancel (owner->call);
  g_assert_cmpuint (jump_clock_fake_count_alarms (self->clock), ==, n_alarms);
  jump_clock_fake_advance (self->clock, 20000);
  stage_turn ();
  g_assert_cmpuint (owner->n_headers + owner->n_done, ==, 0);
  g_assert_cmpuint (self->github.n_requests, ==, 2);
  g_assert_cmpuint (jump_upstream_client_get_open_calls (self->client), ==, 0);
}

static void
test_never (Stage *self, gconstpointer data)
{
  static const guint statuses[] = { 400, 402, 404, 413, 422, 429, 466, 499, 511 };

  jump_upstream_client_set_attempts (self->client, 3);
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      jump_upstream_client_forget_limits (self->client);
      self->github.status = statuses[i];
      self->github.n_requests = 0;
      stage_call_and_expect (self, statuses[i], "hello");
      g_assert_cmpuint (self->github.n_requests, ==, 1);
    }
}

/* A dead token costs no attempt. */
static void
test_renewal_is_none (Stage *self, gconstpointer data)
{
  g_autoptr (StageOwner) owner = stage_owner_new ();

  stage_call_and_expect (self, 200, "hello");
  jump_upstream_client_set_attempts (self->client, 2);
  self->github.n_dead_tokens = 1;
  self->github.status = 503;
  stage_start (self, owner);
  wait_rest (self, 800, 1200);
  self->github.status = 200;
  skip_rest (self);
  stage_wait_done (owner);
  g_assert_cmpuint (owner->status, ==, 200);
  g_assert_cmpuint (owner->n_sent, ==, 3);
}

/* Others opened the breaker meanwhile, or were told of a limit: nothing more is sent. */
static void
test_others_failed (Stage *self, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (StageOwner) owner = stage_owner_new ();

      jump_upstream_client_set_attempts (self->client, 3);
      self->github.status = 503;
      stage_start (self, owner);
      wait_rest (self, 800, 1200);
      jump_upstream_client_set_attempts (self->client, 1);
      if (i == 0)
        jump_upstream_client_note_limit (self->client, NULL, "rate_limited", 60);
      else
        while (jump_upstream_client_get_breaker_state (self->client) == JUMP_BREAKER_CLOSED)
          stage_call_and_expect (self, 503, "hello");
      self->github.n_requests = 0;
      jump_upstream_client_set_attempts (self->client, 3);
      jump_clock_fake_advance (self->clock, 1200);
      stage_wait_done (owner);
      g_assert_cmpuint (owner->status, ==, 503);
      g_assert_cmpuint (self->github.n_requests, ==, 0);
      jump_upstream_client_forget_limits (self->client);
    }
}

/* The probe of an open breaker is one request, not three. */
static void
test_probe_is_one (Stage *self, gconstpointer data)
{
  self->github.status = 503;
  for (guint i = 0; i < 5; i++)
    stage_call_and_expect (self, 503, "hello");
  jump_clock_fake_advance (self->clock, 30000);
  jump_upstream_client_set_attempts (self->client, 3);
  stage_call_and_expect (self, 503, "hello");
  g_assert_cmpuint (self->github.n_requests, ==, 6);
  g_assert_cmpuint (jump_upstream_client_get_breaker_wait (self->client), ==, 30);
}

#define ADD(name, data, func) \
  g_test_add ("/upstream-retry/" name, Stage, data, stage_set_up, func, stage_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("recovers", NULL, test_recovers);
  ADD ("gives-up", NULL, test_gives_up);
  ADD ("unreachable", "static", test_unreachable);
  ADD ("answer-then-none", "static", test_answer_then_none);
  ADD ("client-leaves", NULL, test_client_leaves);
  ADD ("never", NULL, test_never);
  ADD ("renewal-is-none", NULL, test_renewal_is_none);
  ADD ("others-failed", NULL, test_others_failed);
  ADD ("probe-is-one", NULL, test_probe_is_one);
  return g_test_run ();
}
