/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "tests/support/clock-fake.h"
#include "tests/unit/upstream-stage.h"

#include <string.h>

static void
test_success (Stage *self, gconstpointer data)
{
  g_assert_cmpint (jump_upstream_client_get_last_reply (self->client), ==, 0);
  stage_call_and_expect (self, 200, "hello");
  stage_call_and_expect (self, 200, "hello");
  g_assert_cmpuint (self->github.n_exchanges, ==, 1);
  g_assert_cmpuint (self->github.n_requests, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (self->github.bodies, 0), ==, "{\"messages\":[]}");
  g_assert_cmpstr (g_ptr_array_index (self->github.tokens, 0), ==, "Bearer copilot-1");
  g_assert_cmpstr (g_ptr_array_index (self->github.initiators, 0), ==, "agent");
  g_assert_cmpint (jump_upstream_client_get_last_reply (self->client),
                   ==,
                   jump_clock_get_wall_seconds (self->clock));
  g_assert_null (jump_upstream_client_get_last_error (self->client));
}

/* The machine sleeps for an hour, the token dies meanwhile: nobody sees a 401. */
static void
test_sleep (Stage *self, gconstpointer data)
{
  stage_call_and_expect (self, 200, "hello");
  jump_clock_fake_sleep (self->clock, 3600);
  stage_call_and_expect (self, 200, "hello");
  g_assert_cmpuint (self->github.n_exchanges, ==, 2);
  g_assert_cmpuint (self->github.n_refused, ==, 0);
}

static void
test_renews_once (Stage *self, gconstpointer data)
{
  stage_call_and_expect (self, 200, "hello");
  self->github.n_dead_tokens = 1;
  stage_call_and_expect (self, 200, "hello");
  g_assert_cmpuint (self->github.n_exchanges, ==, 2);
  g_assert_cmpuint (self->github.n_requests, ==, 3);
  g_assert_cmpuint (self->github.n_refused, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (self->github.bodies, 2),
                   ==,
                   g_ptr_array_index (self->github.bodies, 1));
  g_assert_cmpstr (g_ptr_array_index (self->github.tokens, 1), ==, "Bearer copilot-1");
  g_assert_cmpstr (g_ptr_array_index (self->github.tokens, 2), ==, "Bearer copilot-2");
}

static void
test_second_refusal_passes (Stage *self, gconstpointer data)
{
  self->github.n_dead_tokens = 100;
  stage_call_and_expect (self, 401, "IDE token expired");
  g_assert_cmpuint (self->github.n_exchanges, ==, 2);
  g_assert_cmpuint (self->github.n_requests, ==, 2);
}

static void
test_other_refusals (Stage *self, gconstpointer data)
{
  stage_call_and_expect (self, 200, "hello");
  self->github.n_dead_tokens = 1;
  self->github.dead_status = 403;
  self->github.dead_body = "{\"error\":{\"code\":\"token_expired\"}}";
  stage_call_and_expect (self, 200, "hello");
  g_assert_cmpuint (self->github.n_exchanges, ==, 2);

  self->github.n_dead_tokens = 2;
  self->github.dead_status = 421;
  self->github.dead_body = "Misdirected Request";
  stage_call_and_expect (self, 200, "hello");
  g_assert_cmpuint (self->github.n_exchanges, ==, 3);
  g_assert_cmpuint (self->github.n_refused, ==, 2);

  self->github.n_dead_tokens = 100;
  stage_call_and_expect (self, 421, "Misdirected Request");
  g_assert_cmpuint (self->github.n_exchanges, ==, 4);
  g_assert_cmpuint (self->github.n_refused, ==, 4);
}

static void
test_renewal_fails (Stage *self, gconstpointer data)
{
  g_autoptr (StageOwner) owner = stage_owner_new ();

  stage_call_and_expect (self, 200, "hello");
  self->github.n_dead_tokens = 1;
  self->github.exchange_status = 401;
  stage_start (self, owner);
  stage_wait_done (owner);
  g_assert_error (owner->error, JUMP_ERROR, JUMP_ERROR_SIGNED_OUT);
  g_assert_cmpuint (owner->n_headers, ==, 0);
  g_assert_cmpuint (self->github.n_requests, ==, 2);
  g_assert_cmpstr (jump_upstream_client_get_last_error (self->client), ==, owner->error->message);
}

static void
test_static_token (Stage *self, gconstpointer data)
{
  stage_call_and_expect (self, 200, "hello");
  g_assert_cmpstr (g_ptr_array_index (self->github.tokens, 0), ==, "Bearer static-token");
  self->github.n_dead_tokens = 1;
  stage_call_and_expect (self, 401, "IDE token expired");
  self->github.dead_status = 421;
  stage_call_and_expect (self, 421, "IDE token expired");
  g_assert_cmpuint (self->github.n_requests, ==, 3);
  g_assert_cmpuint (self->github.n_exchanges, ==, 0);
}

static void
test_errors_pass (Stage *self, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *body;
    guint n_requests;
  } rows[] = {
    { 400, "{\"error\":{\"code\":\"model_not_supported\"}}", 1 },
    { 401,
      "{\"error\":{\"message\":\"input item (rs_1) does not belong to this connection\"}}",
      1 },
    { 402, "{\"error\":{\"code\":\"quota_exceeded\"}}", 1 },
    { 403, "Forbidden\n", 2 }, /* once more with a new token */
    { 404, "", 1 },
    { 429, "slow down", 1 },
    { 500, "oops", 1 },
    { 503, "overloaded", 1 },
  };
  g_autofree char *large = g_strnfill (300000, 'x');

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      self->github.status = rows[i].status;
      self->github.body = rows[i].body;
      self->github.n_requests = 0;
      jump_upstream_client_forget_limits (self->client);
      stage_call_and_expect (self, rows[i].status, rows[i].body);
      g_assert_cmpuint (self->github.n_requests, ==, rows[i].n_requests);
    }
  g_assert_cmpstr (jump_upstream_client_get_last_error (self->client),
                   ==,
                   "POST /chat/completions: upstream answered 503");
  self->github.status = 400;
  self->github.body = large;
  stage_call_and_expect (self, 400, large);
  g_assert_cmpuint (self->github.n_exchanges, ==, 2);
}

static void
test_endless_error (Stage *self, gconstpointer data)
{
  g_autofree char *endless = g_strnfill (3 * 1024 * 1024, 'x');
  g_autoptr (StageOwner) owner = stage_owner_new ();

  self->github.status = 413;
  self->github.body = endless;
  stage_start (self, owner);
  stage_wait_done (owner);
  g_assert_no_error (owner->error);
  g_assert_cmpuint (owner->status, ==, 413);
  g_assert_cmpuint (owner->body->len, ==, 1024 * 1024);
}

static void
test_many_with_dead_token (Stage *self, gconstpointer data)
{
  g_autoptr (GPtrArray) owners = g_ptr_array_new_with_free_func ((GDestroyNotify) stage_owner_free);

  stage_call_and_expect (self, 200, "hello");
  self->github.n_dead_tokens = 1;
  for (guint i = 0; i < 50; i++)
    {
      g_ptr_array_add (owners, stage_owner_new ());
      stage_start (self, g_ptr_array_index (owners, i));
    }
  g_assert_cmpuint (jump_upstream_client_get_open_calls (self->client), ==, 50);
  for (guint i = 0; i < owners->len; i++)
    {
      StageOwner *owner = g_ptr_array_index (owners, i);

      stage_wait_done (owner);
      g_assert_cmpuint (owner->status, ==, 200);
      g_assert_cmpstr (owner->body->str, ==, "hello");
    }
  g_assert_cmpuint (self->github.n_exchanges, ==, 2);
  g_assert_cmpuint (self->github.n_refused, ==, 50);
  g_assert_cmpuint (self->github.n_requests, ==, 101);
}

static void
expect_silence (Stage *self, StageOwner *owner)
{
  g_assert_cmpuint (jump_upstream_client_get_open_calls (self->client), ==, 0);
  self->github.are_exchanges_held = FALSE;
  self->github.are_requests_held = FALSE;
  stage_release_held (self);
  stage_call_and_expect (self, 200, "hello"); /* what was to come has come when this ends */
  g_assert_cmpuint (owner->n_done, ==, 0);
}

static void
test_cancel_at_once (Stage *self, gconstpointer data)
{
  g_autoptr (StageOwner) owner = stage_owner_new ();

  stage_start (self, owner);
  jump_upstream_call_cancel (owner->call);
  expect_silence (self, owner);

  stage_start (self, owner); /* with a token at hand */
  jump_upstream_call_cancel (owner->call);
  expect_silence (self, owner);
  g_assert_cmpuint (owner->n_headers, ==, 0);
}

static void
test_cancel_while_waiting (Stage *self, gconstpointer data)
{
  g_autoptr (StageOwner) owner = stage_owner_new ();

  self->github.are_exchanges_held = TRUE;
  stage_start (self, owner);
  stage_wait_held (self, 1);
  jump_upstream_call_cancel (owner->call);
  g_assert_cmpuint (jump_upstream_client_get_open_calls (self->client), ==, 0);
  stage_turn ();
  g_assert_cmpuint (owner->n_headers + owner->n_done, ==, 0);
  g_assert_cmpuint (self->github.n_requests, ==, 0);
}

static void
test_cancel_in_flight (Stage *self, gconstpointer data)
{
  g_autoptr (StageOwner) owner = stage_owner_new ();

  self->github.are_requests_held = TRUE;
  stage_start (self, owner);
  stage_wait_held (self, 1);
  jump_upstream_call_cancel (owner->call);
  expect_silence (self, owner);
  g_assert_cmpuint (owner->n_headers, ==, 0);
}

static void
test_cancel_in_callbacks (Stage *self, gconstpointer data)
{
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (StageOwner) owner = stage_owner_new ();

      owner->cancels_at_headers = i % 2 == 0;
      owner->cancels_at_data = i % 2 == 1;
      self->github.status = i < 2 ? 200 : 402;
      stage_start (self, owner);
      while (owner->n_headers == 0 || (owner->cancels_at_data && owner->n_data == 0))
        g_main_context_iteration (NULL, TRUE);
      self->github.status = 200;
      expect_silence (self, owner);
      g_assert_cmpuint (owner->n_data, ==, i % 2);
    }
}

static void
test_pause_before_transfer (Stage *self, gconstpointer data)
{
  g_autoptr (StageOwner) owner = stage_owner_new ();

  stage_start (self, owner);
  jump_upstream_call_pause (owner->call); /* it waits for a token */
  stage_wait_headers (owner);
  stage_call_and_expect (self, 200, "hello");
  g_assert_cmpuint (owner->n_data + owner->n_done, ==, 0);
  jump_upstream_call_resume (owner->call);
  g_assert_cmpuint (owner->n_data, ==, 0);
  stage_wait_done (owner);
  g_assert_cmpstr (owner->body->str, ==, "hello");
}

static void
test_pause_and_renewal (Stage *self, gconstpointer data)
{
  g_autoptr (StageOwner) owner = stage_owner_new ();

  stage_call_and_expect (self, 200, "hello");
  self->github.n_dead_tokens = 1;
  stage_start (self, owner);
  jump_upstream_call_pause (owner->call); /* neither the 401 nor the replay is held by it */
  stage_wait_headers (owner);
  g_assert_cmpuint (owner->status, ==, 200);
  stage_call_and_expect (self, 200, "hello");
  g_assert_cmpuint (owner->n_data, ==, 0);
  jump_upstream_call_resume (owner->call);
  stage_wait_done (owner);
  g_assert_cmpstr (owner->body->str, ==, "hello");
}

static void
test_pause_error (Stage *self, gconstpointer data)
{
  g_autoptr (StageOwner) owner = stage_owner_new ();

  owner->pauses_at_headers = TRUE;
  self->github.status = 402;
  self->github.body = "slow down";
  stage_start (self, owner);
  stage_wait_headers (owner);
  stage_call_and_expect (self, 402, "slow down");
  g_assert_cmpuint (owner->n_data + owner->n_done, ==, 0);
  jump_upstream_call_resume (owner->call);
  g_assert_cmpuint (owner->n_data, ==, 0);
  stage_wait_done (owner);
  g_assert_cmpstr (owner->body->str, ==, "slow down");

  g_clear_pointer (&owner->kind, g_free);
  owner->n_headers = owner->n_data = owner->n_done = 0;
  stage_start (self, owner);
  stage_wait_headers (owner);
  jump_upstream_call_resume (owner->call);
  jump_upstream_call_cancel (owner->call); /* with the rest on its way */
  stage_turn ();
  g_assert_cmpuint (owner->n_data + owner->n_done, ==, 0);
}

#define ADD(name, data, func) \
  g_test_add ("/upstream-call/" name, Stage, data, stage_set_up, func, stage_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("success", NULL, test_success);
  ADD ("sleep", NULL, test_sleep);
  ADD ("renews-once", NULL, test_renews_once);
  ADD ("second-refusal-passes", NULL, test_second_refusal_passes);
  ADD ("other-refusals", NULL, test_other_refusals);
  ADD ("renewal-fails", NULL, test_renewal_fails);
  ADD ("static-token", "static", test_static_token);
  ADD ("errors-pass", NULL, test_errors_pass);
  ADD ("endless-error", NULL, test_endless_error);
  ADD ("many-with-dead-token", NULL, test_many_with_dead_token);
  ADD ("cancel-at-once", NULL, test_cancel_at_once);
  ADD ("cancel-while-waiting", NULL, test_cancel_while_waiting);
  ADD ("cancel-in-flight", NULL, test_cancel_in_flight);
  ADD ("cancel-in-callbacks", NULL, test_cancel_in_callbacks);
  ADD ("pause-before-transfer", NULL, test_pause_before_transfer);
  ADD ("pause-and-renewal", NULL, test_pause_and_renewal);
  ADD ("pause-error", NULL, test_pause_error);
  return g_test_run ();
}
