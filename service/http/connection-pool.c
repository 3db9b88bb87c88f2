/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-http"

#include "service/http/connection-pool.h"

#define LINGER_MS 2000

static JumpClientConnection *
connection_of_deadline (JumpDeadline *deadline)
{
  return (JumpClientConnection *) (void *) ((char *) deadline -
                                            G_STRUCT_OFFSET (JumpClientConnection, deadline));
}

/* The writer of a reply lets go of the connection by ending the reply. */
static void
cut_connection (JumpClientConnection *connection)
{
  if (connection->state == JUMP_CONNECTION_REPLYING && connection->reply_events != NULL)
    connection->reply_events->on_timeout (connection->reply_data);
  else
    jump_client_connection_close (connection);
}

static void
on_connection_due (JumpDeadline *deadline, gpointer user_data)
{
  JumpConnectionPool *self = user_data;
  JumpClientConnection *connection = connection_of_deadline (deadline);

  if (connection->state == JUMP_CONNECTION_READING)
    {
      g_debug ("a request did not come whole in time");
      if (self->on_late != NULL && connection->request != NULL)
        {
          self->on_late (connection, self->user_data);
          return;
        }
    }
  cut_connection (connection);
}

/* Nothing is known of what it would have asked, so no dialect either. Closing with bytes unread would
 * reset the connection, and the client would not see the answer. */
static void
turn_away (GSocket *socket)
{
  static const char answer[] =
      "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n"
      "Retry-After: 1\r\nConnection: close\r\n\r\n"
      "{\"error\":{\"message\":\"too many connections\",\"type\":\"server_error\",\"code\":\"busy\"}}\n";
  char buffer[16 * 1024];

  g_socket_send_with_blocking (socket, answer, sizeof answer - 1, FALSE, NULL, NULL);
  g_socket_shutdown (socket, FALSE, TRUE, NULL);
  g_socket_receive_with_blocking (socket, buffer, sizeof buffer, FALSE, NULL, NULL);
  g_socket_close (socket, NULL);
}

/**
 * jump_connection_pool_new:
 * @poller: of the main loop
 * @on_readable: called when bytes of a request may be there
 * @on_lost: called with a connection's request when it closes before the request was taken
 * @user_data: for the functions
 *
 * Returns: (transfer full): an empty pool
 */
JumpConnectionPool *
jump_connection_pool_new (JumpPoller *poller,
                          JumpConnectionRequestFunc on_readable,
                          GFunc on_lost,
                          gpointer user_data)
{
  JumpConnectionPool *self = g_new0 (JumpConnectionPool, 1);

  self->poller = jump_poller_ref (poller);
  self->on_readable = on_readable;
  self->on_lost = on_lost;
  self->user_data = user_data;
  g_queue_init (&self->connections);
  self->budget = jump_connection_budget_new ();
  self->heading = jump_deadline_queue_new (poller, on_connection_due, self);
  self->reading = jump_deadline_queue_new (poller, on_connection_due, self);
  self->writing = jump_deadline_queue_new (poller, on_connection_due, self);
  self->idle = jump_deadline_queue_new (poller, on_connection_due, self);
  self->lingering = jump_deadline_queue_new (poller, on_connection_due, self);
  jump_deadline_queue_set_length (self->lingering, LINGER_MS);
  return self;
}

/**
 * jump_connection_pool_free:
 * @self: (transfer full): a pool
 *
 * Replies that are not over are cut, and whoever writes them hears of it.
 */
void
jump_connection_pool_free (JumpConnectionPool *self)
{
  JumpClientConnection *connection;

  self->on_empty = NULL;
  while ((connection = g_queue_peek_head (&self->connections)) != NULL)
    cut_connection (connection);
  jump_deadline_queue_free (self->heading);
  jump_deadline_queue_free (self->reading);
  jump_deadline_queue_free (self->writing);
  jump_deadline_queue_free (self->idle);
  jump_deadline_queue_free (self->lingering);
  jump_connection_budget_unref (self->budget);
  jump_poller_unref (self->poller);
  g_free (self);
}

void
jump_connection_pool_set_timeouts (JumpConnectionPool *self, const JumpConnectionTimeouts *timeouts)
{
  jump_deadline_queue_set_length (self->heading, timeouts->head_ms);
  jump_deadline_queue_set_length (self->reading, timeouts->read_ms);
  jump_deadline_queue_set_length (self->writing, timeouts->write_ms);
  jump_deadline_queue_set_length (self->idle, timeouts->idle_ms);
}

void
jump_connection_pool_set_budget (JumpConnectionPool *self, JumpConnectionBudget *budget)
{
  g_return_if_fail (g_queue_is_empty (&self->connections));
  jump_connection_budget_ref (budget);
  jump_connection_budget_unref (self->budget);
  self->budget = budget;
}

void
jump_connection_pool_accept (JumpConnectionPool *self, GSocket *socket)
{
  if (jump_client_connection_new (self, socket, NULL) != NULL)
    return;
  g_debug ("refusing a connection: too many are being answered");
  turn_away (socket);
}

void
jump_connection_pool_accept_tls (JumpConnectionPool *self, GSocket *socket, GIOStream *tls)
{
  if (self->is_draining || jump_client_connection_new (self, socket, tls) == NULL)
    g_socket_close (socket, NULL);
}

guint
jump_connection_pool_get_size (JumpConnectionPool *self)
{
  return g_queue_get_length (&self->connections);
}

/**
 * jump_connection_pool_drain:
 * @self: a pool
 * @on_empty: (nullable): called (with @self and the pool's user data) when no connection is left,
 *   perhaps at once
 *
 * From now on every reply is the last one on its connection; connections that wait are closed.
 */
void
jump_connection_pool_drain (JumpConnectionPool *self, GFunc on_empty)
{
  GList *link = self->connections.head;

  self->is_draining = TRUE;
  self->on_empty = NULL;
  while (link != NULL)
    {
      JumpClientConnection *connection = link->data;

      link = link->next;
      if (connection->state != JUMP_CONNECTION_REPLYING)
        jump_client_connection_close (connection);
    }
  if (g_queue_is_empty (&self->connections))
    {
      if (on_empty != NULL)
        on_empty (self, self->user_data);
      return;
    }
  self->on_empty = on_empty;
}

/**
 * jump_connection_pool_get_date:
 *
 * Returns: (transfer none): the value of a Date header (RFC 9110 5.6.7), made once a second
 */
const char *
jump_connection_pool_get_date (JumpConnectionPool *self)
{
  gint64 second = g_get_real_time () / G_USEC_PER_SEC;

  if (second != self->date_second)
    {
      /* Not g_date_time_format (): names of days and months must not be translated. */
      static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
      static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
      g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (second);

      g_snprintf (self->date,
                  sizeof self->date,
                  "%s, %02d %s %04d %02d:%02d:%02d GMT",
                  days[g_date_time_get_day_of_week (now) - 1],
                  g_date_time_get_day_of_month (now),
                  months[g_date_time_get_month (now) - 1],
                  g_date_time_get_year (now),
                  g_date_time_get_hour (now),
                  g_date_time_get_minute (now),
                  g_date_time_get_second (now));
      self->date_second = second;
    }
  return self->date;
}
