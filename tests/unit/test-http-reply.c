/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/limits.h"
#include "tests/unit/http-call.h"

#include <string.h>

static void
on_reply_header (const char *name, const char *value, gpointer user_data)
{
  g_string_append_printf (user_data, "%s=%s;", name, value);
}

static void
on_headers_collect (JumpHttpTransfer *transfer, guint status, gpointer user_data)
{
  HttpCall *call = user_data;

  call->status = status;
  call->n_headers++;
  g_assert_null (jump_http_transfer_get_header (transfer, "X-Interim"));
  g_assert_null (jump_http_transfer_get_header (transfer, "X"));
  g_assert_cmpstr (jump_http_transfer_get_header (transfer, "set-cookie"), ==, "b=2");
  g_assert_cmpstr (jump_http_transfer_get_header (transfer, "X-EMPTY"), ==, "");
  jump_http_transfer_foreach_header (transfer, on_reply_header, call->body);
}

static void
test_reply_headers (HttpFixture *fixture, gconstpointer data)
{
  const JumpHttpTransferFuncs collect = { on_headers_collect, NULL, http_call_funcs.on_done };
  HttpCall call;

  http_fixture_add_reply (
      fixture,
      "HTTP/1.1 103 Early Hints\r\nX-Interim: 1\r\n\r\n"
      "HTTP/1.1 100 Continue\r\n\r\n"
      "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nset-cookie:b=2\r\nX-Empty:\r\n"
      "X-Folded: a\r\n  b \r\nX-Space:\t c: d \r\nTransfer-Encoding: chunked\r\n\r\n"
      "2\r\nok\r\n0\r\nX-Trailer: 1\r\n\r\n");
  http_call_init (&call, fixture);
  jump_http_client_start (fixture->client,
                          http_fixture_request_new (fixture, "GET", NULL),
                          &collect,
                          &call);
  http_call_wait (&call);
  g_assert_no_error (call.error);
  g_assert_cmpuint (call.n_headers, ==, 1);
  g_assert_cmpuint (call.status, ==, 200);
  g_assert_cmpstr (call.body->str,
                   ==,
                   "Set-Cookie=a=1;set-cookie=b=2;X-Empty=;X-Folded=a b;X-Space=c: d;"
                   "Transfer-Encoding=chunked;");
  http_call_clear (&call);
}

/* A bare CR ends a line for lenient readers; headers go on to clients. */
static void
test_control_characters (HttpFixture *fixture, gconstpointer data)
{
  static const char reply[] = "HTTP/1.1 200 OK\r\nset-cookie: b=2\r\nX-Empty:\r\n"
                              "X-Bare: a\rSet-Cookie: evil\x01\x7f!\r\n"
                              "X Space: 1\r\nContent-Length: 0\r\n\r\n";
  const JumpHttpTransferFuncs collect = { on_headers_collect, NULL, http_call_funcs.on_done };
  HttpCall call;

  http_fixture_add_reply (fixture, reply);
  http_call_init (&call, fixture);
  jump_http_client_start (fixture->client,
                          http_fixture_request_new (fixture, "GET", NULL),
                          &collect,
                          &call);
  http_call_wait (&call);
  g_assert_no_error (call.error);
  g_assert_cmpstr (call.body->str,
                   ==,
                   "set-cookie=b=2;X-Empty=;X-Bare=a Set-Cookie: evil  !;Content-Length=0;");
  http_call_clear (&call);
}

static void
test_too_many_headers (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) reply = g_string_new ("HTTP/1.1 200 OK\r\n");
  HttpCall call;

  for (guint i = 0; reply->len < JUMP_LIMIT_UPSTREAM_HEADERS; i++)
    g_string_append_printf (reply, "X-%u: %0100d\r\n", i, 7);
  g_string_append (reply, "Content-Length: 0\r\n\r\n");
  http_fixture_add_reply (fixture, reply->str);
  http_call_run (fixture, &call, "GET", NULL);
  http_call_assert_failed (&call, JUMP_ERROR_UPSTREAM, "header of more than 262144 bytes");
  g_assert_cmpuint (call.n_headers, ==, 0);
  http_call_clear (&call);
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
test_reply_case (HttpFixture *fixture, gconstpointer data)
{
  const ReplyCase *test = data;

  jump_http_peer_add_reply (fixture->peer, test->reply, -1, 0, test->end);
  jump_http_peer_add_reply (fixture->peer, test->reply, -1, 1, test->end);
  for (guint i = 0; i < 2; i++)
    {
      HttpCall call;
      JumpHttpRequest *request = http_fixture_request_new (fixture, "POST", "{}");

      request->fresh_connection = TRUE;
      http_call_init (&call, fixture);
      http_call_start (&call, request);
      http_call_wait (&call);
      if (test->problem == NULL)
        g_assert_no_error (call.error);
      else
        http_call_assert_failed (&call, JUMP_ERROR_UPSTREAM, test->problem);
      g_assert_cmpstr (call.body->str, ==, test->body);
      http_call_clear (&call);
    }
  loop_assert_idle ();
}

static void
add (const char *path, gconstpointer data, void (*func) (HttpFixture *, gconstpointer))
{
  g_autofree char *full_path = g_strconcat ("/http-reply/", path, NULL);

  g_test_add (full_path, HttpFixture, data, http_fixture_set_up, func, http_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("headers", NULL, test_reply_headers);
  add ("control-characters", NULL, test_control_characters);
  add ("too-many-headers", NULL, test_too_many_headers);
  for (guint i = 0; i < G_N_ELEMENTS (reply_cases); i++)
    {
      g_autofree char *path = g_strconcat ("case/", reply_cases[i].name, NULL);

      add (path, &reply_cases[i], test_reply_case);
    }
  return g_test_run ();
}
