/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/support/http-peer.h"

#include <gio/gnetworking.h>
#include <string.h>

typedef struct
{
  GBytes *bytes; /* (owned) */
  gsize piece;
  JumpPeerEnd end;
} Reply;

struct _JumpHttpPeer
{
  GSocket *listener; /* (owned) */
  GSource *accept;   /* (owned) */
  guint16 port;
  GPtrArray *replies;     /* (owned) (element-type Reply) */
  GPtrArray *requests;    /* (owned) (element-type GString) */
  GPtrArray *connections; /* (owned) (element-type Connection) open ones */
  guint accepted;
  guint left;
  gsize written;
};

typedef struct
{
  JumpHttpPeer *peer;
  GSocket *socket; /* (owned) */
  GSource *read;   /* (owned) */
  GSource *write;  /* (owned) (nullable) */
  GString *input;  /* (owned) */
  GString *output; /* (owned) from @sent on still to be written */
  gsize sent;
  gsize piece;
  JumpPeerEnd end;
} Connection;

static void
reply_free (gpointer data)
{
  Reply *reply = data;

  g_bytes_unref (reply->bytes);
  g_free (reply);
}

static void
string_free (gpointer data)
{
  g_string_free (data, TRUE);
}

static void
drop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
connection_free (gpointer data)
{
  Connection *connection = data;

  drop_source (&connection->read);
  drop_source (&connection->write);
  g_socket_close (connection->socket, NULL);
  g_object_unref (connection->socket);
  g_string_free (connection->input, TRUE);
  g_string_free (connection->output, TRUE);
  g_free (connection);
}

static void
end_connection (Connection *connection)
{
  struct linger linger = { 1, 0 };

  if (connection->end == JUMP_PEER_RESET)
    setsockopt (g_socket_get_fd (connection->socket),
                SOL_SOCKET,
                SO_LINGER,
                (const void *) &linger,
                sizeof linger);
  g_ptr_array_remove_fast (connection->peer->connections, connection);
}

/* Returns: %FALSE when the connection is gone */
static gboolean
write_some (Connection *connection)
{
  gsize left = connection->output->len - connection->sent;
  gsize wanted = connection->piece == 0 ? left : MIN (left, connection->piece);
  gssize written = left == 0 ? 0
                             : g_socket_send (connection->socket,
                                              connection->output->str + connection->sent,
                                              wanted,
                                              NULL,
                                              NULL);

  if (written > 0)
    {
      connection->sent += (gsize) written;
      connection->peer->written += (gsize) written;
    }
  if (connection->sent < connection->output->len)
    return TRUE;
  g_string_truncate (connection->output, 0);
  connection->sent = 0;
  drop_source (&connection->write);
  if (connection->end == JUMP_PEER_KEEP)
    return TRUE;
  end_connection (connection);
  return FALSE;
}

static gboolean
on_writable (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  write_some (user_data);
  return G_SOURCE_CONTINUE;
}

static void
start_writing (Connection *connection)
{
  if (connection->write != NULL)
    return;
  connection->write = g_socket_create_source (connection->socket, G_IO_OUT, NULL);
  g_source_set_callback (connection->write, G_SOURCE_FUNC (on_writable), connection, NULL);
  g_source_attach (connection->write, g_main_context_get_thread_default ());
}

static gsize
measure_request (const GString *input)
{
  const char *end = strstr (input->str, "\r\n\r\n");
  const char *length = strstr (input->str, "Content-Length:");
  gsize body = 0;

  if (end == NULL)
    return 0;
  if (length != NULL && length < end)
    body = (gsize) g_ascii_strtoull (length + strlen ("Content-Length:"), NULL, 10);
  return (gsize) (end - input->str) + 4 + body;
}

static void
answer (Connection *connection)
{
  JumpHttpPeer *self = connection->peer;
  Reply *reply;

  if (self->replies->len == 0)
    return;
  reply = g_ptr_array_index (self->replies, MIN (self->requests->len, self->replies->len) - 1);
  g_string_append_len (connection->output,
                       g_bytes_get_data (reply->bytes, NULL),
                       (gssize) g_bytes_get_size (reply->bytes));
  connection->piece = reply->piece;
  connection->end = reply->end;
  start_writing (connection);
}

static void
take_requests (Connection *connection)
{
  gsize length;

  while ((length = measure_request (connection->input)) > 0 && length <= connection->input->len)
    {
      g_ptr_array_add (connection->peer->requests,
                       g_string_new_len (connection->input->str, (gssize) length));
      g_string_erase (connection->input, 0, (gssize) length);
      answer (connection);
    }
}

static gboolean
on_readable (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  Connection *connection = user_data;
  static const gsize chunk = 65536;
  g_autofree char *buffer = g_malloc (chunk);
  g_autoptr (GError) error = NULL;
  gssize n = g_socket_receive (socket, buffer, chunk, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  if (n <= 0)
    {
      connection->peer->left++;
      connection->end = JUMP_PEER_CLOSE;
      end_connection (connection);
      return G_SOURCE_REMOVE;
    }
  g_string_append_len (connection->input, buffer, n);
  take_requests (connection);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_connection_waiting (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  JumpHttpPeer *self = user_data;
  GSocket *accepted = g_socket_accept (socket, NULL, NULL);
  Connection *connection;

  if (accepted == NULL)
    return G_SOURCE_CONTINUE;
  connection = g_new0 (Connection, 1);
  connection->peer = self;
  connection->socket = accepted;
  connection->input = g_string_new (NULL);
  connection->output = g_string_new (NULL);
  g_socket_set_blocking (accepted, FALSE);
  g_socket_set_option (accepted, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  /* small, so that a client that does not read is felt soon */
  g_socket_set_option (accepted, SOL_SOCKET, SO_SNDBUF, 65536, NULL);
  connection->read = g_socket_create_source (accepted, G_IO_IN, NULL);
  g_source_set_callback (connection->read, G_SOURCE_FUNC (on_readable), connection, NULL);
  g_source_attach (connection->read, g_main_context_get_thread_default ());
  g_ptr_array_add (self->connections, connection);
  self->accepted++;
  return G_SOURCE_CONTINUE;
}

JumpHttpPeer *
jump_http_peer_new (void)
{
  JumpHttpPeer *self = g_new0 (JumpHttpPeer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->listener =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_bind (self->listener, wanted, TRUE, &error);
  g_assert_no_error (error);
  g_socket_set_listen_backlog (self->listener, 1024);
  g_socket_listen (self->listener, &error);
  g_assert_no_error (error);
  bound = g_socket_get_local_address (self->listener, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_socket_set_blocking (self->listener, FALSE);
  self->accept = g_socket_create_source (self->listener, G_IO_IN, NULL);
  g_source_set_callback (self->accept, G_SOURCE_FUNC (on_connection_waiting), self, NULL);
  g_source_attach (self->accept, g_main_context_get_thread_default ());
  self->replies = g_ptr_array_new_with_free_func (reply_free);
  self->requests = g_ptr_array_new_with_free_func (string_free);
  self->connections = g_ptr_array_new_with_free_func (connection_free);
  return self;
}

void
jump_http_peer_free (JumpHttpPeer *self)
{
  drop_source (&self->accept);
  g_ptr_array_unref (self->connections);
  g_ptr_array_unref (self->replies);
  g_ptr_array_unref (self->requests);
  g_object_unref (self->listener);
  g_free (self);
}

char *
jump_http_peer_dup_url (JumpHttpPeer *self, const char *path)
{
  return g_strdup_printf ("http://127.0.0.1:%u%s", self->port, path);
}

void
jump_http_peer_add_reply (JumpHttpPeer *self,
                          const char *bytes,
                          gssize length,
                          gsize piece,
                          JumpPeerEnd end)
{
  Reply *reply = g_new0 (Reply, 1);

  reply->bytes = g_bytes_new (bytes, length < 0 ? strlen (bytes) : (gsize) length);
  reply->piece = piece;
  reply->end = end;
  g_ptr_array_add (self->replies, reply);
}

void
jump_http_peer_say (JumpHttpPeer *self, const char *text)
{
  for (guint i = 0; i < self->connections->len; i++)
    {
      Connection *connection = g_ptr_array_index (self->connections, i);

      g_string_append (connection->output, text);
      start_writing (connection);
    }
}

void
jump_http_peer_close_all (JumpHttpPeer *self)
{
  g_ptr_array_set_size (self->connections, 0);
}

guint
jump_http_peer_count_connections (JumpHttpPeer *self)
{
  return self->accepted;
}

guint
jump_http_peer_count_open (JumpHttpPeer *self)
{
  return self->connections->len;
}

guint
jump_http_peer_count_left (JumpHttpPeer *self)
{
  return self->left;
}

guint
jump_http_peer_count_requests (JumpHttpPeer *self)
{
  return self->requests->len;
}

gsize
jump_http_peer_count_written (JumpHttpPeer *self)
{
  return self->written;
}

const char *
jump_http_peer_get_request (JumpHttpPeer *self, guint index)
{
  return ((GString *) g_ptr_array_index (self->requests, index))->str;
}

gsize
jump_http_peer_get_request_length (JumpHttpPeer *self, guint index)
{
  return ((GString *) g_ptr_array_index (self->requests, index))->len;
}
