/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/client-socket.h"

#include <string.h>

#define RESTING (JUMP_POLL_IN | JUMP_POLL_HANGUP | JUMP_POLL_EDGE)

struct _JumpClientSocket
{
  GSocket *socket;      /* (owned) */
  GIOStream *tls;       /* (owned) (nullable) */
  JumpPollWatch *watch; /* (owned) */
  GByteArray *unread;   /* (owned) (nullable): bytes to be read before the socket's */

  const JumpClientSocketEvents *events;
  gpointer events_data;

  gboolean is_readable; /* a read may bring something */
  gboolean is_writable; /* the last send took everything */
  gboolean is_muted;    /* bytes lie there that nobody reads now */
  gboolean has_hung_up;
  gboolean is_in_event;
  gboolean is_dead; /* freed while in an event */
};

static void
update_interest (JumpClientSocket *self)
{
  JumpPollFlags interest = JUMP_POLL_EDGE;

  if (!self->is_muted)
    interest |= JUMP_POLL_IN;
  if (!self->is_muted || !self->has_hung_up)
    interest |= JUMP_POLL_HANGUP;
  if (!self->is_writable)
    interest |= JUMP_POLL_OUT;
  jump_poll_watch_set_interest (self->watch, interest);
}

static void
set_unreadable (JumpClientSocket *self)
{
  self->is_readable = FALSE;
  if (!self->is_muted)
    return;
  self->is_muted = FALSE;
  update_interest (self);
}

static void
free_memory (JumpClientSocket *self)
{
  g_clear_pointer (&self->unread, g_byte_array_unref);
  g_free (self);
}

static void
on_socket_ready (JumpPollFlags ready, gpointer user_data)
{
  JumpClientSocket *self = user_data;
  JumpPollFlags known =
      (self->is_readable ? JUMP_POLL_IN : 0) | (self->has_hung_up ? JUMP_POLL_HANGUP : 0);

  self->is_in_event = TRUE;
  if ((ready & JUMP_POLL_OUT) != 0 && !self->is_writable)
    {
      self->is_writable = TRUE;
      update_interest (self);
      self->events->on_writable (self->events_data);
    }
  if ((ready & JUMP_POLL_HANGUP) != 0 && !self->is_dead)
    {
      self->has_hung_up = TRUE;
      self->events->on_hangup (self->events_data);
    }
  /* After a hangup too: whatever is left, and then the end. */
  if ((ready & (JUMP_POLL_IN | JUMP_POLL_HANGUP)) != 0 && !self->is_dead)
    {
      self->is_readable = TRUE;
      self->events->on_readable (self->events_data);
    }
  /* Pollers without edges would tell of the same bytes, or the same end, again and again. */
  if ((ready & known) != 0 && !self->is_dead && self->is_readable && !self->is_muted)
    {
      self->is_muted = TRUE;
      update_interest (self);
    }
  self->is_in_event = FALSE;
  if (self->is_dead)
    free_memory (self);
}

/**
 * jump_client_socket_new:
 * @socket: a connected, non-blocking stream socket
 * @tls: (nullable): a TLS connection above it whose handshake is done
 * @poller: where to wait
 * @events: static table; its functions may free the client socket
 * @user_data: for @events
 *
 * Returns: (transfer full)
 */
JumpClientSocket *
jump_client_socket_new (GSocket *socket,
                        GIOStream *tls,
                        JumpPoller *poller,
                        const JumpClientSocketEvents *events,
                        gpointer user_data)
{
  JumpClientSocket *self = g_new0 (JumpClientSocket, 1);

  self->socket = g_object_ref (socket);
  g_set_object (&self->tls, tls);
  /* The handshake may have taken bytes of the first request from the socket. */
  self->is_readable = tls != NULL;
  self->events = events;
  self->events_data = user_data;
  self->is_writable = TRUE;
  self->watch = jump_poller_add (poller, g_socket_get_fd (socket), RESTING, on_socket_ready, self);
  return self;
}

/* Closing says so to the other end (close_notify), which must not wait for room in the socket. */
static gboolean
can_say_goodbye (JumpClientSocket *self)
{
  return self->tls != NULL && self->is_writable &&
         g_socket_condition_check (self->socket, G_IO_OUT | G_IO_ERR | G_IO_HUP) == G_IO_OUT;
}

/**
 * jump_client_socket_free:
 *
 * Closes the connection.
 */
void
jump_client_socket_free (JumpClientSocket *self)
{
  g_clear_pointer (&self->watch, jump_poll_watch_remove);
  if (can_say_goodbye (self))
    g_io_stream_close (self->tls, NULL, NULL);
  g_socket_close (self->socket, NULL);
  g_clear_object (&self->tls);
  g_clear_object (&self->socket);
  if (self->is_in_event)
    self->is_dead = TRUE;
  else
    free_memory (self);
}

static gssize
receive_unread (JumpClientSocket *self, char *buffer, gsize length)
{
  gsize taken = MIN (length, self->unread->len);

  memcpy (buffer, self->unread->data, taken);
  g_byte_array_remove_range (self->unread, 0, (guint) taken);
  if (self->unread->len == 0)
    g_clear_pointer (&self->unread, g_byte_array_unref);
  return (gssize) taken;
}

/* What one read leaves may lie in the TLS layer, where no edge tells of it: only "not yet" counts. */
static gssize
receive_decrypted (JumpClientSocket *self, char *buffer, gsize length)
{
  g_autoptr (GError) error = NULL;
  GPollableInputStream *input = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->tls));
  gssize n_read = g_pollable_input_stream_read_nonblocking (input, buffer, length, NULL, &error);

  if (n_read >= 0)
    return n_read;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return 0;
  set_unreadable (self);
  return -1;
}

/* After "not yet" the same bytes have to be offered again: some of them are encrypted already. */
static gssize
send_encrypted (JumpClientSocket *self, const char *data, gsize length)
{
  GPollableOutputStream *output =
      G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->tls));
  gsize sent = 0;

  while (sent < length)
    {
      g_autoptr (GError) error = NULL;
      gssize n_sent = g_pollable_output_stream_write_nonblocking (output,
                                                                  data + sent,
                                                                  length - sent,
                                                                  NULL,
                                                                  &error);

      if (n_sent > 0)
        {
          sent += (gsize) n_sent;
          continue;
        }
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return -1;
      self->is_writable = FALSE;
      update_interest (self);
      break;
    }
  return (gssize) sent;
}

/**
 * jump_client_socket_receive:
 *
 * Returns: the number of bytes, 0 at the end or after a failure, -1 for "not yet"
 */
gssize
jump_client_socket_receive (JumpClientSocket *self, char *buffer, gsize length)
{
  g_autoptr (GError) error = NULL;
  gssize n_read;

  if (self->unread != NULL)
    return receive_unread (self, buffer, length);
  if (!self->is_readable)
    return -1;
  if (self->tls != NULL)
    return receive_decrypted (self, buffer, length);
  n_read = g_socket_receive_with_blocking (self->socket, buffer, length, FALSE, NULL, &error);
  if (n_read < 0)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return 0;
      set_unreadable (self);
      return -1;
    }
  /* A short read emptied the socket; more bytes mean another edge. The end stays readable. */
  if (n_read > 0 && (gsize) n_read < length && !self->has_hung_up)
    set_unreadable (self);
  return n_read;
}

/**
 * jump_client_socket_send:
 *
 * Sends what the socket takes now. When that is less than @length, on_writable comes once there is
 * room again.
 *
 * Returns: the number of bytes sent, 0 when there is no room, -1 when the connection is gone
 */
gssize
jump_client_socket_send (JumpClientSocket *self, const char *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  gssize n_sent;

  if (!self->is_writable)
    return 0;
  if (self->tls != NULL)
    return send_encrypted (self, data, length);
  n_sent = g_socket_send_with_blocking (self->socket, data, length, FALSE, NULL, &error);
  if (n_sent < 0 && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return -1;
  if (n_sent < (gssize) length)
    {
      self->is_writable = FALSE;
      update_interest (self);
    }
  return MAX (0, n_sent);
}

/**
 * jump_client_socket_unread:
 *
 * Puts bytes back in front of what is still to be read.
 */
void
jump_client_socket_unread (JumpClientSocket *self, const char *data, gsize length)
{
  if (length == 0)
    return;
  if (self->unread == NULL)
    self->unread = g_byte_array_sized_new ((guint) length);
  g_byte_array_prepend (self->unread, (const guint8 *) data, (guint) length);
}

gboolean
jump_client_socket_may_read (JumpClientSocket *self)
{
  return self->unread != NULL || self->is_readable;
}

gboolean
jump_client_socket_has_hung_up (JumpClientSocket *self)
{
  return self->has_hung_up;
}

void
jump_client_socket_shutdown_write (JumpClientSocket *self)
{
  if (can_say_goodbye (self))
    g_output_stream_close (g_io_stream_get_output_stream (self->tls), NULL, NULL);
  g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
}
