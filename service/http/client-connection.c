/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/client-connection.h"

#include "service/http/connection-pool.h"

#define LINGER_READ 16384
/* A client that still sends this much after its reply was refused does not want to know. */
#define LINGER_BYTES (4 * 1024 * 1024)

static void
free_connection (JumpClientConnection *self)
{
  JumpConnectionPool *pool = self->pool;

  if (self->request != NULL)
    pool->on_lost (g_steal_pointer (&self->request), pool->user_data);
  jump_deadline_stop (&self->deadline);
  jump_connection_seat_leave (&self->seat);
  g_queue_unlink (&pool->connections, &self->link);
  jump_client_socket_free (self->socket);
  g_free (self->local_address);
  g_free (self->peer);
  g_clear_pointer (&self->process, jump_client_process_unref);
  g_free (self);
  if (pool->is_draining && pool->on_empty != NULL && g_queue_is_empty (&pool->connections))
    {
      GFunc on_empty = g_steal_pointer (&pool->on_empty);

      on_empty (pool, pool->user_data);
    }
}

static void
read_parked (JumpClientConnection *self)
{
  self->state = JUMP_CONNECTION_READING;
  jump_connection_seat_set_state (&self->seat, JUMP_SEAT_SENDING_HEAD);
  jump_deadline_start (&self->deadline, self->pool->heading);
  self->pool->on_readable (self, self->pool->user_data);
}

static void
on_unread_due (gpointer user_data)
{
  JumpClientConnection *self = user_data;
  char first;
  gssize n_read;

  if (self->state != JUMP_CONNECTION_PARKED || !jump_client_socket_may_read (self->socket))
    return;
  /* A last request that was read to its very end leaves open whether there is more. Without a first
   * byte the time to send a request must not begin. */
  n_read = jump_client_socket_receive (self->socket, &first, 1);
  if (n_read < 0)
    return;
  if (n_read == 0)
    {
      jump_client_connection_close (self);
      return;
    }
  jump_client_socket_unread (self->socket, &first, 1);
  read_parked (self);
}

static void
read_lingering (JumpClientConnection *self)
{
  char buffer[LINGER_READ];

  while (TRUE)
    {
      gssize n_read = jump_client_socket_receive (self->socket, buffer, sizeof buffer);

      if (n_read < 0)
        return;
      self->lingered += (gsize) n_read;
      if (n_read == 0 || self->lingered > LINGER_BYTES)
        {
          jump_client_connection_close (self);
          return;
        }
    }
}

static void
on_socket_readable (gpointer user_data)
{
  JumpClientConnection *self = user_data;

  switch (self->state)
    {
    case JUMP_CONNECTION_PARKED:
      read_parked (self);
      break;
    case JUMP_CONNECTION_LINGERING:
      read_lingering (self);
      break;
    case JUMP_CONNECTION_READING:
      self->pool->on_readable (self, self->pool->user_data);
      break;
    case JUMP_CONNECTION_REPLYING: /* the next request waits */
      break;
    }
}

static void
on_socket_writable (gpointer user_data)
{
  JumpClientConnection *self = user_data;

  if (self->state == JUMP_CONNECTION_REPLYING && self->reply_events != NULL)
    self->reply_events->on_writable (self->reply_data);
}

static void
on_socket_hangup (gpointer user_data)
{
  JumpClientConnection *self = user_data;

  if (self->state == JUMP_CONNECTION_REPLYING && self->reply_events != NULL)
    self->reply_events->on_hangup (self->reply_data);
}

static const JumpClientSocketEvents socket_events = {
  .on_readable = on_socket_readable,
  .on_writable = on_socket_writable,
  .on_hangup = on_socket_hangup,
};

static void
park (JumpClientConnection *self)
{
  self->state = JUMP_CONNECTION_PARKED;
  jump_connection_seat_set_state (&self->seat, JUMP_SEAT_RESTING);
  jump_deadline_start (&self->deadline, self->pool->idle);
  /* The next request may be here already; no edge will tell. Not at once: the caller is still
   * inside the last one. */
  jump_poller_defer (self->pool->poller, on_unread_due, self);
}

static void
on_seat_evicted (gpointer user_data)
{
  jump_client_connection_close (user_data);
}

/**
 * jump_client_connection_new:
 * @pool: where it belongs
 * @socket: accepted
 * @tls: (nullable): what encrypts it
 *
 * Others that rest may be closed to make room.
 *
 * Returns: (transfer none) (nullable): a parked connection, owned by @pool; NULL when there is no room
 */
JumpClientConnection *
jump_client_connection_new (JumpConnectionPool *pool, GSocket *socket, GIOStream *tls)
{
  JumpClientConnection *self = g_new0 (JumpClientConnection, 1);
  JumpPeerAddress address;

  jump_peer_address_read (&address, socket);
  if (!jump_connection_seat_take (&self->seat, pool->budget, address.peer, on_seat_evicted, self))
    {
      jump_peer_address_clear (&address);
      g_free (self);
      return NULL;
    }
  self->peer = address.peer;
  self->local_address = address.local_address;
  self->local_port = address.local_port;
  self->is_local = address.is_local;
  self->peer_inode = address.inode;
  self->peer_pid = address.pid;
  self->pool = pool;
  self->socket = jump_client_socket_new (socket, tls, pool->poller, &socket_events, self);
  self->link.data = self;
  g_queue_push_tail_link (&pool->connections, &self->link);
  self->is_tls = tls != NULL;
  jump_deadline_start (&self->deadline, pool->heading);
  /* The handshake may have read the beginning of a request; no edge will tell. */
  if (tls != NULL)
    jump_poller_defer (pool->poller, on_unread_due, self);
  return self;
}

/**
 * jump_client_connection_close:
 *
 * Closes at once and frees @self. A reply that is being written hears nothing of it.
 */
void
jump_client_connection_close (JumpClientConnection *self)
{
  jump_poller_cancel_deferred (self->pool->poller, on_unread_due, self);
  free_connection (self);
}

void
jump_client_connection_start_body (JumpClientConnection *self)
{
  jump_connection_seat_set_state (&self->seat, JUMP_SEAT_SENDING_BODY);
  jump_deadline_start (&self->deadline, self->pool->reading);
}

/**
 * jump_client_connection_start_reply:
 * @self: a connection whose request was read, or refused
 * @events: what to tell the writer of the reply
 * @user_data: for @events
 */
void
jump_client_connection_start_reply (JumpClientConnection *self,
                                    const JumpConnectionReplyEvents *events,
                                    gpointer user_data)
{
  jump_deadline_stop (&self->deadline);
  self->state = JUMP_CONNECTION_REPLYING;
  jump_connection_seat_set_state (&self->seat, JUMP_SEAT_ANSWERED);
  self->reply_events = events;
  self->reply_data = user_data;
}

/**
 * jump_client_connection_end_reply:
 * @self: a connection
 * @keep_alive: the connection may serve another request
 * @request_was_read: nothing of the request's body is left on the wire
 *
 * The reply was sent whole.
 */
void
jump_client_connection_end_reply (JumpClientConnection *self,
                                  gboolean keep_alive,
                                  gboolean request_was_read)
{
  self->reply_events = NULL;
  self->reply_data = NULL;
  if (keep_alive && request_was_read && !self->pool->is_draining &&
      !jump_client_socket_has_hung_up (self->socket))
    {
      park (self);
      return;
    }
  if (request_was_read || jump_client_socket_has_hung_up (self->socket))
    {
      jump_client_connection_close (self);
      return;
    }
  self->state = JUMP_CONNECTION_LINGERING;
  jump_connection_seat_set_state (&self->seat, JUMP_SEAT_RESTING);
  jump_client_socket_shutdown_write (self->socket);
  jump_deadline_start (&self->deadline, self->pool->lingering);
  read_lingering (self);
}

void
jump_client_connection_set_stalled (JumpClientConnection *self, gboolean is_stalled)
{
  if (is_stalled)
    jump_deadline_start (&self->deadline, self->pool->writing);
  else
    jump_deadline_stop (&self->deadline);
}
