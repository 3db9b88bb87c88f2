/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/unit/http-call.h"

#include <string.h>

static void
test_post (HttpFixture *fixture, gconstpointer data)
{
  HttpCall call;
  const char *request;

  http_fixture_add_reply (fixture,
                          "HTTP/1.1 201 Fine\r\nX-Test: 1\r\nContent-Length: 4\r\n\r\nabcd");
  http_call_run (fixture, &call, "POST", "{\"a\":1}");
  g_assert_no_error (call.error);
  g_assert_cmpuint (call.status, ==, 201);
  g_assert_cmpstr (call.body->str, ==, "abcd");
  g_assert_cmpstr (call.server, ==, "1");
  g_assert_true (call.was_sent);
  request = jump_http_peer_get_request (fixture->peer, 0);
  g_assert_true (g_str_has_prefix (request, "POST /path?query=1 HTTP/1.1\r\nHost: 127.0.0.1:"));
  g_assert_nonnull (strstr (request, "\r\nContent-Type: application/json\r\n"));
  g_assert_nonnull (strstr (request, "\r\nContent-Length: 7\r\n"));
  g_assert_null (strstr (request, "Expect"));
  g_assert_null (strstr (request, "Encoding"));
  g_assert_true (g_str_has_suffix (request, "\r\n\r\n{\"a\":1}"));
  http_call_clear (&call);
}

static void
test_methods (HttpFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *method;
    const char *body;
  } cases[] = {
    { "GET", NULL },   { "POST", "x" }, { "HEAD", NULL }, { "DELETE", NULL }, { "POST", NULL },
    { "PATCH", "xy" }, { "GET", NULL }, { "PUT", "" },    { "DELETE", "z" },  { "HEAD", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HttpCall call;
      const char *request;
      gboolean has_length = cases[i].body != NULL || g_str_equal (cases[i].method, "POST");
      gboolean is_head = g_str_equal (cases[i].method, "HEAD");

      http_fixture_add_reply (fixture,
                              is_head ? "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n" : REPLY_OK);
      http_call_run (fixture, &call, cases[i].method, cases[i].body);
      g_assert_no_error (call.error);
      g_assert_cmpuint (call.body->len, ==, is_head ? 0 : 2);
      request = jump_http_peer_get_request (fixture->peer, i);
      g_assert_true (g_str_has_prefix (request, cases[i].method));
      g_assert_cmpint (request[strlen (cases[i].method)], ==, ' ');
      g_assert_cmpint (strstr (request, "Content-Length") != NULL, ==, has_length);
      g_assert_cmpint (strstr (request, "Content-Type") != NULL, ==, cases[i].body != NULL);
      g_assert_true (g_str_has_suffix (request, cases[i].body == NULL ? "" : cases[i].body));
      http_call_clear (&call);
    }
  g_assert_cmpuint (jump_http_peer_count_connections (fixture->peer), ==, 1);
}

static void
test_request_headers (HttpFixture *fixture, gconstpointer data)
{
  HttpCall call;
  JumpHttpRequest *request = http_fixture_request_new (fixture, "GET", NULL);
  const char *text;

  http_fixture_add_reply (fixture, REPLY_OK);
  jump_http_request_add_header (request, "X-Empty", "");
  jump_http_request_add_header (request, "X-Twice", "1");
  jump_http_request_add_header (request, "X-Twice", "2");
  jump_http_request_add_header (request, "X-Evil", "a\r\nX-Injected: b");
  jump_http_request_add_header (request, "User-Agent", "me");
  http_call_init (&call, fixture);
  http_call_start (&call, request);
  http_call_wait (&call);
  text = jump_http_peer_get_request (fixture->peer, 0);
  g_assert_nonnull (strstr (text, "\r\nX-Empty:\r\n"));
  g_assert_nonnull (strstr (text, "\r\nX-Twice: 1\r\nX-Twice: 2\r\n"));
  g_assert_nonnull (strstr (text, "\r\nX-Evil: a  X-Injected: b\r\n"));
  g_assert_nonnull (strstr (text, "\r\nUser-Agent: me\r\n"));
  http_call_clear (&call);
}

/* Model requests are POST: a new connection for each would cost a TLS handshake each. */
static void
test_post_reuses_connection (HttpFixture *fixture, gconstpointer data)
{
  http_fixture_add_reply (fixture, REPLY_OK);
  for (guint i = 0; i < 20; i++)
    {
      HttpCall call;

      http_call_run (fixture, &call, "POST", "{}");
      g_assert_no_error (call.error);
      g_assert_cmpstr (call.body->str, ==, "ok");
      http_call_clear (&call);
    }
  g_assert_cmpuint (jump_http_peer_count_connections (fixture->peer), ==, 1);
  g_assert_cmpuint (jump_http_peer_count_requests (fixture->peer), ==, 20);
  loop_assert_idle ();
}

static void
test_fresh_connection (HttpFixture *fixture, gconstpointer data)
{
  HttpCall call;
  JumpHttpRequest *request;

  http_fixture_add_reply (fixture, REPLY_OK);
  http_call_run (fixture, &call, "POST", "{}");
  http_call_clear (&call);
  http_call_init (&call, fixture);
  request = http_fixture_request_new (fixture, "POST", "{}");
  request->fresh_connection = TRUE;
  http_call_start (&call, request);
  http_call_wait (&call);
  g_assert_no_error (call.error);
  http_call_clear (&call);
  g_assert_cmpuint (jump_http_peer_count_connections (fixture->peer), ==, 2);
  http_call_run (fixture, &call, "POST", "{}");
  http_call_clear (&call);
  g_assert_cmpuint (jump_http_peer_count_connections (fixture->peer), ==, 2);
}

/* After the machine slept no connection from before is used, however alive it looks. */
static void
test_distrust_connections (HttpFixture *fixture, gconstpointer data)
{
  http_fixture_add_reply (fixture, REPLY_OK);
  for (guint i = 0; i < 3; i++)
    {
      HttpCall call;

      if (i == 1)
        jump_http_client_distrust_connections (fixture->client);
      http_call_run (fixture, &call, "POST", "{}");
      g_assert_no_error (call.error);
      http_call_clear (&call);
    }
  g_assert_cmpuint (jump_http_peer_count_connections (fixture->peer), ==, 3);
}

/* The peer takes the whole POST on a connection that was used before and dies: libcurl by itself
 * would send it again, and the model call would be billed twice. */
static void
test_post_is_sent_once (HttpFixture *fixture, gconstpointer data)
{
  const JumpPeerEnd *end = data;
  HttpCall call;

  http_fixture_add_reply (fixture, REPLY_OK);
  jump_http_peer_add_reply (fixture->peer, "", 0, 0, *end);
  http_fixture_add_reply (fixture, REPLY_OK);
  http_call_run (fixture, &call, "POST", "{\"n\":1}");
  g_assert_no_error (call.error);
  http_call_clear (&call);
  http_call_run (fixture, &call, "POST", "{\"n\":2}");
  http_call_assert_failed (&call, JUMP_ERROR_UPSTREAM, "\"127.0.0.1\"");
  g_assert_true (call.was_sent);
  g_assert_cmpuint (call.n_headers, ==, 0);
  http_call_clear (&call);
  loop_settle ();
  g_assert_cmpuint (jump_http_peer_count_requests (fixture->peer), ==, 2);

  http_call_run (fixture, &call, "POST", "{\"n\":3}");
  g_assert_no_error (call.error);
  http_call_clear (&call);
  g_assert_cmpuint (jump_http_peer_count_requests (fixture->peer), ==, 3);
}

/* Without a body nothing is billed: there libcurl's second try is welcome. */
static void
test_get_is_tried_again (HttpFixture *fixture, gconstpointer data)
{
  HttpCall call;

  http_fixture_add_reply (fixture, REPLY_OK);
  http_fixture_add_last_reply (fixture, "");
  http_fixture_add_reply (fixture, REPLY_OK);
  http_call_run (fixture, &call, "GET", NULL);
  http_call_clear (&call);
  http_call_run (fixture, &call, "GET", NULL);
  g_assert_no_error (call.error);
  g_assert_cmpstr (call.body->str, ==, "ok");
  g_assert_false (call.was_sent);
  http_call_clear (&call);
  g_assert_cmpuint (jump_http_peer_count_requests (fixture->peer), ==, 3);
}

static void
test_idle_connection_was_closed (HttpFixture *fixture, gconstpointer data)
{
  HttpCall call;

  http_fixture_add_reply (fixture, REPLY_OK);
  for (guint i = 1; i <= 3; i++)
    {
      http_call_run (fixture, &call, "POST", "{}");
      g_assert_no_error (call.error);
      http_call_clear (&call);
      g_assert_cmpuint (jump_http_peer_count_connections (fixture->peer), ==, i);
      jump_http_peer_close_all (fixture->peer);
      loop_assert_idle ();
    }
  g_assert_cmpuint (jump_http_peer_count_requests (fixture->peer), ==, 3);
}

static void
test_large_body (HttpFixture *fixture, gconstpointer data)
{
  gsize size = 3 * 1024 * 1024 + 17;
  g_autofree char *text = g_malloc (size);
  g_autoptr (GBytes) body = NULL;
  JumpHttpRequest *request = http_fixture_request_new (fixture, "POST", NULL);
  HttpCall call;

  for (gsize i = 0; i < size; i++)
    text[i] = (char) ('a' + i % 23);
  body = g_bytes_new_take (g_steal_pointer (&text), size);
  jump_http_request_set_body (request, body, "application/json");
  http_fixture_add_reply (fixture, REPLY_OK);
  http_call_init (&call, fixture);
  http_call_start (&call, request);
  http_call_wait (&call);
  g_assert_no_error (call.error);
  g_assert_null (g_strstr_len (jump_http_peer_get_request (fixture->peer, 0), 500, "Expect"));
  g_assert_cmpuint (jump_http_peer_get_request_length (fixture->peer, 0), >, size);
  g_assert_cmpmem (jump_http_peer_get_request (fixture->peer, 0) +
                       jump_http_peer_get_request_length (fixture->peer, 0) - size,
                   size,
                   g_bytes_get_data (body, NULL),
                   size);
  http_call_clear (&call);
}

static void
test_refused (HttpFixture *fixture, gconstpointer data)
{
  HttpCall call;
  JumpHttpRequest *request = http_fixture_request_new (fixture, "POST", "{}");

  jump_http_peer_free (fixture->peer);
  fixture->peer = jump_http_peer_new ();
  http_call_init (&call, fixture);
  http_call_start (&call, request);
  http_call_wait (&call);
  g_assert_error (call.error, JUMP_ERROR, JUMP_ERROR_UPSTREAM);
  g_assert_cmpstr (call.error->message,
                   ==,
                   "could not connect to \"127.0.0.1\": connection refused");
  g_assert_false (call.was_sent);
  http_call_clear (&call);
  loop_assert_idle ();
}

static void
test_bad_urls (HttpFixture *fixture, gconstpointer data)
{
  static const char *const urls[] = { "", "ftp://127.0.0.1/", "file:///etc/passwd", "http://" };

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      HttpCall call;

      http_call_init (&call, fixture);
      http_call_start (&call, jump_http_request_new ("GET", urls[i]));
      http_call_wait (&call);
      g_assert_error (call.error, JUMP_ERROR, JUMP_ERROR_UPSTREAM);
      g_assert_cmpuint (call.n_headers, ==, 0);
      http_call_clear (&call);
    }
}

static void
test_tls_to_plain_server (HttpFixture *fixture, gconstpointer data)
{
  g_autofree char *url = jump_http_peer_dup_url (fixture->peer, "/");
  g_autofree char *secure = g_strconcat ("https", url + 4, NULL);
  JumpHttpRequest *request = jump_http_request_new ("GET", secure);
  HttpCall call;

  request->connect_timeout_ms = 50;
  http_call_init (&call, fixture);
  http_call_start (&call, request);
  /* the handshake gets no answer: the time limit for connecting covers it */
  http_call_wait (&call);
  http_call_assert_failed (&call, JUMP_ERROR_TIMEOUT, "\"127.0.0.1\" did not answer in time");
  http_call_clear (&call);

  http_call_init (&call, fixture);
  http_call_start (&call, jump_http_request_new ("GET", secure));
  while (jump_http_peer_count_connections (fixture->peer) < 2)
    g_main_context_iteration (NULL, TRUE);
  jump_http_peer_say (fixture->peer, "HTTP/1.1 400 Bad Request\r\n\r\n");
  http_call_wait (&call);
  http_call_assert_failed (&call, JUMP_ERROR_UPSTREAM, "TLS handshake with \"127.0.0.1\" failed: ");
  http_call_clear (&call);
}

static void
test_proxy (HttpFixture *fixture, gconstpointer data)
{
  g_autofree char *proxy = jump_http_peer_dup_url (fixture->peer, "");
  g_autofree char *local = jump_http_peer_dup_url (fixture->peer, "/local");
  JumpHttpClientOptions options = { .proxy = proxy };
  HttpCall call;

  http_fixture_add_reply (fixture, REPLY_OK);
  http_fixture_add_reply (fixture, REPLY_OK);
  http_fixture_add_reply (fixture,
                          "HTTP/1.1 407 Authenticate\r\nX-Proxy: 1\r\nContent-Length: 0\r\n\r\n");
  jump_http_client_set_options (fixture->client, &options);
  http_call_init (&call, fixture);
  http_call_start (&call, jump_http_request_new ("GET", "http://upstream.invalid/models"));
  http_call_wait (&call);
  g_assert_no_error (call.error);
  g_assert_true (g_str_has_prefix (jump_http_peer_get_request (fixture->peer, 0),
                                   "GET http://upstream.invalid/models HTTP/1.1\r\n"));
  http_call_clear (&call);

  /* what runs on this machine is asked directly */
  http_call_init (&call, fixture);
  http_call_start (&call, jump_http_request_new ("GET", local));
  http_call_wait (&call);
  g_assert_no_error (call.error);
  g_assert_true (
      g_str_has_prefix (jump_http_peer_get_request (fixture->peer, 1), "GET /local HTTP/1.1\r\n"));
  http_call_clear (&call);

  http_call_init (&call, fixture);
  http_call_start (&call, jump_http_request_new ("GET", "https://upstream.invalid/models"));
  http_call_wait (&call);
  http_call_assert_failed (&call,
                           JUMP_ERROR_UPSTREAM,
                           "the proxy for \"upstream.invalid\" failed: ");
  g_assert_nonnull (strstr (call.error->message, "407"));
  g_assert_cmpuint (call.n_headers, ==, 0);
  http_call_clear (&call);
}

static void
test_client_goes_in_callback (HttpFixture *fixture, gconstpointer data)
{
  HttpCall call;
  HttpCall other;

  http_fixture_add_reply (fixture, "");
  http_fixture_add_reply (fixture, REPLY_OK);
  http_call_init (&other, fixture);
  http_call_start (&other, http_fixture_request_new (fixture, "POST", "{}"));
  while (jump_http_peer_count_requests (fixture->peer) == 0)
    g_main_context_iteration (NULL, TRUE);
  http_call_init (&call, fixture);
  call.drops_client = TRUE;
  http_call_start (&call, http_fixture_request_new (fixture, "POST", "{}"));
  http_call_wait (&call);
  g_assert_no_error (call.error);
  while (jump_http_peer_count_left (fixture->peer) < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (other.n_done, ==, 0);
  http_call_clear (&call);
  http_call_clear (&other);
  loop_assert_idle ();
}

static const JumpPeerEnd ends[] = { JUMP_PEER_CLOSE, JUMP_PEER_RESET };

static void
add (const char *path, gconstpointer data, void (*func) (HttpFixture *, gconstpointer))
{
  g_autofree char *full_path = g_strconcat ("/http-client/", path, NULL);

  g_test_add (full_path, HttpFixture, data, http_fixture_set_up, func, http_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("post", NULL, test_post);
  add ("methods", NULL, test_methods);
  add ("request-headers", NULL, test_request_headers);
  add ("post-reuses-connection", NULL, test_post_reuses_connection);
  add ("distrust-connections", NULL, test_distrust_connections);
  add ("fresh-connection", NULL, test_fresh_connection);
  add ("post-is-sent-once/close", &ends[0], test_post_is_sent_once);
  add ("post-is-sent-once/reset", &ends[1], test_post_is_sent_once);
  add ("get-is-tried-again", NULL, test_get_is_tried_again);
  add ("idle-connection-was-closed", NULL, test_idle_connection_was_closed);
  add ("large-body", NULL, test_large_body);
  add ("refused", NULL, test_refused);
  add ("bad-urls", NULL, test_bad_urls);
  add ("tls-to-plain-server", NULL, test_tls_to_plain_server);
  add ("proxy", NULL, test_proxy);
  add ("client-goes-in-callback", NULL, test_client_goes_in_callback);
  return g_test_run ();
}
