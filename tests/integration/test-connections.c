/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/wire.h"

#include <string.h>

/* Clients that use the wire in unusual ways, on raw sockets. */

static char *
new_chat_request (gboolean stream)
{
  const char *body = stream ? "{\"model\":\"gpt-4.1\",\"stream\":true,\"messages\":[{\"role\":"
                              "\"user\",\"content\":\"hello there\"}]}"
                            : "{\"model\":\"gpt-4.1\",\"messages\":[{\"role\":\"user\","
                              "\"content\":\"hello there\"}]}";

  return g_strdup_printf ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
                          "Content-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT
                          "\r\n\r\n%s",
                          strlen (body),
                          body);
}

#define LIVEZ "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"

/* Every cut of a request's bytes gives the same reply. */
static void
test_request_byte_by_byte (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *request = new_chat_request (TRUE);
  g_autoptr (Wire) wire = wire_new (fixture);

  for (gsize i = 0; request[i] != '\0'; i++)
    wire_send (wire, request + i, 1);
  wire_wait_for (wire, "data: [DONE]\n\n: x-jumpseat-credits ", 1);
  wire_wait_for (wire, "\n\r\n0\r\n\r\n", 1);
  g_assert_true (g_str_has_prefix (wire->got->str, "HTTP/1.1 200 OK\r\n"));
}

static void
test_keep_alive (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Wire) wire = wire_new (fixture);

  for (guint i = 1; i <= 5; i++)
    {
      g_autofree char *request = new_chat_request (i % 2 == 0);

      wire_send (wire, request, strlen (request));
      wire_wait_for (wire, i % 2 == 0 ? "\r\n0\r\n\r\n" : "\"total_tokens\"", (i + 1) / 2);
      turn_some (20);
    }
  g_assert_false (wire->is_closed);
}

/* Several requests in one packet are answered one after the other. */
static void
test_pipelining (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Wire) wire = wire_new (fixture);
  g_autofree char *stream = new_chat_request (TRUE);
  g_autofree char *whole = new_chat_request (FALSE);
  g_autofree char *all = g_strconcat (LIVEZ, stream, LIVEZ, whole, LIVEZ, LIVEZ, NULL);

  wire_send (wire, all, strlen (all));
  wire_wait_for (wire, "HTTP/1.1 200 OK\r\n", 6);
  wire_wait_for (wire, "\r\n\r\nOK", 4);
  g_assert_cmpuint (count_text (wire->got->str, "data: [DONE]"), ==, 1);
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "POST /chat/completions"), ==, 2);
}

static void
test_http10 (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Wire) wire = wire_new (fixture);
  const char *body =
      "{\"model\":\"gpt-4.1\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";
  g_autofree char *request =
      g_strdup_printf ("POST /v1/chat/completions HTTP/1.0\r\nHost: localhost\r\n"
                       "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                       strlen (body),
                       body);

  wire_send (wire, request, strlen (request));
  wire_wait_for_end (wire);
  g_assert_null (strstr (wire->got->str, "Transfer-Encoding"));
  g_assert_nonnull (strstr (wire->got->str, "data: [DONE]\n\n: x-jumpseat-credits "));
}

static void
test_head (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Wire) wire = wire_new (fixture);
  const char *request = "HEAD /livez HTTP/1.1\r\nHost: localhost\r\n\r\n" LIVEZ;

  wire_send (wire, request, strlen (request));
  wire_wait_for (wire, "\r\n\r\nOK", 1);
  g_assert_cmpuint (count_text (wire->got->str, "HTTP/1.1 200 OK\r\n"), ==, 2);
  g_assert_cmpuint (count_text (wire->got->str, "OK"), ==, 3);
}

/* Refused before its body was sent: the answer arrives, the connection ends. */
static void
test_refused_head (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Wire) wire = wire_new (fixture);
  const char *head = "POST /v1/chat/completions HTTP/1.1\r\nHost: evil.example\r\n"
                     "Content-Length: 1000000\r\n\r\n{\"start\":";
  g_autofree char *rest = g_strnfill (100000, 'x');

  wire_send (wire, head, strlen (head));
  wire_wait_for (wire, "wrong_host", 1);
  wire_send (wire, rest, strlen (rest));
  wire_read (wire);
  g_assert_true (g_str_has_prefix (wire->got->str, "HTTP/1.1 421 "));
  g_assert_nonnull (strstr (wire->got->str, "Connection: close\r\n"));
}

static void
test_garbage (void)
{
  static const char *const garbage[] = {
    "\r\n\r\n\r\n",
    "GARBAGE\r\n\r\n",
    "GET\r\n\r\n",
    "GET / HTTP/9.9\r\n\r\n",
    "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
    ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
     "Transfer-Encoding: chunked\r\n\r\nzzz\r\n"),
    "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 not http\r\n\r\n",
  };
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (gsize i = 0; i < G_N_ELEMENTS (garbage); i++)
    {
      g_autoptr (Wire) wire = wire_new (fixture);
      g_autoptr (Answer) healthy = NULL;

      g_test_message ("%" G_GSIZE_FORMAT, i);
      wire_send (wire, garbage[i], strlen (garbage[i]));
      g_socket_shutdown (wire->socket, FALSE, TRUE, NULL);
      wire_wait_for_end (wire);
      healthy = fixture_ask (fixture, "GET", "/livez", NULL);
      g_assert_cmpuint (healthy->status, ==, 200);
    }
}

/* Some requests are answered before anybody here sees them. What comes behind them is answered as
 * always, or the connection ends. */
static void
test_answered_by_parser (void)
{
  static const char *const requests[] = {
    "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "GET /v1/%2e%2e%2flivez HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "GET https://localhost/livez HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "GET /livez HTTP/1.1\r\nHost: local/host\r\n\r\n",
    "GET /livez HTTP/1.1\r\n\r\n",
    "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n",
  };
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (Wire) wire = wire_new (fixture);

      wire_send (wire, requests[i], strlen (requests[i]));
      wire_wait_for (wire, "HTTP/1.1 ", 1);
      turn_some (20);
      wire_read (wire);
      g_assert_true (g_str_has_prefix (wire->got->str, "HTTP/1.1 4") ||
                     g_str_has_prefix (wire->got->str, "HTTP/1.1 5"));
      if (wire->is_closed)
        continue;
      wire_send (wire, LIVEZ, strlen (LIVEZ));
      wire_wait_for (wire, "HTTP/1.1 200 OK\r\n", 1);
    }
}

static char *
new_chunked_chat_request (void)
{
  return g_strdup ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
                   "Transfer-Encoding: chunked\r\n\r\n"
                   "14\r\n{\"model\":\"gpt-4.1\",\"\r\n"
                   "2e\r\nmessages\":[{\"role\":\"user\",\"content\":\"hello\"}]}\r\n"
                   "0\r\n\r\n");
}

/* Clients that leave at every byte of their request. */
static void
test_leaving_early (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  char *requests[] = { new_chat_request (FALSE), new_chunked_chat_request () };
  g_autoptr (Answer) healthy = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autofree char *request = requests[i];

      for (gsize length = 0; length < strlen (request); length += 7)
        {
          g_autoptr (Wire) wire = wire_new (fixture);

          wire_send (wire, request, length);
        }
    }
  turn_some (50);
  healthy = fixture_ask (fixture, "GET", "/livez", NULL);
  g_assert_cmpuint (healthy->status, ==, 200);
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "POST /chat/completions"), ==, 0);
}

static gboolean
has_stopped (gpointer data)
{
  return *(gboolean *) data;
}

static void
on_object_gone (gpointer user_data, GObject *object)
{
  *(gboolean *) user_data = TRUE;
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *is_stopped = user_data;

  g_assert_true (jump_service_stop_finish (JUMP_SERVICE (source), result, NULL));
  *is_stopped = TRUE;
}

#define STALLED_STREAM                                                         \
  "{\"account\":{\"kind\":\"pro\"},\"models\":\"default\",\"rules\":[{\"on\":" \
  "\"POST /chat/completions\",\"stream\":{\"gap_ms\":2000}}]}"

/* A stream that runs may end; nobody new gets in. */
static void
test_stop_drains (void)
{
  g_autoptr (Fixture) fixture = fixture_new (STALLED_STREAM);
  g_autoptr (Wire) wire = wire_new (fixture);
  g_autofree char *request = new_chat_request (TRUE);
  gboolean is_stopped = FALSE;

  wire_send (wire, request, strlen (request));
  for (guint i = 0; count_text (wire->got->str, "data: ") == 0; i++)
    {
      jump_clock_fake_advance (fixture->clock, 100);
      turn_some (20);
      wire_read (wire);
      g_assert_cmpuint (i, <, 10000);
    }
  jump_service_stop_async (fixture->service, on_stopped, &is_stopped);
  turn_some (20);
  g_assert_false (is_stopped);
  g_assert_false (g_socket_is_closed (wire->socket));
  for (guint i = 0; i < 10000 && !has_stopped (&is_stopped); i++)
    {
      jump_clock_fake_advance (fixture->clock, 100);
      turn_some (20);
    }
  g_assert_true (is_stopped);
  wire_read (wire);
  g_assert_true (wire->is_closed);
}

/* A stream that never ends is cut after ten seconds. */
static void
test_stop_cuts (void)
{
  g_autoptr (Fixture) fixture =
      fixture_new ("{\"account\":{\"kind\":\"pro\"},\"models\":\"default\",\"rules\":[{\"on\":"
                   "\"POST /chat/completions\",\"stream\":{\"stall_after\":1}}]}");
  g_autoptr (Wire) wire = wire_new (fixture);
  g_autofree char *request = new_chat_request (TRUE);
  gboolean is_stopped = FALSE;

  wire_send (wire, request, strlen (request));
  wire_wait_for (wire, "HTTP/1.1 200 OK\r\n", 1);
  jump_service_stop_async (fixture->service, on_stopped, &is_stopped);
  jump_clock_fake_advance (fixture->clock, 9000);
  turn_some (20);
  g_assert_false (is_stopped);
  jump_clock_fake_advance (fixture->clock, 1500);
  turn_until (has_stopped, &is_stopped);
  wire_wait_for_end (wire);
}

/* The service goes while a client waits for an answer that is not a model's. The answer comes later
 * and finds nobody. */
static void
test_going_with_a_waiting_client (void)
{
  g_autoptr (Fixture) fixture =
      fixture_new ("{\"account\":{\"kind\":\"pro\"},\"models\":\"default\",\"rules\":[{\"on\":"
                   "\"GET /models\",\"delay_ms\":5000}]}");
  g_autoptr (Wire) wire = wire_new (fixture);
  const char *request = "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n";
  JumpModelCatalog *catalog = jump_service_get_catalog (fixture->service);
  gboolean is_catalog_gone = FALSE;

  g_object_weak_ref (G_OBJECT (catalog), on_object_gone, &is_catalog_gone);
  wire_send (wire, request, strlen (request));
  while (jump_simulator_count (fixture->simulator, "GET /models") == 0)
    turn_some (5);
  g_clear_object (&fixture->service);
  wire_wait_for_end (wire);
  g_assert_cmpuint (wire->got->len, ==, 0);
  jump_clock_fake_advance (fixture->clock, 6000);
  turn_until (has_stopped, &is_catalog_gone);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connections/request-byte-by-byte", test_request_byte_by_byte);
  g_test_add_func ("/connections/keep-alive", test_keep_alive);
  g_test_add_func ("/connections/pipelining", test_pipelining);
  g_test_add_func ("/connections/http10", test_http10);
  g_test_add_func ("/connections/head", test_head);
  g_test_add_func ("/connections/refused-head", test_refused_head);
  g_test_add_func ("/connections/garbage", test_garbage);
  g_test_add_func ("/connections/answered-by-parser", test_answered_by_parser);
  g_test_add_func ("/connections/leaving-early", test_leaving_early);
  g_test_add_func ("/connections/stop/drains", test_stop_drains);
  g_test_add_func ("/connections/stop/cuts", test_stop_cuts);
  g_test_add_func ("/connections/going-with-a-waiting-client", test_going_with_a_waiting_client);
  return g_test_run ();
}
