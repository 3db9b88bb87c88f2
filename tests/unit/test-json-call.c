/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/base/limits.h"
#include "service/net/json-call.h"
#include "tests/support/http-peer.h"

#include <string.h>

typedef struct
{
  JumpPoller *poller;
  JumpHttpPeer *peer;
  JumpHttpClient *client;
  GCancellable *cancellable;
  JumpJsonReply *reply;
  GError *error;
  guint n_done;
  gboolean inside;
  gboolean cancels_when_done;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  JumpHttpClientOptions options = { .connect_timeout_ms = 5000 };

  fixture->poller = jump_poller_new ();
  fixture->peer = jump_http_peer_new ();
  fixture->client = jump_http_client_new (fixture->poller, &options);
  fixture->cancellable = g_cancellable_new ();
}

static void
forget_result (Fixture *fixture)
{
  g_clear_pointer (&fixture->reply, jump_json_reply_free);
  g_clear_error (&fixture->error);
  fixture->n_done = 0;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  forget_result (fixture);
  g_object_unref (fixture->cancellable);
  g_object_unref (fixture->client);
  jump_http_peer_free (fixture->peer);
  jump_poller_unref (fixture->poller);
}

static void
on_call_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_false (fixture->inside);
  fixture->n_done++;
  fixture->reply = jump_json_call_finish (fixture->client, result, &fixture->error);
  g_assert_true ((fixture->reply == NULL) == (fixture->error != NULL));
  if (fixture->cancels_when_done)
    g_cancellable_cancel (fixture->cancellable);
}

static void
start (Fixture *fixture)
{
  g_autofree char *url = jump_http_peer_dup_url (fixture->peer, "/user");

  fixture->inside = TRUE;
  jump_json_call_async (fixture->client,
                        jump_http_request_new ("GET", url),
                        fixture->cancellable,
                        on_call_done,
                        fixture);
  fixture->inside = FALSE;
}

static void
wait_done (Fixture *fixture)
{
  while (fixture->n_done == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->n_done, ==, 1);
}

static void
run (Fixture *fixture, const char *reply)
{
  jump_http_peer_add_reply (fixture->peer, reply, -1, 0, JUMP_PEER_KEEP);
  start (fixture);
  wait_done (fixture);
}

static void
test_object (Fixture *fixture, gconstpointer data)
{
  JumpJsonReply *reply;

  run (fixture,
       "HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nretry-after: 30\r\n"
       "x-github-sso: required; url=https://github.com/x\r\netag: \"abc\"\r\n"
       "Content-Length: 11\r\n\r\n{\"a\": \"gr\"}");
  g_assert_no_error (fixture->error);
  reply = fixture->reply;
  g_assert_cmpuint (reply->status, ==, 403);
  g_assert_cmpstr (reply->retry_after, ==, "30");
  g_assert_cmpstr (reply->sso, ==, "required; url=https://github.com/x");
  g_assert_cmpstr (reply->etag, ==, "\"abc\"");
  g_assert_nonnull (jump_json_reply_get_object (reply));
  g_assert_cmpstr (jump_json_get_string (jump_json_reply_get_object (reply), "a", NULL), ==, "gr");
  g_assert_cmpuint (g_bytes_get_size (reply->body), ==, 11);
}

static void
test_no_object (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *reply;
    gboolean is_json;
  } cases[] = {
    { "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nnot found", FALSE },
    { "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n[1]", TRUE },
    { "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n{\"a\":1", FALSE },
    { "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", FALSE },
    { "HTTP/1.1 204 No Content\r\n\r\n", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      run (fixture, cases[i].reply);
      g_assert_no_error (fixture->error);
      g_assert_cmpint (fixture->reply->json != NULL, ==, cases[i].is_json);
      g_assert_null (jump_json_reply_get_object (fixture->reply));
      g_assert_null (fixture->reply->retry_after);
      g_assert_null (fixture->reply->sso);
      g_assert_null (fixture->reply->etag);
      forget_result (fixture);
    }
}

static void
test_failure (Fixture *fixture, gconstpointer data)
{
  jump_http_peer_add_reply (fixture->peer,
                            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{",
                            -1,
                            0,
                            JUMP_PEER_CLOSE);
  start (fixture);
  wait_done (fixture);
  g_assert_error (fixture->error, JUMP_ERROR, JUMP_ERROR_UPSTREAM);
}

/* The limit of the client holds for calls that set none. */
static void
test_too_slow (Fixture *fixture, gconstpointer data)
{
  JumpHttpClientOptions options = { .connect_timeout_ms = 5000, .call_timeout_ms = 50 };

  jump_http_client_set_options (fixture->client, &options);
  jump_http_peer_add_reply (fixture->peer, "", -1, 0, JUMP_PEER_KEEP);
  start (fixture);
  wait_done (fixture);
  g_assert_error (fixture->error, JUMP_ERROR, JUMP_ERROR_TIMEOUT);
}

static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  gsize size = JUMP_LIMIT_SMALL_REPLY + 1;
  g_autoptr (GString) reply = g_string_sized_new (size + 100);

  g_string_printf (reply, "HTTP/1.1 200 OK\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n", size);
  for (gsize i = 0; i < size; i++)
    g_string_append_c (reply, ' ');
  run (fixture, reply->str);
  g_assert_error (fixture->error, JUMP_ERROR, JUMP_ERROR_PROTOCOL);
  while (jump_http_peer_count_left (fixture->peer) == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_cancelled_before (Fixture *fixture, gconstpointer data)
{
  g_cancellable_cancel (fixture->cancellable);
  start (fixture);
  wait_done (fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (jump_http_peer_count_connections (fixture->peer), ==, 0);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  jump_http_peer_add_reply (fixture->peer,
                            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{",
                            -1,
                            0,
                            JUMP_PEER_KEEP);
  start (fixture);
  while (jump_http_peer_count_written (fixture->peer) == 0)
    g_main_context_iteration (NULL, TRUE);
  fixture->inside = TRUE;
  g_cancellable_cancel (fixture->cancellable);
  fixture->inside = FALSE;
  wait_done (fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  while (jump_http_peer_count_left (fixture->peer) == 0)
    g_main_context_iteration (NULL, TRUE);
}

/* The call is over: cancelling what it was given must not reach into it. */
static void
test_cancelled_afterwards (Fixture *fixture, gconstpointer data)
{
  run (fixture, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
  g_assert_no_error (fixture->error);
  g_cancellable_cancel (fixture->cancellable);
  g_assert_cmpuint (fixture->n_done, ==, 1);
}

/* Whoever hears that it is over may cancel at once all that was under way. */
static void
test_cancelled_when_done (Fixture *fixture, gconstpointer data)
{
  fixture->cancels_when_done = TRUE;
  run (fixture, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
  g_assert_no_error (fixture->error);
}

/* What the network says in place of the server is no answer of the server. */
static void
test_portal (Fixture *fixture, gconstpointer data)
{
  run (fixture,
       "HTTP/1.1 302 Found\r\nLocation: http://login.wifi.example/\r\n"
       "Content-Length: 0\r\n\r\n");
  g_assert_error (fixture->error, JUMP_ERROR, JUMP_ERROR_PORTAL);
  g_assert_cmpstr (fixture->error->message,
                   ==,
                   "the network wants a sign-in of its own first: instead of \"127.0.0.1\" it "
                   "answered with a way to \"login.wifi.example\"");
}

static void
add (const char *path, void (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/json-call/object", test_object);
  add ("/json-call/no-object", test_no_object);
  add ("/json-call/failure", test_failure);
  add ("/json-call/too-slow", test_too_slow);
  add ("/json-call/too-large", test_too_large);
  add ("/json-call/cancelled-before", test_cancelled_before);
  add ("/json-call/cancelled", test_cancelled);
  add ("/json-call/cancelled-afterwards", test_cancelled_afterwards);
  add ("/json-call/cancelled-when-done", test_cancelled_when_done);
  add ("/json-call/portal", test_portal);
  return g_test_run ();
}
