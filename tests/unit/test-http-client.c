/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/net/http-client.h"
#include "service/net/http-problem.h"
#include "tests/support/http-peer.h"

#include <curl/curl.h>
#include <string.h>

#define REPLY_OK "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

typedef struct
{
  JumpPoller *poller;
  JumpHttpPeer *peer;
  JumpHttpClient *client;
} Fixture;

typedef enum
{
  WHEN_NEVER,
  WHEN_HEADERS,
  WHEN_DATA,
} When;

/* What one transfer did, and what to do in its callbacks. */
typedef struct
{
  Fixture *fixture;
  JumpHttpTransfer *transfer;
  guint status;
  guint n_headers;
  guint n_data;
  guint n_done;
  gsize largest;
  GString *body;
  GError *error;
  char *server; /* header X-Test */
  gboolean was_sent;
  When cancels;
  When pauses;
  gboolean drops_client;
  gboolean inside; /* in a call that must not call back */
} Call;

static void
on_headers (JumpHttpTransfer *transfer, guint status, gpointer user_data)
{
  Call *call = user_data;

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
  Call *call = user_data;

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
  Call *call = user_data;

  g_assert_false (call->inside);
  call->n_done++;
  call->was_sent = jump_http_transfer_was_sent (transfer);
  if (error != NULL)
    call->error = g_error_copy (error);
  if (call->drops_client)
    g_clear_object (&call->fixture->client);
}

static const JumpHttpTransferFuncs funcs = {
  .on_headers = on_headers,
  .on_data = on_data,
  .on_done = on_done,
};

static void
call_init (Call *call, Fixture *fixture)
{
  memset (call, 0, sizeof *call);
  call->fixture = fixture;
  call->body = g_string_new (NULL);
}

static void
call_clear (Call *call)
{
  g_string_free (call->body, TRUE);
  g_clear_error (&call->error);
  g_free (call->server);
}

static JumpHttpRequest *
request_new (Fixture *fixture, const char *method, const char *body)
{
  g_autofree char *url = jump_http_peer_dup_url (fixture->peer, "/path?query=1");
  JumpHttpRequest *request = jump_http_request_new (method, url);
  g_autoptr (GBytes) bytes = body == NULL ? NULL : g_bytes_new (body, strlen (body));

  if (body != NULL)
    jump_http_request_set_body (request, bytes, "application/json");
  return request;
}

static void
start (Call *call, JumpHttpRequest *request)
{
  call->inside = TRUE;
  call->transfer = jump_http_client_start (call->fixture->client, request, &funcs, call);
  call->inside = FALSE;
}

static void
wait_done (Call *call)
{
  while (call->n_done == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (call->n_done, ==, 1);
}

/* Until nothing moves any more. */
static void
settle (void)
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

static void
let_pass (guint ms)
{
  gboolean is_over = FALSE;

  g_timeout_add (ms, on_time_over, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

static void
run (Fixture *fixture, Call *call, const char *method, const char *body)
{
  call_init (call, fixture);
  start (call, request_new (fixture, method, body));
  wait_done (call);
}

static void
assert_loop_is_idle (void)
{
  GMainContext *context = g_main_context_default ();
  GPollFD fds[16];
  int timeout;
  int priority;

  settle ();
  g_assert_true (g_main_context_acquire (context));
  g_main_context_prepare (context, &priority);
  g_main_context_query (context, priority, &timeout, fds, G_N_ELEMENTS (fds));
  g_main_context_check (context, priority, fds, 0);
  g_main_context_release (context);
  g_assert_cmpint (timeout, ==, -1);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  JumpHttpClientOptions options = {
    .connect_timeout_ms = 5000,
    .keep_alive_interval_ms = 30000,
    .idle_connection_seconds = 60,
  };

  fixture->poller = jump_poller_new ();
  fixture->peer = jump_http_peer_new ();
  fixture->client = jump_http_client_new (fixture->poller, &options);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->client);
  jump_http_peer_free (fixture->peer);
  jump_poller_unref (fixture->poller);
}

static void
add_reply (Fixture *fixture, const char *bytes)
{
  jump_http_peer_add_reply (fixture->peer, bytes, -1, 0, JUMP_PEER_KEEP);
}

static void
add_last_reply (Fixture *fixture, const char *bytes)
{
  jump_http_peer_add_reply (fixture->peer, bytes, -1, 0, JUMP_PEER_CLOSE);
}

/* A reply with @size bytes that are all different from their neighbours. */
static void
add_big_reply (Fixture *fixture, gsize size)
{
  g_autoptr (GString) reply = g_string_sized_new (size + 100);

  g_string_printf (reply, "HTTP/1.1 200 OK\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n", size);
  for (gsize i = 0; i < size; i++)
    g_string_append_c (reply, (char) ('a' + i % 23));
  jump_http_peer_add_reply (fixture->peer, reply->str, (gssize) reply->len, 0, JUMP_PEER_KEEP);
}

static void
assert_big_body (const GString *body, gsize size)
{
  g_assert_cmpuint (body->len, ==, size);
  for (gsize i = 0; i < size; i++)
    if (body->str[i] != (char) ('a' + i % 23))
      g_assert_cmpint (body->str[i], ==, 'a' + (int) (i % 23));
}

static void
assert_failed (Call *call, JumpError code, const char *part)
{
  g_assert_error (call->error, JUMP_ERROR, (int) code);
  g_assert_nonnull (strstr (call->error->message, part));
}

static void
test_post (Fixture *fixture, gconstpointer data)
{
  Call call;
  const char *request;

  add_reply (fixture, "HTTP/1.1 201 Fine\r\nX-Test: 1\r\nContent-Length: 4\r\n\r\nabcd");
  run (fixture, &call, "POST", "{\"a\":1}");
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
  call_clear (&call);
}

static void
test_methods (Fixture *fixture, gconstpointer data)
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
      Call call;
      const char *request;
      gboolean has_length = cases[i].body != NULL || g_str_equal (cases[i].method, "POST");
      gboolean is_head = g_str_equal (cases[i].method, "HEAD");

      add_reply (fixture, is_head ? "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n" : REPLY_OK);
      run (fixture, &call, cases[i].method, cases[i].body);
      g_assert_no_error (call.error);
      g_assert_cmpuint (call.body->len, ==, is_head ? 0 : 2);
      request = jump_http_peer_get_request (fixture->peer, i);
      g_assert_true (g_str_has_prefix (request, cases[i].method));
      g_assert_cmpint (request[strlen (cases[i].method)], ==, ' ');
      g_assert_cmpint (strstr (request, "Content-Length") != NULL, ==, has_length);
      g_assert_cmpint (strstr (request, "Content-Type") != NULL, ==, cases[i].body != NULL);
      g_assert_true (g_str_has_suffix (request, cases[i].body == NULL ? "" : cases[i].body));
      call_clear (&call);
    }
  g_assert_cmpuint (jump_http_peer_count_connections (fixture->peer), ==, 1);
}

static void
test_request_headers (Fixture *fixture, gconstpointer data)
{
  Call call;
  JumpHttpRequest *request = request_new (fixture, "GET", NULL);
  const char *text;

  add_reply (fixture, REPLY_OK);
  jump_http_request_add_header (request, "X-Empty", "");
  jump_http_request_add_header (request, "X-Twice", "1");
  jump_http_request_add_header (request, "X-Twice", "2");
  jump_http_request_add_header (request, "X-Evil", "a\r\nX-Injected: b");
  jump_http_request_add_header (request, "User-Agent", "me");
  call_init (&call, fixture);
  start (&call, request);
  wait_done (&call);
  text = jump_http_peer_get_request (fixture->peer, 0);
  g_assert_nonnull (strstr (text, "\r\nX-Empty:\r\n"));
  g_assert_nonnull (strstr (text, "\r\nX-Twice: 1\r\nX-Twice: 2\r\n"));
  g_assert_nonnull (strstr (text, "\r\nX-Evil: a  X-Injected: b\r\n"));
  g_assert_nonnull (strstr (text, "\r\nUser-Agent: me\r\n"));
  call_clear (&call);
}

static void
on_reply_header (const char *name, const char *value, gpointer user_data)
{
  g_string_append_printf (user_data, "%s=%s;", name, value);
}

static void
on_headers_collect (JumpHttpTransfer *transfer, guint status, gpointer user_data)
{
  Call *call = user_data;

  call->status = status;
  call->n_headers++;
  g_assert_null (jump_http_transfer_get_header (transfer, "X-Interim"));
  g_assert_null (jump_http_transfer_get_header (transfer, "X"));
  g_assert_cmpstr (jump_http_transfer_get_header (transfer, "set-cookie"), ==, "b=2");
  g_assert_cmpstr (jump_http_transfer_get_header (transfer, "X-EMPTY"), ==, "");
  jump_http_transfer_foreach_header (transfer, on_reply_header, call->body);
}

static void
test_reply_headers (Fixture *fixture, gconstpointer data)
{
  static const JumpHttpTransferFuncs collect = { on_headers_collect, NULL, on_done };
  Call call;

  add_reply (fixture,
             "HTTP/1.1 103 Early Hints\r\nX-Interim: 1\r\n\r\n"
             "HTTP/1.1 100 Continue\r\n\r\n"
             "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nset-cookie:b=2\r\nX-Empty:\r\n"
             "X-Folded: a\r\n  b \r\nX-Space:\t c: d \r\nTransfer-Encoding: chunked\r\n\r\n"
             "2\r\nok\r\n0\r\nX-Trailer: 1\r\n\r\n");
  call_init (&call, fixture);
  jump_http_client_start (fixture->client, request_new (fixture, "GET", NULL), &collect, &call);
  wait_done (&call);
  g_assert_no_error (call.error);
  g_assert_cmpuint (call.n_headers, ==, 1);
  g_assert_cmpuint (call.status, ==, 200);
  g_assert_cmpstr (call.body->str,
                   ==,
                   "Set-Cookie=a=1;set-cookie=b=2;X-Empty=;X-Folded=a b;X-Space=c: d;"
                   "Transfer-Encoding=chunked;");
  call_clear (&call);
}

static void
test_too_many_headers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) reply = g_string_new ("HTTP/1.1 200 OK\r\n");
  Call call;

  for (guint i = 0; reply->len < JUMP_LIMIT_UPSTREAM_HEADERS; i++)
    g_string_append_printf (reply, "X-%u: %0100d\r\n", i, 7);
  g_string_append (reply, "Content-Length: 0\r\n\r\n");
  add_reply (fixture, reply->str);
  run (fixture, &call, "GET", NULL);
  assert_failed (&call, JUMP_ERROR_UPSTREAM, "header of more than 262144 bytes");
  g_assert_cmpuint (call.n_headers, ==, 0);
  call_clear (&call);
}

/* Model requests are POST: a new connection for each would cost a TLS handshake each. */
static void
test_post_reuses_connection (Fixture *fixture, gconstpointer data)
{
  add_reply (fixture, REPLY_OK);
  for (guint i = 0; i < 20; i++)
    {
      Call call;

      run (fixture, &call, "POST", "{}");
      g_assert_no_error (call.error);
      g_assert_cmpstr (call.body->str, ==, "ok");
      call_clear (&call);
    }
  g_assert_cmpuint (jump_http_peer_count_connections (fixture->peer), ==, 1);
  g_assert_cmpuint (jump_http_peer_count_requests (fixture->peer), ==, 20);
  assert_loop_is_idle ();
}

static void
test_fresh_connection (Fixture *fixture, gconstpointer data)
{
  Call call;
  JumpHttpRequest *request;

  add_reply (fixture, REPLY_OK);
  run (fixture, &call, "POST", "{}");
  call_clear (&call);
  call_init (&call, fixture);
  request = request_new (fixture, "POST", "{}");
  request->fresh_connection = TRUE;
  start (&call, request);
  wait_done (&call);
  g_assert_no_error (call.error);
  call_clear (&call);
  g_assert_cmpuint (jump_http_peer_count_connections (fixture->peer), ==, 2);
  run (fixture, &call, "POST", "{}");
  call_clear (&call);
  g_assert_cmpuint (jump_http_peer_count_connections (fixture->peer), ==, 2);
}

/* The peer takes the whole POST on a connection that was used before and dies: libcurl by itself
 * would send it again, and the model call would be billed twice. */
static void
test_post_is_sent_once (Fixture *fixture, gconstpointer data)
{
  const JumpPeerEnd *end = data;
  Call call;

  add_reply (fixture, REPLY_OK);
  jump_http_peer_add_reply (fixture->peer, "", 0, 0, *end);
  add_reply (fixture, REPLY_OK);
  run (fixture, &call, "POST", "{\"n\":1}");
  g_assert_no_error (call.error);
  call_clear (&call);
  run (fixture, &call, "POST", "{\"n\":2}");
  assert_failed (&call, JUMP_ERROR_UPSTREAM, "\"127.0.0.1\"");
  g_assert_true (call.was_sent);
  g_assert_cmpuint (call.n_headers, ==, 0);
  call_clear (&call);
  settle ();
  g_assert_cmpuint (jump_http_peer_count_requests (fixture->peer), ==, 2);

  run (fixture, &call, "POST", "{\"n\":3}");
  g_assert_no_error (call.error);
  call_clear (&call);
  g_assert_cmpuint (jump_http_peer_count_requests (fixture->peer), ==, 3);
}

/* Without a body nothing is billed: there libcurl's second try is welcome. */
static void
test_get_is_tried_again (Fixture *fixture, gconstpointer data)
{
  Call call;

  add_reply (fixture, REPLY_OK);
  add_last_reply (fixture, "");
  add_reply (fixture, REPLY_OK);
  run (fixture, &call, "GET", NULL);
  call_clear (&call);
  run (fixture, &call, "GET", NULL);
  g_assert_no_error (call.error);
  g_assert_cmpstr (call.body->str, ==, "ok");
  g_assert_false (call.was_sent);
  call_clear (&call);
  g_assert_cmpuint (jump_http_peer_count_requests (fixture->peer), ==, 3);
}

static void
test_idle_connection_was_closed (Fixture *fixture, gconstpointer data)
{
  Call call;

  add_reply (fixture, REPLY_OK);
  for (guint i = 1; i <= 3; i++)
    {
      run (fixture, &call, "POST", "{}");
      g_assert_no_error (call.error);
      call_clear (&call);
      g_assert_cmpuint (jump_http_peer_count_connections (fixture->peer), ==, i);
      jump_http_peer_close_all (fixture->peer);
      assert_loop_is_idle ();
    }
  g_assert_cmpuint (jump_http_peer_count_requests (fixture->peer), ==, 3);
}

static void
test_large_body (Fixture *fixture, gconstpointer data)
{
  gsize size = 3 * 1024 * 1024 + 17;
  g_autofree char *text = g_malloc (size);
  g_autoptr (GBytes) body = NULL;
  JumpHttpRequest *request = request_new (fixture, "POST", NULL);
  Call call;

  for (gsize i = 0; i < size; i++)
    text[i] = (char) ('a' + i % 23);
  body = g_bytes_new_take (g_steal_pointer (&text), size);
  jump_http_request_set_body (request, body, "application/json");
  add_reply (fixture, REPLY_OK);
  call_init (&call, fixture);
  start (&call, request);
  wait_done (&call);
  g_assert_no_error (call.error);
  g_assert_cmpuint (jump_http_peer_get_request_length (fixture->peer, 0), >, size);
  g_assert_cmpmem (jump_http_peer_get_request (fixture->peer, 0) +
                       jump_http_peer_get_request_length (fixture->peer, 0) - size,
                   size,
                   g_bytes_get_data (body, NULL),
                   size);
  call_clear (&call);
}

typedef struct
{
  const char *name;
  const char *reply;
  JumpPeerEnd end;
  const char *problem; /* NULL: none */
  const char *body;
} ReplyCase;

static const ReplyCase reply_cases[] = {
  { "length", REPLY_OK, JUMP_PEER_KEEP, NULL, "ok" },
  { "no-length", "HTTP/1.1 200 OK\r\n\r\nall of it", JUMP_PEER_CLOSE, NULL, "all of it" },
  { "http-1.0", "HTTP/1.0 200 OK\r\n\r\nall", JUMP_PEER_CLOSE, NULL, "all" },
  { "no-content", "HTTP/1.1 204 No Content\r\n\r\n", JUMP_PEER_KEEP, NULL, "" },
  { "redirect",
    "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 1\r\n\r\nx",
    JUMP_PEER_KEEP,
    NULL,
    "x" },
  { "chunked",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;ext=1\r\nabc\r\nA\r\n0123456789\r\n"
    "0\r\n\r\n",
    JUMP_PEER_KEEP,
    NULL,
    "abc0123456789" },
  { "compressed-stays",
    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nzip",
    JUMP_PEER_KEEP,
    NULL,
    "zip" },
  { "error-status",
    "HTTP/1.1 500 No\r\nContent-Length: 3\r\n\r\nbad",
    JUMP_PEER_KEEP,
    NULL,
    "bad" },
  { "short",
    "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
    JUMP_PEER_CLOSE,
    "the reply of \"127.0.0.1\" was cut off",
    "abc" },
  { "chunk-cut",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    JUMP_PEER_CLOSE,
    "the reply of \"127.0.0.1\" was cut off",
    "ab" },
  { "last-chunk-missing",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
    JUMP_PEER_CLOSE,
    "the reply of \"127.0.0.1\" was cut off",
    "ab" },
  { "bad-chunk",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\nzz\r\n",
    JUMP_PEER_KEEP,
    "\"127.0.0.1\"",
    "ab" },
  { "header-cut",
    "HTTP/1.1 200 OK\r\nContent-Le",
    JUMP_PEER_CLOSE,
    "the reply of \"127.0.0.1\" was cut off: the header is incomplete",
    "" },
  { "nothing", "", JUMP_PEER_CLOSE, "\"127.0.0.1\" closed the connection without an answer", "" },
  { "reset", "", JUMP_PEER_RESET, "\"127.0.0.1\" failed: ", "" },
  { "not-http", "SSH-2.0-OpenSSH\r\n\r\n", JUMP_PEER_CLOSE, "\"127.0.0.1\"", "" },
};

/* Whole, and byte by byte. */
static void
test_reply_case (Fixture *fixture, gconstpointer data)
{
  const ReplyCase *test = data;

  jump_http_peer_add_reply (fixture->peer, test->reply, -1, 0, test->end);
  jump_http_peer_add_reply (fixture->peer, test->reply, -1, 1, test->end);
  for (guint i = 0; i < 2; i++)
    {
      Call call;
      JumpHttpRequest *request = request_new (fixture, "POST", "{}");

      request->fresh_connection = TRUE;
      call_init (&call, fixture);
      start (&call, request);
      wait_done (&call);
      if (test->problem == NULL)
        g_assert_no_error (call.error);
      else
        assert_failed (&call, JUMP_ERROR_UPSTREAM, test->problem);
      g_assert_cmpstr (call.body->str, ==, test->body);
      call_clear (&call);
    }
  assert_loop_is_idle ();
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  Call call;
  JumpHttpRequest *request = request_new (fixture, "POST", "{}");

  jump_http_peer_free (fixture->peer);
  fixture->peer = jump_http_peer_new ();
  call_init (&call, fixture);
  start (&call, request);
  wait_done (&call);
  g_assert_error (call.error, JUMP_ERROR, JUMP_ERROR_UPSTREAM);
  g_assert_cmpstr (call.error->message,
                   ==,
                   "could not connect to \"127.0.0.1\": connection refused");
  g_assert_false (call.was_sent);
  call_clear (&call);
  assert_loop_is_idle ();
}

static void
test_bad_urls (Fixture *fixture, gconstpointer data)
{
  static const char *const urls[] = { "", "ftp://127.0.0.1/", "file:///etc/passwd", "http://" };

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      Call call;

      call_init (&call, fixture);
      start (&call, jump_http_request_new ("GET", urls[i]));
      wait_done (&call);
      g_assert_error (call.error, JUMP_ERROR, JUMP_ERROR_UPSTREAM);
      g_assert_cmpuint (call.n_headers, ==, 0);
      call_clear (&call);
    }
}

static void
test_tls_to_plain_server (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = jump_http_peer_dup_url (fixture->peer, "/");
  g_autofree char *secure = g_strconcat ("https", url + 4, NULL);
  JumpHttpRequest *request = jump_http_request_new ("GET", secure);
  Call call;

  request->connect_timeout_ms = 50;
  call_init (&call, fixture);
  start (&call, request);
  /* the handshake gets no answer: the time limit for connecting covers it */
  wait_done (&call);
  assert_failed (&call, JUMP_ERROR_TIMEOUT, "\"127.0.0.1\" did not answer in time");
  call_clear (&call);

  call_init (&call, fixture);
  start (&call, jump_http_request_new ("GET", secure));
  while (jump_http_peer_count_connections (fixture->peer) < 2)
    g_main_context_iteration (NULL, TRUE);
  jump_http_peer_say (fixture->peer, "HTTP/1.1 400 Bad Request\r\n\r\n");
  wait_done (&call);
  assert_failed (&call, JUMP_ERROR_UPSTREAM, "TLS handshake with \"127.0.0.1\" failed: ");
  call_clear (&call);
}

/* A client that stops reading brakes the peer: the bytes stay in its socket. */
static void
test_pause_brakes (Fixture *fixture, gconstpointer data)
{
  const When *when = data;
  gsize size = 16 * 1024 * 1024;
  gsize written;
  gsize received;
  Call call;

  add_big_reply (fixture, size);
  call_init (&call, fixture);
  call.pauses = *when;
  start (&call, request_new (fixture, "POST", "{}"));
  while (call.n_headers == 0 || (*when == WHEN_DATA && call.n_data == 0))
    g_main_context_iteration (NULL, TRUE);
  received = call.body->len;
  settle ();
  let_pass (20);
  written = jump_http_peer_count_written (fixture->peer);
  g_assert_cmpuint (written, <, size);
  g_assert_cmpuint (call.body->len, ==, received);
  g_assert_cmpuint (call.n_data, ==, *when == WHEN_DATA ? 1 : 0);

  call.pauses = WHEN_NEVER;
  call.inside = TRUE;
  jump_http_transfer_resume (call.transfer);
  call.inside = FALSE;
  wait_done (&call);
  g_assert_no_error (call.error);
  assert_big_body (call.body, size);
  g_assert_cmpuint (call.largest, <=, JUMP_LIMIT_UPSTREAM_READ);
  call_clear (&call);
}

/* Pauses after each piece: only one comes per resume, so never more than one read is held. */
static void
test_pause_each_piece (Fixture *fixture, gconstpointer data)
{
  gsize size = 1024 * 1024;
  Call call;

  add_big_reply (fixture, size);
  call_init (&call, fixture);
  call.pauses = WHEN_DATA;
  start (&call, request_new (fixture, "POST", "{}"));
  for (guint i = 1; call.n_done == 0; i++)
    {
      while (call.n_data < i && call.n_done == 0)
        g_main_context_iteration (NULL, TRUE);
      if (i % 8 == 0)
        settle ();
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
  assert_big_body (call.body, size);
  g_assert_cmpuint (call.largest, <=, JUMP_LIMIT_UPSTREAM_READ);
  call_clear (&call);
}

static void
test_cancel_while_paused (Fixture *fixture, gconstpointer data)
{
  Call call;

  add_big_reply (fixture, 4 * 1024 * 1024);
  call_init (&call, fixture);
  call.pauses = WHEN_DATA;
  start (&call, request_new (fixture, "POST", "{}"));
  while (call.n_data == 0)
    g_main_context_iteration (NULL, TRUE);
  settle ();
  jump_http_transfer_resume (call.transfer);
  jump_http_transfer_cancel (call.transfer);
  while (jump_http_peer_count_left (fixture->peer) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (call.n_data, ==, 1);
  g_assert_cmpuint (call.n_done, ==, 0);
  call_clear (&call);
}

/* Cancelled from the callback that the end of a pause leads to. */
static void
test_cancel_in_held_data (Fixture *fixture, gconstpointer data)
{
  Call call;

  add_big_reply (fixture, 4 * 1024 * 1024);
  call_init (&call, fixture);
  call.pauses = WHEN_HEADERS;
  call.cancels = WHEN_DATA;
  start (&call, request_new (fixture, "POST", "{}"));
  while (call.n_headers == 0)
    g_main_context_iteration (NULL, TRUE);
  settle ();
  jump_http_transfer_resume (call.transfer);
  while (jump_http_peer_count_left (fixture->peer) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (call.n_data, ==, 1);
  g_assert_cmpuint (call.n_done, ==, 0);
  call_clear (&call);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  const When *when = data;
  Call call;

  add_reply (fixture, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
  call_init (&call, fixture);
  call.cancels = *when;
  start (&call, request_new (fixture, "POST", "{}"));
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
  call_clear (&call);
  assert_loop_is_idle ();
}

static void
test_cancel_before_start (Fixture *fixture, gconstpointer data)
{
  Call call;

  call_init (&call, fixture);
  start (&call, request_new (fixture, "POST", "{}"));
  jump_http_transfer_cancel (call.transfer);
  assert_loop_is_idle ();
  g_assert_cmpuint (jump_http_peer_count_connections (fixture->peer), ==, 0);
  g_assert_cmpuint (call.n_done, ==, 0);
  call_clear (&call);
}

static void
test_idle_timeout (Fixture *fixture, gconstpointer data)
{
  static const char *const replies[] = {
    "",
    "HTTP/1.1 200 OK\r\nContent-Le",
    "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
  };

  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      JumpHttpRequest *request = request_new (fixture, "POST", "{}");
      Call call;

      request->idle_timeout_ms = 30;
      add_reply (fixture, replies[i]);
      call_init (&call, fixture);
      start (&call, request);
      wait_done (&call);
      g_assert_error (call.error, JUMP_ERROR, JUMP_ERROR_TIMEOUT);
      g_assert_cmpstr (call.error->message,
                       ==,
                       "\"127.0.0.1\" did not answer in time: no data for 30 ms");
      g_assert_cmpuint (call.n_data, ==, i == 2 ? 1 : 0);
      g_assert_true (call.was_sent);
      call_clear (&call);
      assert_loop_is_idle ();
    }
}

/* Bytes that come slowly are not silence. */
static void
test_slow_is_not_silent (Fixture *fixture, gconstpointer data)
{
  JumpHttpRequest *request = request_new (fixture, "POST", "{}");
  Call call;

  request->idle_timeout_ms = 2000;
  add_reply (fixture, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
  call_init (&call, fixture);
  start (&call, request);
  for (guint i = 0; i < 10; i++)
    {
      let_pass (5);
      jump_http_peer_say (fixture->peer, "x");
    }
  wait_done (&call);
  g_assert_no_error (call.error);
  g_assert_cmpstr (call.body->str, ==, "xxxxxxxxxx");
  call_clear (&call);
  assert_loop_is_idle ();
}

static void
test_paused_is_not_silent (Fixture *fixture, gconstpointer data)
{
  JumpHttpRequest *request = request_new (fixture, "POST", "{}");
  Call call;

  request->idle_timeout_ms = 20;
  add_reply (fixture, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
  call_init (&call, fixture);
  call.pauses = WHEN_DATA;
  start (&call, request);
  while (call.n_data == 0 && call.n_done == 0)
    g_main_context_iteration (NULL, TRUE);
  let_pass (80);
  g_assert_cmpuint (call.n_done, ==, 0);
  jump_http_transfer_resume (call.transfer);
  wait_done (&call);
  g_assert_error (call.error, JUMP_ERROR, JUMP_ERROR_TIMEOUT);
  call_clear (&call);
}

static void
test_total_timeout (Fixture *fixture, gconstpointer data)
{
  JumpHttpRequest *request = request_new (fixture, "POST", "{}");
  Call call;

  request->total_timeout_ms = 30;
  add_reply (fixture, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
  call_init (&call, fixture);
  start (&call, request);
  wait_done (&call);
  assert_failed (&call, JUMP_ERROR_TIMEOUT, "\"127.0.0.1\" did not answer in time: ");
  call_clear (&call);
  assert_loop_is_idle ();
}

static void
test_parallel (Fixture *fixture, gconstpointer data)
{
  enum
  {
    N_CALLS = 100
  };
  g_autofree Call *calls = g_new (Call, N_CALLS);

  add_big_reply (fixture, 50000);
  for (guint round = 1; round <= 2; round++)
    {
      for (guint i = 0; i < N_CALLS; i++)
        {
          JumpHttpRequest *request = request_new (fixture, "POST", "{}");

          request->idle_timeout_ms = 20000 + i;
          call_init (&calls[i], fixture);
          start (&calls[i], request);
        }
      for (guint i = 0; i < N_CALLS; i++)
        {
          wait_done (&calls[i]);
          g_assert_no_error (calls[i].error);
          assert_big_body (calls[i].body, 50000);
          call_clear (&calls[i]);
        }
      g_assert_cmpuint (jump_http_peer_count_requests (fixture->peer), ==, N_CALLS * round);
      g_assert_cmpuint (jump_http_peer_count_connections (fixture->peer), ==, N_CALLS);
      assert_loop_is_idle ();
    }
}

/* The next request is started, and another one cancelled, from a callback. */
typedef struct
{
  Call call;
  Call next;
  Call other;
} Chain;

static void
on_data_chain (JumpHttpTransfer *transfer, const char *data, gsize length, gpointer user_data)
{
  Chain *chain = user_data;

  chain->call.n_data++;
  if (chain->call.n_data > 1)
    return;
  start (&chain->next, request_new (chain->call.fixture, "POST", "{}"));
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
test_start_and_cancel_in_callback (Fixture *fixture, gconstpointer data)
{
  static const JumpHttpTransferFuncs chain_funcs = { NULL, on_data_chain, on_done_chain };
  Chain chain;

  add_reply (fixture, "");
  add_reply (fixture, REPLY_OK);
  call_init (&chain.call, fixture);
  call_init (&chain.next, fixture);
  call_init (&chain.other, fixture);
  start (&chain.other, request_new (fixture, "POST", "{}"));
  while (jump_http_peer_count_requests (fixture->peer) == 0)
    g_main_context_iteration (NULL, TRUE);
  jump_http_client_start (fixture->client,
                          request_new (fixture, "POST", "{}"),
                          &chain_funcs,
                          &chain);
  wait_done (&chain.next);
  g_assert_no_error (chain.next.error);
  g_assert_cmpstr (chain.next.body->str, ==, "ok");
  g_assert_cmpuint (chain.call.n_done, ==, 1);
  while (jump_http_peer_count_left (fixture->peer) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (chain.other.n_done, ==, 0);
  call_clear (&chain.call);
  call_clear (&chain.next);
  call_clear (&chain.other);
}

static void
test_client_goes_in_callback (Fixture *fixture, gconstpointer data)
{
  Call call;
  Call other;

  add_reply (fixture, "");
  add_reply (fixture, REPLY_OK);
  call_init (&other, fixture);
  start (&other, request_new (fixture, "POST", "{}"));
  while (jump_http_peer_count_requests (fixture->peer) == 0)
    g_main_context_iteration (NULL, TRUE);
  call_init (&call, fixture);
  call.drops_client = TRUE;
  start (&call, request_new (fixture, "POST", "{}"));
  wait_done (&call);
  g_assert_no_error (call.error);
  while (jump_http_peer_count_left (fixture->peer) < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (other.n_done, ==, 0);
  call_clear (&call);
  call_clear (&other);
  assert_loop_is_idle ();
}

static void
test_proxy (Fixture *fixture, gconstpointer data)
{
  g_autofree char *proxy = jump_http_peer_dup_url (fixture->peer, "");
  g_autofree char *local = jump_http_peer_dup_url (fixture->peer, "/local");
  JumpHttpClientOptions options = { .proxy = proxy };
  Call call;

  add_reply (fixture, REPLY_OK);
  add_reply (fixture, REPLY_OK);
  add_reply (fixture, "HTTP/1.1 407 Authenticate\r\nX-Proxy: 1\r\nContent-Length: 0\r\n\r\n");
  jump_http_client_set_options (fixture->client, &options);
  call_init (&call, fixture);
  start (&call, jump_http_request_new ("GET", "http://upstream.invalid/models"));
  wait_done (&call);
  g_assert_no_error (call.error);
  g_assert_true (g_str_has_prefix (jump_http_peer_get_request (fixture->peer, 0),
                                   "GET http://upstream.invalid/models HTTP/1.1\r\n"));
  call_clear (&call);

  /* what runs on this machine is asked directly */
  call_init (&call, fixture);
  start (&call, jump_http_request_new ("GET", local));
  wait_done (&call);
  g_assert_no_error (call.error);
  g_assert_true (
      g_str_has_prefix (jump_http_peer_get_request (fixture->peer, 1), "GET /local HTTP/1.1\r\n"));
  call_clear (&call);

  call_init (&call, fixture);
  start (&call, jump_http_request_new ("GET", "https://upstream.invalid/models"));
  wait_done (&call);
  assert_failed (&call, JUMP_ERROR_UPSTREAM, "the proxy for \"upstream.invalid\" failed: ");
  g_assert_nonnull (strstr (call.error->message, "407"));
  g_assert_cmpuint (call.n_headers, ==, 0);
  call_clear (&call);
}

static void
test_problems (void)
{
  static const struct
  {
    CURLcode code;
    const char *url;
    const char *detail;
    JumpError expected_code;
    const char *expected;
  } cases[] = {
    { CURLE_COULDNT_RESOLVE_HOST,
      "https://api.example.com/x?token=secret",
      "Could not resolve host: api.example.com",
      JUMP_ERROR_UPSTREAM,
      "could not resolve host \"api.example.com\"" },
    { CURLE_PEER_FAILED_VERIFICATION,
      "https://name:password@api.example.com:8443/",
      "SSL certificate problem: self-signed certificate",
      JUMP_ERROR_UPSTREAM,
      "certificate of \"api.example.com\" is not trusted: SSL certificate problem: self-signed "
      "certificate" },
    { CURLE_COULDNT_CONNECT,
      "http://[::1]:80/",
      "Connection refused",
      JUMP_ERROR_UPSTREAM,
      "could not connect to \"::1\": connection refused" },
    { CURLE_OPERATION_TIMEDOUT,
      "http://a.b/",
      "Connection timed out after 20 milliseconds.\n",
      JUMP_ERROR_TIMEOUT,
      "\"a.b\" did not answer in time: connection timed out after 20 milliseconds" },
    { CURLE_RECV_ERROR,
      "https://a.b/",
      "CONNECT tunnel failed, response 403",
      JUMP_ERROR_UPSTREAM,
      "the proxy for \"a.b\" failed: CONNECT tunnel failed, response 403" },
    { CURLE_RECV_ERROR,
      "https://a.b/",
      "Recv failure: Connection reset by peer",
      JUMP_ERROR_UPSTREAM,
      "receiving from \"a.b\" failed: recv failure: Connection reset by peer" },
    { CURLE_URL_MALFORMAT,
      "::nonsense::",
      NULL,
      JUMP_ERROR_UPSTREAM,
      "the address of \"server\" is malformed" },
    { CURLE_OUT_OF_MEMORY,
      "http://a.b/",
      "",
      JUMP_ERROR_UPSTREAM,
      "the request to \"a.b\" failed: out of memory" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error =
          jump_http_problem_new ((int) cases[i].code, cases[i].url, cases[i].detail);

      g_assert_error (error, JUMP_ERROR, (int) cases[i].expected_code);
      g_assert_cmpstr (error->message, ==, cases[i].expected);
    }
}

static const JumpPeerEnd ends[] = { JUMP_PEER_CLOSE, JUMP_PEER_RESET };
static const When whens[] = { WHEN_NEVER, WHEN_HEADERS, WHEN_DATA };

static void
add (const char *path, gconstpointer data, void (*func) (Fixture *, gconstpointer))
{
  g_autofree char *full_path = g_strconcat ("/http-client/", path, NULL);

  g_test_add (full_path, Fixture, data, set_up, func, tear_down);
}

static void
add_lifecycle_tests (void)
{
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
  add ("client-goes-in-callback", NULL, test_client_goes_in_callback);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("post", NULL, test_post);
  add ("methods", NULL, test_methods);
  add ("request-headers", NULL, test_request_headers);
  add ("reply-headers", NULL, test_reply_headers);
  add ("too-many-headers", NULL, test_too_many_headers);
  add ("post-reuses-connection", NULL, test_post_reuses_connection);
  add ("fresh-connection", NULL, test_fresh_connection);
  add ("post-is-sent-once/close", &ends[0], test_post_is_sent_once);
  add ("post-is-sent-once/reset", &ends[1], test_post_is_sent_once);
  add ("get-is-tried-again", NULL, test_get_is_tried_again);
  add ("idle-connection-was-closed", NULL, test_idle_connection_was_closed);
  add ("large-body", NULL, test_large_body);
  for (guint i = 0; i < G_N_ELEMENTS (reply_cases); i++)
    {
      g_autofree char *path = g_strconcat ("reply/", reply_cases[i].name, NULL);

      add (path, &reply_cases[i], test_reply_case);
    }
  add ("refused", NULL, test_refused);
  add ("bad-urls", NULL, test_bad_urls);
  add ("tls-to-plain-server", NULL, test_tls_to_plain_server);
  add ("proxy", NULL, test_proxy);
  add_lifecycle_tests ();
  g_test_add_func ("/http-problem/table", test_problems);
  return g_test_run ();
}
