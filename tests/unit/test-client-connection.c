/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/connection-pool.h"

#include <string.h>
#include <sys/socket.h>

#define REQUEST "0123456789"

/* A pool with one connection, whose requests are ten bytes each and read exactly. */
typedef struct
{
  JumpPoller *poller;
  JumpConnectionPool *pool;
  JumpClientConnection *connection;
  GSocket *client;
  char request[sizeof REQUEST];
  gsize n_read;
  guint n_requests;
  guint n_late;
} Fixture;

static void
on_readable (JumpClientConnection *connection, gpointer user_data)
{
  Fixture *fixture = user_data;

  while (fixture->n_read < strlen (REQUEST))
    {
      gssize n_read = jump_client_socket_receive (connection->socket,
                                                  fixture->request + fixture->n_read,
                                                  strlen (REQUEST) - fixture->n_read);

      if (n_read < 0)
        return;
      if (n_read == 0)
        {
          jump_client_connection_close (connection);
          return;
        }
      fixture->n_read += (gsize) n_read;
    }
  g_assert_cmpstr (fixture->request, ==, REQUEST);
  fixture->n_read = 0;
  fixture->n_requests++;
  jump_client_connection_start_reply (connection, NULL, NULL);
  jump_client_connection_end_reply (connection, TRUE, TRUE);
}

static void
on_lost (gpointer request, gpointer user_data)
{
}

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
  JumpConnectionTimeouts timeouts = {
    .head_ms = 60000,
    .read_ms = 60000,
    .write_ms = 60000,
    .idle_ms = 60000,
  };
  g_autoptr (GSocket) server = NULL;
  int fds[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, fds), ==, 0);
  server = socket_from_fd (fds[0]);
  fixture->client = socket_from_fd (fds[1]);
  fixture->poller = jump_poller_new ();
  fixture->pool = jump_connection_pool_new (fixture->poller, on_readable, on_lost, fixture);
  jump_connection_pool_set_timeouts (fixture->pool, &timeouts);
  jump_connection_pool_accept (fixture->pool, server);
  fixture->connection = g_queue_peek_head (&fixture->pool->connections);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->client);
  jump_connection_pool_free (fixture->pool);
  jump_poller_unref (fixture->poller);
}

static void
say (Fixture *fixture, const char *text)
{
  gsize length = strlen (text);

  g_assert_cmpint (g_socket_send (fixture->client, text, length, NULL, NULL), ==, length);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
}

/* The limit for sending a request begins with its first byte, not with the end of the one before. */
static void
test_rests_between_requests (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (fixture->connection->state, ==, JUMP_CONNECTION_PARKED);
  say (fixture, REQUEST);
  g_assert_cmpuint (fixture->n_requests, ==, 1);
  g_assert_cmpint (fixture->connection->state, ==, JUMP_CONNECTION_PARKED);
  g_assert_true (fixture->connection->deadline.queue == fixture->pool->idle);
  say (fixture, "01234");
  g_assert_cmpint (fixture->connection->state, ==, JUMP_CONNECTION_READING);
  g_assert_true (fixture->connection->deadline.queue == fixture->pool->heading);
  say (fixture, "56789");
  g_assert_cmpuint (fixture->n_requests, ==, 2);
  g_assert_cmpint (fixture->connection->state, ==, JUMP_CONNECTION_PARKED);
}

static void
test_pipelined (Fixture *fixture, gconstpointer data)
{
  say (fixture, REQUEST REQUEST REQUEST "012");
  g_assert_cmpuint (fixture->n_requests, ==, 3);
  g_assert_cmpint (fixture->connection->state, ==, JUMP_CONNECTION_READING);
  say (fixture, "3456789");
  g_assert_cmpuint (fixture->n_requests, ==, 4);
}

static void
test_leaves_while_resting (Fixture *fixture, gconstpointer data)
{
  say (fixture, REQUEST);
  g_clear_object (&fixture->client);
  while (jump_connection_pool_get_size (fixture->pool) > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
on_late (JumpClientConnection *connection, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_late++;
  jump_client_connection_close (connection);
}

static void
set_head_time (Fixture *fixture, guint milliseconds)
{
  JumpConnectionTimeouts timeouts = { .head_ms = milliseconds };

  jump_connection_pool_set_timeouts (fixture->pool, &timeouts);
}

/* The first byte begins the time for a head; whoever serves the connection hears of its end. */
static void
test_slow_head (Fixture *fixture, gconstpointer data)
{
  int request = 0;

  fixture->pool->on_late = on_late;
  fixture->connection->request = &request;
  set_head_time (fixture, 1);
  say (fixture, "01234");
  while (jump_connection_pool_get_size (fixture->pool) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->n_late, ==, 1);
}

/* Nobody is asked about a connection that never said a word. */
static void
test_silent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) server = NULL;
  g_autoptr (GSocket) client = NULL;
  int fds[2];

  fixture->pool->on_late = on_late;
  g_assert_true (fixture->connection->deadline.queue == fixture->pool->heading);
  set_head_time (fixture, 1);
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, fds), ==, 0);
  server = socket_from_fd (fds[0]);
  client = socket_from_fd (fds[1]);
  jump_connection_pool_accept (fixture->pool, server);
  while (jump_connection_pool_get_size (fixture->pool) > 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->n_late, ==, 0);
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
  add ("/client-connection/rests-between-requests", test_rests_between_requests);
  add ("/client-connection/pipelined", test_pipelined);
  add ("/client-connection/leaves-while-resting", test_leaves_while_resting);
  add ("/client-connection/slow-head", test_slow_head);
  add ("/client-connection/silent", test_silent);
  return g_test_run ();
}
