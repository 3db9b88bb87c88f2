/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/unit/http-call.h"

#include <string.h>

static void
on_headers (JumpHttpTransfer *transfer, guint status, gpointer user_data)
{
  HttpCall *call = user_data;

  g_assert_false (call->inside);
  call->status = status;
  call->n_headers++;
  call->server = g_strdup (jump_http_transfer_get_header (transfer, "x-TEST"));
  if (call->pauses == WHEN_HEADERS)
    jump_http_transfer_pause (transfer);
  if (call->cancels == WHEN_HEADERS)
    jump_http_transfer_cancel (transfer);
}

static void
on_data (JumpHttpTransfer *transfer, const char *data, gsize length, gpointer user_data)
{
  HttpCall *call = user_data;

  g_assert_false (call->inside);
  g_assert_cmpuint (call->n_headers, ==, 1);
  call->n_data++;
  call->largest = MAX (call->largest, length);
  g_string_append_len (call->body, data, (gssize) length);
  if (call->pauses == WHEN_DATA)
    jump_http_transfer_pause (transfer);
  if (call->cancels == WHEN_DATA)
    jump_http_transfer_cancel (transfer);
}

static void
on_done (JumpHttpTransfer *transfer, const GError *error, gpointer user_data)
{
  HttpCall *call = user_data;

  g_assert_false (call->inside);
  call->n_done++;
  call->was_sent = jump_http_transfer_was_sent (transfer);
  if (error != NULL)
    call->error = g_error_copy (error);
  if (call->drops_client)
    g_clear_object (&call->fixture->client);
}

const JumpHttpTransferFuncs http_call_funcs = {
  .on_headers = on_headers,
  .on_data = on_data,
  .on_done = on_done,
};

void
http_call_init (HttpCall *call, HttpFixture *fixture)
{
  memset (call, 0, sizeof *call);
  call->fixture = fixture;
  call->body = g_string_new (NULL);
}

void
http_call_clear (HttpCall *call)
{
  g_string_free (call->body, TRUE);
  g_clear_error (&call->error);
  g_free (call->server);
}

JumpHttpRequest *
http_fixture_request_new (HttpFixture *fixture, const char *method, const char *body)
{
  g_autofree char *url = jump_http_peer_dup_url (fixture->peer, "/path?query=1");
  JumpHttpRequest *request = jump_http_request_new (method, url);
  g_autoptr (GBytes) bytes = body == NULL ? NULL : g_bytes_new (body, strlen (body));

  if (body != NULL)
    jump_http_request_set_body (request, bytes, "application/json");
  return request;
}

void
http_call_start (HttpCall *call, JumpHttpRequest *request)
{
  call->inside = TRUE;
  call->transfer = jump_http_client_start (call->fixture->client, request, &http_call_funcs, call);
  call->inside = FALSE;
}

void
http_call_wait (HttpCall *call)
{
  while (call->n_done == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (call->n_done, ==, 1);
}

/* Until nothing moves any more. */
void
loop_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
on_time_over (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

void
loop_let_pass (guint ms)
{
  gboolean is_over = FALSE;

  g_timeout_add (ms, on_time_over, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

void
http_call_run (HttpFixture *fixture, HttpCall *call, const char *method, const char *body)
{
  http_call_init (call, fixture);
  http_call_start (call, http_fixture_request_new (fixture, method, body));
  http_call_wait (call);
}

void
loop_assert_idle (void)
{
  GMainContext *context = g_main_context_default ();
  GPollFD fds[16];
  int timeout;
  int priority;

  loop_settle ();
  g_assert_true (g_main_context_acquire (context));
  g_main_context_prepare (context, &priority);
  g_main_context_query (context, priority, &timeout, fds, G_N_ELEMENTS (fds));
  g_main_context_check (context, priority, fds, 0);
  g_main_context_release (context);
  g_assert_cmpint (timeout, ==, -1);
}

void
http_fixture_set_up (HttpFixture *fixture, gconstpointer data)
{
  JumpHttpClientOptions options = {
    .connect_timeout_ms = 60000,
    .keep_alive_interval_ms = 30000,
    .idle_connection_seconds = 60,
  };

  fixture->poller = jump_poller_new ();
  fixture->peer = jump_http_peer_new ();
  fixture->client = jump_http_client_new (fixture->poller, &options);
}

void
http_fixture_tear_down (HttpFixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->client);
  jump_http_peer_free (fixture->peer);
  jump_poller_unref (fixture->poller);
}

void
http_fixture_add_reply (HttpFixture *fixture, const char *bytes)
{
  jump_http_peer_add_reply (fixture->peer, bytes, -1, 0, JUMP_PEER_KEEP);
}

void
http_fixture_add_last_reply (HttpFixture *fixture, const char *bytes)
{
  jump_http_peer_add_reply (fixture->peer, bytes, -1, 0, JUMP_PEER_CLOSE);
}

/* A reply with @size bytes that are all different from their neighbours. */
void
http_fixture_add_big_reply (HttpFixture *fixture, gsize size)
{
  g_autoptr (GString) reply = g_string_sized_new (size + 100);

  g_string_printf (reply, "HTTP/1.1 200 OK\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n", size);
  for (gsize i = 0; i < size; i++)
    g_string_append_c (reply, (char) ('a' + i % 23));
  jump_http_peer_add_reply (fixture->peer, reply->str, (gssize) reply->len, 0, JUMP_PEER_KEEP);
}

void
http_call_assert_big_body (const GString *body, gsize size)
{
  g_assert_cmpuint (body->len, ==, size);
  for (gsize i = 0; i < size; i++)
    if (body->str[i] != (char) ('a' + i % 23))
      g_assert_cmpint (body->str[i], ==, 'a' + (int) (i % 23));
}

void
http_call_assert_failed (HttpCall *call, JumpError code, const char *part)
{
  g_assert_error (call->error, JUMP_ERROR, (int) code);
  g_assert_nonnull (strstr (call->error->message, part));
}
