/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "tests/support/clock-fake.h"
#include "tests/unit/upstream-stage.h"

/* Sign-in problems are not upstream's: the breaker stays closed. */
static void
test_no_token (Stage *self, gconstpointer data)
{
  self->github.exchange_status = 401;
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (StageOwner) owner = stage_owner_new ();

      stage_start (self, owner);
      stage_wait_done (owner);
      g_assert_error (owner->error, JUMP_ERROR, JUMP_ERROR_SIGNED_OUT);
    }
  g_assert_cmpuint (self->github.n_requests, ==, 0);
  g_assert_cmpint (jump_upstream_client_get_breaker_state (self->client), ==, JUMP_BREAKER_CLOSED);
}

static void
open_breaker (Stage *self)
{
  self->github.status = 502;
  for (guint i = 0; i < 5; i++)
    {
      g_assert_cmpuint (jump_upstream_client_get_breaker_wait (self->client), ==, 0);
      stage_call_and_expect (self, 502, "hello");
    }
  g_assert_cmpint (jump_upstream_client_get_breaker_state (self->client), ==, JUMP_BREAKER_OPEN);
  g_assert_cmpuint (self->github.n_requests, ==, 5);
}

static void
expect_refusal (Stage *self, const char *message)
{
  g_autoptr (StageOwner) owner = stage_owner_new ();
  guint n_before = self->github.n_requests;

  stage_start (self, owner);
  stage_wait_done (owner);
  g_assert_error (owner->error, JUMP_ERROR, JUMP_ERROR_UNAVAILABLE);
  g_assert_cmpstr (owner->error->message, ==, message);
  g_assert_cmpuint (self->github.n_requests, ==, n_before);
}

static void
test_breaker (Stage *self, gconstpointer data)
{
  g_autoptr (StageOwner) probe = stage_owner_new ();

  open_breaker (self);
  g_assert_cmpuint (jump_upstream_client_get_breaker_wait (self->client), ==, 30);
  expect_refusal (self, "upstream failed too often, try again in 30 s");
  jump_clock_fake_advance (self->clock, 29500);
  expect_refusal (self, "upstream failed too often, try again in 1 s");

  jump_clock_fake_advance (self->clock, 500);
  self->github.status = 200;
  self->github.are_requests_held = TRUE;
  stage_start (self, probe);
  g_assert_cmpint (jump_upstream_client_get_breaker_state (self->client),
                   ==,
                   JUMP_BREAKER_HALF_OPEN);
  stage_wait_held (self, 1);
  expect_refusal (self, "upstream failed too often, try again in 1 s");
  self->github.are_requests_held = FALSE;
  stage_release_held (self);
  stage_wait_done (probe);
  g_assert_cmpuint (probe->status, ==, 200);
  g_assert_cmpint (jump_upstream_client_get_breaker_state (self->client), ==, JUMP_BREAKER_CLOSED);
  stage_call_and_expect (self, 200, "hello");
}

static void
test_breaker_probe_cancelled (Stage *self, gconstpointer data)
{
  g_autoptr (StageOwner) owner = stage_owner_new ();

  open_breaker (self);
  jump_upstream_client_set_timeouts (self->client, 60000, 7);
  g_assert_cmpuint (jump_upstream_client_get_breaker_wait (self->client), ==, 7);
  stage_start (self, owner);
  jump_upstream_call_cancel (owner->call); /* a refused one, before it heard of it */
  stage_turn ();
  g_assert_cmpuint (owner->n_done, ==, 0);

  jump_clock_fake_advance (self->clock, 7000);
  stage_start (self, owner);
  jump_upstream_call_cancel (owner->call);
  self->github.status = 502;
  stage_call_and_expect (self, 502, "hello"); /* the next probe */
  expect_refusal (self, "upstream failed too often, try again in 7 s");
}

static void
test_unreachable (Stage *self, gconstpointer data)
{
  jump_token_manager_set_api_url (self->tokens, "http://127.0.0.1:1");
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (StageOwner) owner = stage_owner_new ();

      stage_start (self, owner);
      stage_wait_done (owner);
      g_assert_error (owner->error, JUMP_ERROR, JUMP_ERROR_UPSTREAM);
      g_assert_cmpuint (owner->n_headers, ==, 0);
      g_assert_cmpstr (jump_upstream_client_get_last_error (self->client),
                       ==,
                       owner->error->message);
    }
  g_assert_cmpint (jump_upstream_client_get_breaker_state (self->client), ==, JUMP_BREAKER_OPEN);
  g_assert_cmpint (jump_upstream_client_get_last_reply (self->client), ==, 0);
}

typedef struct
{
  GBytes *content; /* (owned) (nullable) */
  GError *error;   /* (owned) (nullable) */
  gboolean is_done;
} Fetched;

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fetched *self = user_data;

  self->content =
      jump_upstream_client_fetch_finish (JUMP_UPSTREAM_CLIENT (source), result, &self->error);
  self->is_done = TRUE;
}

static void
fetch_and_expect (Stage *self, guint status, int code)
{
  Fetched fetched = { 0 };

  self->github.status = status;
  jump_upstream_client_fetch_async (self->client, "/models", NULL, on_fetched, &fetched);
  while (!fetched.is_done)
    g_main_context_iteration (NULL, TRUE);
  if (status == 200)
    {
      g_assert_no_error (fetched.error);
      g_assert_cmpmem (g_bytes_get_data (fetched.content, NULL),
                       g_bytes_get_size (fetched.content),
                       "hello",
                       5);
    }
  else
    {
      g_assert_error (fetched.error, JUMP_ERROR, code);
      g_assert_null (fetched.content);
    }
  g_clear_pointer (&fetched.content, g_bytes_unref);
  g_clear_error (&fetched.error);
}

static void
test_fetch (Stage *self, gconstpointer data)
{
  fetch_and_expect (self, 200, 0);
  fetch_and_expect (self, 204, JUMP_ERROR_UPSTREAM);
  fetch_and_expect (self, 403, JUMP_ERROR_FORBIDDEN);
  fetch_and_expect (self, 404, JUMP_ERROR_NOT_FOUND);
  fetch_and_expect (self, 429, JUMP_ERROR_RATE_LIMITED);
  fetch_and_expect (self, 500, JUMP_ERROR_UPSTREAM);
  self->github.n_dead_tokens = 1;
  fetch_and_expect (self, 200, 0);
  self->github.n_dead_tokens = 100;
  fetch_and_expect (self, 401, JUMP_ERROR_SIGNED_OUT);
}

/* The network answers in upstream's place. */
static void
test_fetch_portal (Stage *self, gconstpointer data)
{
  self->github.location = "https://login.hotel.example/";
  fetch_and_expect (self, 302, JUMP_ERROR_PORTAL);
  self->github.location = "/elsewhere";
  fetch_and_expect (self, 302, JUMP_ERROR_UPSTREAM);
  self->github.location = NULL;
  fetch_and_expect (self, 511, JUMP_ERROR_PORTAL);
  fetch_and_expect (self, 200, 0);
  self->github.type = "text/html; charset=utf-8";
  fetch_and_expect (self, 203, JUMP_ERROR_PORTAL);
  fetch_and_expect (self, 500, JUMP_ERROR_UPSTREAM);
}

static void
test_fetch_too_slow (Stage *self, gconstpointer data)
{
  JumpHttpClientOptions options = { .connect_timeout_ms = 5000, .call_timeout_ms = 50 };

  stage_call_and_expect (self, 200, "hello"); /* there is a token */
  jump_http_client_set_options (self->http, &options);
  self->github.are_requests_held = TRUE;
  fetch_and_expect (self, 0, JUMP_ERROR_TIMEOUT);
}

static void
test_fetch_cancelled (Stage *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Fetched fetched = { 0 };

  self->github.are_requests_held = TRUE;
  jump_upstream_client_fetch_async (self->client, "/models", cancellable, on_fetched, &fetched);
  stage_wait_held (self, 1);
  g_cancellable_cancel (cancellable);
  while (!fetched.is_done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (fetched.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&fetched.error);
  g_assert_cmpuint (jump_upstream_client_get_open_calls (self->client), ==, 0);
}

#define ADD(name, data, func) \
  g_test_add ("/upstream-client/" name, Stage, data, stage_set_up, func, stage_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("no-token", NULL, test_no_token);
  ADD ("breaker", NULL, test_breaker);
  ADD ("breaker-probe-cancelled", NULL, test_breaker_probe_cancelled);
  ADD ("unreachable", "static", test_unreachable);
  ADD ("fetch", NULL, test_fetch);
  ADD ("fetch-portal", NULL, test_fetch_portal);
  ADD ("fetch-too-slow", NULL, test_fetch_too_slow);
  ADD ("fetch-cancelled", NULL, test_fetch_cancelled);
  return g_test_run ();
}
