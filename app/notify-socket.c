/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-app"

#include "app/notify-socket.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>

struct _JumpNotifySocket
{
  GSocket *socket;         /* (owned) */
  GSocketAddress *address; /* (owned) */
};

JumpNotifySocket *
jump_notify_socket_new (const char *name)
{
  g_autoptr (JumpNotifySocket) self = g_new0 (JumpNotifySocket, 1);
  g_autoptr (GError) error = NULL;

  self->address =
      *name == '@'
          ? g_unix_socket_address_new_with_type (name + 1, -1, G_UNIX_SOCKET_ADDRESS_ABSTRACT)
          : g_unix_socket_address_new (name);
  self->socket = g_socket_new (G_SOCKET_FAMILY_UNIX,
                               G_SOCKET_TYPE_DATAGRAM,
                               G_SOCKET_PROTOCOL_DEFAULT,
                               &error);
  if (self->socket == NULL)
    {
      g_debug ("telling the service manager: %s", error->message);
      return NULL;
    }
  g_socket_set_blocking (self->socket, FALSE);
  return g_steal_pointer (&self);
}

void
jump_notify_socket_free (JumpNotifySocket *self)
{
  g_clear_object (&self->socket);
  g_clear_object (&self->address);
  g_free (self);
}

/**
 * jump_notify_socket_send:
 * @self: the service manager's socket
 * @lines: NAME=value, one in each line
 */
void
jump_notify_socket_send (JumpNotifySocket *self, const char *lines)
{
  g_autoptr (GError) error = NULL;

  if (g_socket_send_to (self->socket, self->address, lines, strlen (lines), NULL, &error) < 0)
    g_debug ("telling the service manager: %s", error->message);
}
