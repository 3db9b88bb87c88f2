/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/client-socket.h"

#include <string.h>
#include <sys/socket.h>

typedef struct
{
  JumpPoller *poller;
  JumpClientSocket *socket;
  GSocket *client;
  guint n_readable;
  guint n_hangup;
  guint n_writable;
  guint n_alarms;
} Fixture;

static void
on_readable (gpointer user_data)
{
  ((Fixture *) user_data)->n_readable++;
}

static void
on_writable (gpointer user_data)
{
  ((Fixture *) user_data)->n_writable++;
}

static void
on_hangup (gpointer user_data)
{
  ((Fixture *) user_data)->n_hangup++;
}

static const JumpClientSocketEvents events = {
  .on_readable = on_readable,
  .on_writable = on_writable,
  .on_hangup = on_hangup,
};

static GSocket *
socket_from_fd (int fd)
{
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new_from_fd (fd, &error);

  g_assert_no_error (error);
  g_socket_set_blocking (socket, FALSE);
  return socket;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) server = NULL;
  int fds[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, fds), ==, 0);
  server = socket_from_fd (fds[0]);
  fixture->client = socket_from_fd (fds[1]);
  fixture->poller = jump_poller_new ();
  fixture->socket = jump_client_socket_new (server, NULL, fixture->poller, &events, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->client);
  jump_client_socket_free (fixture->socket);
  jump_poller_unref (fixture->poller);
}

static void
say (Fixture *fixture, const char *text)
{
  g_assert_cmpint (g_socket_send (fixture->client, text, strlen (text), NULL, NULL), >, 0);
}

static gboolean
on_alarm (gpointer user_data)
{
  ((Fixture *) user_data)->n_alarms++;
  return G_SOURCE_REMOVE;
}

/* Turns the loop for 20 ms. Returns: how often it woke up. */
static guint
rest (Fixture *fixture)
{
  guint n_turns = 0;

  fixture->n_alarms = 0;
  g_timeout_add (20, on_alarm, fixture);
  while (fixture->n_alarms == 0)
    {
      g_main_context_iteration (NULL, TRUE);
      n_turns++;
    }
  return n_turns;
}

static void
assert_reads (Fixture *fixture, const char *expected)
{
  char buffer[100] = { 0 };

  g_assert_cmpint (jump_client_socket_receive (fixture->socket, buffer, sizeof buffer),
                   ==,
                   strlen (expected));
  g_assert_cmpstr (buffer, ==, expected);
}

/* Bytes that nobody wants yet do not keep the loop busy, and are there when wanted. */
static void
test_unwanted_bytes (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      guint n_before = fixture->n_readable;

      say (fixture, "one");
      rest (fixture);
      say (fixture, "two");
      rest (fixture);
      g_assert_cmpuint (rest (fixture), <, 5);
      g_assert_cmpuint (fixture->n_readable, >, n_before);
      assert_reads (fixture, "onetwo");
      g_assert_cmpint (jump_client_socket_receive (fixture->socket, (char[1]){ 0 }, 1), ==, -1);
    }
}

/* A client that has closed its end while it waits for the rest of its answer. */
static void
test_half_closed (Fixture *fixture, gconstpointer data)
{
  say (fixture, "last");
  g_socket_shutdown (fixture->client, FALSE, TRUE, NULL);
  rest (fixture);
  g_assert_cmpuint (rest (fixture), <, 5);
  g_assert_cmpuint (fixture->n_hangup, >, 0);
  assert_reads (fixture, "last");
  g_assert_cmpint (jump_client_socket_receive (fixture->socket, (char[1]){ 0 }, 1), ==, 0);
}

/* The same while the answer does not fit into the socket. */
static void
test_stalled_with_unwanted_bytes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = g_strnfill (4 * 1024 * 1024, 'x');
  gsize n_left = strlen (large);
  char buffer[65536];

  n_left -= (gsize) jump_client_socket_send (fixture->socket, large, n_left);
  g_assert_cmpuint (n_left, >, 0);
  say (fixture, "one");
  rest (fixture);
  say (fixture, "two");
  rest (fixture);
  g_assert_cmpuint (rest (fixture), <, 5);
  g_assert_cmpuint (fixture->n_writable, ==, 0);
  while (g_socket_receive (fixture->client, buffer, sizeof buffer, NULL, NULL) > 0)
    ;
  rest (fixture);
  g_assert_cmpuint (fixture->n_writable, ==, 1);
  assert_reads (fixture, "onetwo");
  say (fixture, "three");
  rest (fixture);
  assert_reads (fixture, "three");
}

static void
add (const char *path, void (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, func, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/client-socket/unwanted-bytes", test_unwanted_bytes);
  add ("/client-socket/half-closed", test_half_closed);
  add ("/client-socket/stalled-with-unwanted-bytes", test_stalled_with_unwanted_bytes);
  return g_test_run ();
}
