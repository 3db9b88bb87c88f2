/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/limits.h"
#include "tests/unit/http-call.h"

#include <string.h>

/* A client that stops reading brakes the peer: the bytes stay in its socket. */
static void
test_pause_brakes (HttpFixture *fixture, gconstpointer data)
{
  const When *when = data;
  gsize size = 16 * 1024 * 1024;
  gsize written;
  gsize received;
  HttpCall call;

  http_fixture_add_big_reply (fixture, size);
  http_call_init (&call, fixture);
  call.pauses = *when;
  http_call_start (&call, http_fixture_request_new (fixture, "POST", "{}"));
  while (call.n_headers == 0 || (*when == WHEN_DATA && call.n_data == 0))
    g_main_context_iteration (NULL, TRUE);
  received = call.body->len;
  loop_settle ();
  loop_let_pass (20);
  written = jump_http_peer_count_written (fixture->peer);
  g_assert_cmpuint (written, <, size);
  g_assert_cmpuint (call.body->len, ==, received);
  g_assert_cmpuint (call.n_data, ==, *when == WHEN_DATA ? 1 : 0);

  call.pauses = WHEN_NEVER;
  call.inside = TRUE;
  jump_http_transfer_resume (call.transfer);
  call.inside = FALSE;
  http_call_wait (&call);
  g_assert_no_error (call.error);
  http_call_assert_big_body (call.body, size);
  g_assert_cmpuint (call.largest, <=, JUMP_LIMIT_UPSTREAM_READ);
  http_call_clear (&call);
}

/* Pauses after each piece: only one comes per resume, so never more than one read is held. */
static void
test_pause_each_piece (HttpFixture *fixture, gconstpointer data)
{
  gsize size = 1024 * 1024;
  HttpCall call;

  http_fixture_add_big_reply (fixture, size);
  http_call_init (&call, fixture);
  call.pauses = WHEN_DATA;
  http_call_start (&call, http_fixture_request_new (fixture, "POST", "{}"));
  for (guint i = 1; call.n_done == 0; i++)
    {
      while (call.n_data < i && call.n_done == 0)
        g_main_context_iteration (NULL, TRUE);
      if (i % 8 == 0)
        loop_settle ();
      g_assert_cmpuint (call.n_data, <=, i);
      if (call.n_done > 0)
        break;
      call.inside = TRUE;
      jump_http_transfer_resume (call.transfer);
      if (i % 3 == 0)
        {
          jump_http_transfer_pause (call.transfer);
          jump_http_transfer_resume (call.transfer);
        }
      call.inside = FALSE;
    }
  g_assert_no_error (call.error);
  http_call_assert_big_body (call.body, size);
  g_assert_cmpuint (call.largest, <=, JUMP_LIMIT_UPSTREAM_READ);
  http_call_clear (&call);
}

static void
test_cancel_while_paused (HttpFixture *fixture, gconstpointer data)
{
  HttpCall call;

  http_fixture_add_big_reply (fixture, 4 * 1024 * 1024);
  http_call_init (&call, fixture);
  call.pauses = WHEN_DATA;
  http_call_start (&call, http_fixture_request_new (fixture, "POST", "{}"));
  while (call.n_data == 0)
    g_main_context_iteration (NULL, TRUE);
  loop_settle ();
  jump_http_transfer_resume (call.transfer);
  jump_http_transfer_cancel (call.transfer);
  while (jump_http_peer_count_left (fixture->peer) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (call.n_data, ==, 1);
  g_assert_cmpuint (call.n_done, ==, 0);
  http_call_clear (&call);
}

/* Cancelled from the callback that the end of a pause leads to. */
static void
test_cancel_in_held_data (HttpFixture *fixture, gconstpointer data)
{
  HttpCall call;

  http_fixture_add_big_reply (fixture, 4 * 1024 * 1024);
  http_call_init (&call, fixture);
  call.pauses = WHEN_HEADERS;
  call.cancels = WHEN_DATA;
  http_call_start (&call, http_fixture_request_new (fixture, "POST", "{}"));
  while (call.n_headers == 0)
    g_main_context_iteration (NULL, TRUE);
  loop_settle ();
  jump_http_transfer_resume (call.transfer);
  while (jump_http_peer_count_left (fixture->peer) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (call.n_data, ==, 1);
  g_assert_cmpuint (call.n_done, ==, 0);
  http_call_clear (&call);
}

static void
test_cancel (HttpFixture *fixture, gconstpointer data)
{
  const When *when = data;
  HttpCall call;

  http_fixture_add_reply (fixture, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
  http_call_init (&call, fixture);
  call.cancels = *when;
  http_call_start (&call, http_fixture_request_new (fixture, "POST", "{}"));
  if (*when == WHEN_NEVER)
    {
      while (call.n_data == 0)
        g_main_context_iteration (NULL, TRUE);
      jump_http_transfer_cancel (call.transfer);
    }
  while (jump_http_peer_count_left (fixture->peer) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (call.n_data, ==, *when == WHEN_HEADERS ? 0 : 1);
  g_assert_cmpuint (call.n_done, ==, 0);
  http_call_clear (&call);
  loop_assert_idle ();
}

static void
test_cancel_before_start (HttpFixture *fixture, gconstpointer data)
{
  HttpCall call;

  http_call_init (&call, fixture);
  http_call_start (&call, http_fixture_request_new (fixture, "POST", "{}"));
  jump_http_transfer_cancel (call.transfer);
  loop_assert_idle ();
  g_assert_cmpuint (jump_http_peer_count_connections (fixture->peer), ==, 0);
  g_assert_cmpuint (call.n_done, ==, 0);
  http_call_clear (&call);
}

static void
test_idle_timeout (HttpFixture *fixture, gconstpointer data)
{
  static const char *const replies[] = {
    "",
    "HTTP/1.1 200 OK\r\nContent-Le",
    "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
  };

  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      JumpHttpRequest *request = http_fixture_request_new (fixture, "POST", "{}");
      HttpCall call;

      request->idle_timeout_ms = 30;
      http_fixture_add_reply (fixture, replies[i]);
      http_call_init (&call, fixture);
      http_call_start (&call, request);
      http_call_wait (&call);
      g_assert_error (call.error, JUMP_ERROR, JUMP_ERROR_TIMEOUT);
      g_assert_cmpstr (call.error->message,
                       ==,
                       "\"127.0.0.1\" did not answer in time: no data for 30 ms");
      g_assert_cmpuint (call.n_data, ==, i == 2 ? 1 : 0);
      g_assert_true (call.was_sent);
      http_call_clear (&call);
      loop_assert_idle ();
    }
}

/* Bytes that come slowly are not silence. */
static void
test_slow_is_not_silent (HttpFixture *fixture, gconstpointer data)
{
  JumpHttpRequest *request = http_fixture_request_new (fixture, "POST", "{}");
  HttpCall call;

  request->idle_timeout_ms = 2000;
  http_fixture_add_reply (fixture, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
  http_call_init (&call, fixture);
  http_call_start (&call, request);
  for (guint i = 0; i < 10; i++)
    {
      loop_let_pass (5);
      jump_http_peer_say (fixture->peer, "x");
    }
  http_call_wait (&call);
  g_assert_no_error (call.error);
  g_assert_cmpstr (call.body->str, ==, "xxxxxxxxxx");
  http_call_clear (&call);
  loop_assert_idle ();
}

static void
test_paused_is_not_silent (HttpFixture *fixture, gconstpointer data)
{
  JumpHttpRequest *request = http_fixture_request_new (fixture, "POST", "{}");
  HttpCall call;

  request->idle_timeout_ms = 20;
  http_fixture_add_reply (fixture, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
  http_call_init (&call, fixture);
  call.pauses = WHEN_DATA;
  http_call_start (&call, request);
  while (call.n_data == 0 && call.n_done == 0)
    g_main_context_iteration (NULL, TRUE);
  loop_let_pass (80);
  g_assert_cmpuint (call.n_done, ==, 0);
  jump_http_transfer_resume (call.transfer);
  http_call_wait (&call);
  g_assert_error (call.error, JUMP_ERROR, JUMP_ERROR_TIMEOUT);
  http_call_clear (&call);
}

static void
test_total_timeout (HttpFixture *fixture, gconstpointer data)
{
  JumpHttpRequest *request = http_fixture_request_new (fixture, "POST", "{}");
  HttpCall call;

  request->total_timeout_ms = 30;
  http_fixture_add_reply (fixture, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
  http_call_init (&call, fixture);
  http_call_start (&call, request);
  http_call_wait (&call);
  http_call_assert_failed (&call, JUMP_ERROR_TIMEOUT, "\"127.0.0.1\" did not answer in time: ");
  http_call_clear (&call);
  loop_assert_idle ();
}

static void
test_parallel (HttpFixture *fixture, gconstpointer data)
{
  enum
  {
    N_CALLS = 100
  };
  g_autofree HttpCall *calls = g_new (HttpCall, N_CALLS);

  http_fixture_add_big_reply (fixture, 50000);
  for (guint round = 1; round <= 2; round++)
    {
      for (guint i = 0; i < N_CALLS; i++)
        {
          JumpHttpRequest *request = http_fixture_request_new (fixture, "POST", "{}");

          request->idle_timeout_ms = 20000 + i;
          http_call_init (&calls[i], fixture);
          http_call_start (&calls[i], request);
        }
      for (guint i = 0; i < N_CALLS; i++)
        {
          http_call_wait (&calls[i]);
          g_assert_no_error (calls[i].error);
          http_call_assert_big_body (calls[i].body, 50000);
          http_call_clear (&calls[i]);
        }
      g_assert_cmpuint (jump_http_peer_count_requests (fixture->peer), ==, N_CALLS * round);
      g_assert_cmpuint (jump_http_peer_count_connections (fixture->peer), ==, N_CALLS);
      loop_assert_idle ();
    }
}

/* The next request is started, and another one cancelled, from a callback. */
typedef struct
{
  HttpCall call;
  HttpCall next;
  HttpCall other;
} Chain;

static void
on_data_chain (JumpHttpTransfer *transfer, const char *data, gsize length, gpointer user_data)
{
  Chain *chain = user_data;

  chain->call.n_data++;
  if (chain->call.n_data > 1)
    return;
  http_call_start (&chain->next, http_fixture_request_new (chain->call.fixture, "POST", "{}"));
  jump_http_transfer_cancel (chain->other.transfer);
}

static void
on_done_chain (JumpHttpTransfer *transfer, const GError *error, gpointer user_data)
{
  Chain *chain = user_data;

  g_assert_no_error (error);
  chain->call.n_done++;
}

static void
test_start_and_cancel_in_callback (HttpFixture *fixture, gconstpointer data)
{
  static const JumpHttpTransferFuncs chain_funcs = { NULL, on_data_chain, on_done_chain };
  Chain chain;

  http_fixture_add_reply (fixture, "");
  http_fixture_add_reply (fixture, REPLY_OK);
  http_call_init (&chain.call, fixture);
  http_call_init (&chain.next, fixture);
  http_call_init (&chain.other, fixture);
  http_call_start (&chain.other, http_fixture_request_new (fixture, "POST", "{}"));
  while (jump_http_peer_count_requests (fixture->peer) == 0)
    g_main_context_iteration (NULL, TRUE);
  jump_http_client_start (fixture->client,
                          http_fixture_request_new (fixture, "POST", "{}"),
                          &chain_funcs,
                          &chain);
  http_call_wait (&chain.next);
  g_assert_no_error (chain.next.error);
  g_assert_cmpstr (chain.next.body->str, ==, "ok");
  g_assert_cmpuint (chain.call.n_done, ==, 1);
  while (jump_http_peer_count_left (fixture->peer) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (chain.other.n_done, ==, 0);
  http_call_clear (&chain.call);
  http_call_clear (&chain.next);
  http_call_clear (&chain.other);
}

static const When whens[] = { WHEN_NEVER, WHEN_HEADERS, WHEN_DATA };

static void
add (const char *path, gconstpointer data, void (*func) (HttpFixture *, gconstpointer))
{
  g_autofree char *full_path = g_strconcat ("/http-transfer/", path, NULL);

  g_test_add (full_path, HttpFixture, data, http_fixture_set_up, func, http_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("pause/from-data", &whens[2], test_pause_brakes);
  add ("pause/from-headers", &whens[1], test_pause_brakes);
  add ("pause/each-piece", NULL, test_pause_each_piece);
  add ("cancel/outside", &whens[0], test_cancel);
  add ("cancel/in-headers", &whens[1], test_cancel);
  add ("cancel/in-data", &whens[2], test_cancel);
  add ("cancel/before-start", NULL, test_cancel_before_start);
  add ("cancel/while-paused", NULL, test_cancel_while_paused);
  add ("cancel/in-held-data", NULL, test_cancel_in_held_data);
  add ("timeout/idle", NULL, test_idle_timeout);
  add ("timeout/slow-is-not-silent", NULL, test_slow_is_not_silent);
  add ("timeout/paused-is-not-silent", NULL, test_paused_is_not_silent);
  add ("timeout/total", NULL, test_total_timeout);
  add ("parallel", NULL, test_parallel);
  add ("start-and-cancel-in-callback", NULL, test_start_and_cancel_in_callback);
  return g_test_run ();
}
