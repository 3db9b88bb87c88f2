/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/wire.h"

#include <string.h>

/* What clients may send and how much of it, on real sockets. */

#define LIVEZ "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"
#define POST  "POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"

typedef struct
{
  const char *request; /* somebody's idea of where it ends is another one's second request */
  const char *status;
} RefusedCase;

static const RefusedCase refused_cases[] = {
  { POST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400" },
  { POST "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", "400" },
  { POST "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", "400" },
  { POST "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n", "400" },
  { POST "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\n\r\n", "400" },
  { POST "Transfer-Encoding: chunked\r\n\r\n3\nabc\n0\n\n", "400" },
  { POST "Transfer-Encoding: gzip\r\n\r\n", "501" },
  { "GET /livez HTTP/1.1\r\nHost: localhost\r\nA: b\r\n c\r\n\r\n", "400" },
  { "GET /livez HTTP/1.1\r\nHost: localhost\r\nA : b\r\n\r\n", "400" },
  { "GET /livez HTTP/1.1\r\nHost: localhost\r\nA: b\rc\r\n\r\n", "400" },
  { "GET /livez HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", "400" },
  { "GET /livez HTTP/1.1\r\n\r\n", "400" },
  { "GET http://example.com/livez HTTP/1.1\r\nHost: localhost\r\n\r\n", "400" },
  { "GET  /livez HTTP/1.1\r\nHost: localhost\r\n\r\n", "400" },
};

/* One answer, and the end: what stands behind such a request is never answered. */
static void
test_refused (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (gsize i = 0; i < G_N_ELEMENTS (refused_cases); i++)
    {
      g_autofree char *text = g_strconcat (refused_cases[i].request, LIVEZ, NULL);
      g_autofree char *start = g_strconcat ("HTTP/1.1 ", refused_cases[i].status, " ", NULL);
      g_autoptr (Wire) wire = wire_new (fixture);

      g_test_message ("%s", refused_cases[i].request);
      wire_send (wire, text, strlen (text));
      g_socket_shutdown (wire->socket, FALSE, TRUE, NULL);
      wire_wait_for_end (wire);
      g_assert_true (g_str_has_prefix (wire->got->str, start));
      g_assert_cmpuint (count_text (wire->got->str, "HTTP/1.1 "), ==, 1);
      g_assert_nonnull (strstr (wire->got->str, "Connection: close\r\n"));
    }
}

/* Refused by its length alone, and in chunks as soon as it is too much; each in the client's dialect. */
static void
test_large_bodies (void)
{
  g_autoptr (Fixture) fixture =
      fixture_new_with_settings ("test", JUMP_KEY_SERVER_BODY_LIMIT, "1024", -1);
  static const char announced[] = POST "Content-Length: 1025\r\n\r\n";
  g_autofree char *filler = g_strnfill (0x401, 'x');
  g_autofree char *chunks =
      g_strconcat (POST "Transfer-Encoding: chunked\r\n\r\n401\r\n", filler, NULL);
  const char *const requests[] = { announced, chunks };

  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (Wire) wire = wire_new (fixture);

      wire_send (wire, requests[i], strlen (requests[i]));
      wire_wait_for (wire, "server.body_limit", 1);
      g_assert_true (g_str_has_prefix (wire->got->str, "HTTP/1.1 413 "));
      g_assert_nonnull (strstr (wire->got->str, "{\"type\":\"error\""));
      g_socket_shutdown (wire->socket, FALSE, TRUE, NULL);
      wire_wait_for_end (wire);
    }
}

static void
test_large_head (void)
{
  g_autoptr (Fixture) fixture =
      fixture_new_with_settings ("test", JUMP_KEY_LIMITS_HEAD_BYTES, "4096", -1);
  g_autofree char *filler = g_strnfill (4096, 'x');
  g_autofree char *request =
      g_strconcat ("POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nA: ", filler, NULL);
  g_autoptr (Wire) wire = wire_new (fixture);

  wire_send (wire, request, strlen (request));
  wire_wait_for (wire, "limits.head_bytes", 1);
  g_assert_true (g_str_has_prefix (wire->got->str, "HTTP/1.1 431 "));
  g_assert_nonnull (strstr (wire->got->str, "{\"type\":\"error\""));
}

static void
test_many_fields (void)
{
  g_autoptr (Fixture) fixture =
      fixture_new_with_settings ("test", JUMP_KEY_LIMITS_HEAD_FIELDS, "10", -1);
  static const char request[] = "GET /livez HTTP/1.1\r\nHost: localhost\r\n"
                                "A: 1\r\nA: 2\r\nA: 3\r\nA: 4\r\nA: 5\r\n"
                                "A: 6\r\nA: 7\r\nA: 8\r\nA: 9\r\nA: 10\r\n\r\n";
  g_autoptr (Wire) wire = wire_new (fixture);

  wire_send (wire, request, strlen (request));
  wire_wait_for (wire, "limits.head_fields", 1);
  g_assert_true (g_str_has_prefix (wire->got->str, "HTTP/1.1 431 "));
}

/* Nobody is told to go on with a body that is not wanted. */
static void
test_expect_continue (void)
{
  g_autoptr (Fixture) fixture =
      fixture_new_with_settings ("test", JUMP_KEY_SERVER_BODY_LIMIT, "1024", -1);
  static const char wanted[] = POST "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n";
  static const char unwanted[] = POST "Expect: 100-continue\r\nContent-Length: 2000\r\n\r\n";
  g_autoptr (Wire) first = wire_new (fixture);
  g_autoptr (Wire) second = wire_new (fixture);

  wire_send (first, wanted, strlen (wanted));
  wire_wait_for (first, "HTTP/1.1 100 Continue\r\n\r\n", 1);
  wire_send (second, unwanted, strlen (unwanted));
  wire_wait_for (second, "HTTP/1.1 413 ", 1);
  g_assert_null (strstr (second->got->str, "100 Continue"));
}

/* Connections that only lie there make room for one that asks. */
static void
test_idle_make_room (void)
{
  g_autoptr (Fixture) fixture =
      fixture_new_with_settings ("test", JUMP_KEY_LIMITS_CONNECTIONS_PER_PEER, "4", -1);
  g_autoptr (GPtrArray) idle = g_ptr_array_new_with_free_func ((GDestroyNotify) wire_free);
  g_autoptr (Wire) healthy = NULL;

  for (guint i = 0; i < 12; i++)
    {
      g_ptr_array_add (idle, wire_new (fixture));
      turn_some (5);
    }
  healthy = wire_new (fixture);
  wire_send (healthy, LIVEZ, strlen (LIVEZ));
  wire_wait_for (healthy, "HTTP/1.1 200 OK\r\n", 1);
  for (guint i = 0; i < 8; i++)
    wire_wait_for_end (g_ptr_array_index (idle, i));
}

/* Whoever is being answered keeps the place; the next one hears why there is none. */
static void
test_all_busy (void)
{
  static const char body[] = "{\"model\":\"gpt-4.1\",\"stream\":true,\"messages\":[{\"role\":"
                             "\"user\",\"content\":\"hello there\"}]}";
  g_autoptr (Fixture) fixture = fixture_new_with_settings ("{\"pace_ms\":60000}",
                                                           JUMP_KEY_LIMITS_CONNECTIONS_PER_PEER,
                                                           "4",
                                                           JUMP_KEY_TRAFFIC_CONCURRENT,
                                                           "8",
                                                           -1);
  g_autofree char *request =
      g_strdup_printf ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
                       "Content-Type: application/json\r\nContent-Length: %u\r\n\r\n%s",
                       (guint) strlen (body),
                       body);
  g_autoptr (GPtrArray) busy = g_ptr_array_new_with_free_func ((GDestroyNotify) wire_free);
  g_autoptr (Wire) late = NULL;

  for (guint i = 0; i < 4; i++)
    {
      g_ptr_array_add (busy, wire_new (fixture));
      wire_send (g_ptr_array_index (busy, i), request, strlen (request));
    }
  turn_some (50);
  late = wire_new (fixture);
  wire_wait_for (late, "too many connections", 1);
  g_assert_true (g_str_has_prefix (late->got->str, "HTTP/1.1 503 "));
  for (guint i = 0; i < 4; i++)
    {
      Wire *wire = g_ptr_array_index (busy, i);

      wire_read (wire);
      g_assert_false (wire->is_closed);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/limits/refused", test_refused);
  g_test_add_func ("/limits/large-bodies", test_large_bodies);
  g_test_add_func ("/limits/large-head", test_large_head);
  g_test_add_func ("/limits/many-fields", test_many_fields);
  g_test_add_func ("/limits/expect-continue", test_expect_continue);
  g_test_add_func ("/limits/idle-make-room", test_idle_make_room);
  g_test_add_func ("/limits/all-busy", test_all_busy);
  return g_test_run ();
}
