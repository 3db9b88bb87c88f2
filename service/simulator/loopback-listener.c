/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/loopback-listener.h"

#include <gio/gnetworking.h>

struct _JumpLoopbackListener
{
  SoupServer *server; /* (owned) */
  GSocket *socket;    /* (owned) */
  GSource *watch;     /* (owned) */
  guint16 port;
};

static gboolean
on_connection_waits (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  JumpLoopbackListener *self = user_data;
  g_autoptr (GSocket) accepted = g_socket_accept (socket, NULL, NULL);
  g_autoptr (GSocketConnection) connection = NULL;

  if (accepted == NULL)
    return G_SOURCE_CONTINUE;
  connection = g_socket_connection_factory_create_connection (accepted);
  jump_loopback_hand_over (self->server, connection);
  return G_SOURCE_CONTINUE;
}

static GSocket *
open_socket (guint16 port, GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, port);
  g_autoptr (GSocket) socket =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL)
    return NULL;
  g_socket_set_blocking (socket, FALSE);
  g_socket_set_listen_backlog (socket, 1024);
  if (!g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error))
    return NULL;
  return g_steal_pointer (&socket);
}

/* A SoupServer without a listener of its own closes every connection after one request. This one
 * stays deaf: nobody is told its port. */
static gboolean
add_deaf_listener (SoupServer *server, GError **error)
{
  g_autoptr (GSocket) socket = open_socket (0, error);

  return socket != NULL && soup_server_listen_socket (server, socket, 0, error);
}

static gboolean
listen_on (JumpLoopbackListener *self, guint16 port, GError **error)
{
  g_autoptr (GSocketAddress) bound = NULL;

  self->socket = open_socket (port, error);
  if (self->socket == NULL)
    return FALSE;
  bound = g_socket_get_local_address (self->socket, error);
  if (bound == NULL)
    return FALSE;
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  return TRUE;
}

/**
 * jump_loopback_listener_new:
 * @server: gets the connections; must not listen otherwise
 * @port: 0 takes a free one
 * @error: of GIO, as when the port is taken
 */
JumpLoopbackListener *
jump_loopback_listener_new (SoupServer *server, guint16 port, GError **error)
{
  g_autoptr (JumpLoopbackListener) self = g_new0 (JumpLoopbackListener, 1);

  self->server = g_object_ref (server);
  if (!listen_on (self, port, error) || !add_deaf_listener (server, error))
    return NULL;
  self->watch = g_socket_create_source (self->socket, G_IO_IN, NULL);
  g_source_set_callback (self->watch, G_SOURCE_FUNC (on_connection_waits), self, NULL);
  g_source_attach (self->watch, g_main_context_get_thread_default ());
  return g_steal_pointer (&self);
}

/**
 * jump_loopback_listener_free:
 * @self: (transfer full): a listener; its port is free afterwards
 */
void
jump_loopback_listener_free (JumpLoopbackListener *self)
{
  if (self->watch != NULL)
    g_source_destroy (self->watch);
  g_clear_pointer (&self->watch, g_source_unref);
  if (self->socket != NULL)
    g_socket_close (self->socket, NULL);
  g_clear_object (&self->socket);
  g_clear_object (&self->server);
  g_free (self);
}

/**
 * jump_loopback_listener_get_port:
 */
guint16
jump_loopback_listener_get_port (JumpLoopbackListener *self)
{
  return self->port;
}

/**
 * jump_loopback_hand_over:
 * @server: serves the next requests
 * @connection: a new connection, or one that was taken from @server
 */
void
jump_loopback_hand_over (SoupServer *server, GSocketConnection *connection)
{
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);
  GSocket *socket = g_socket_connection_get_socket (connection);

  if (local == NULL || remote == NULL)
    return;
  /* As libsoup does for its own: small pieces must not wait for each other. */
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  soup_server_accept_iostream (server, G_IO_STREAM (connection), local, remote, NULL);
}
