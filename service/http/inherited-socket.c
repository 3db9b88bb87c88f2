/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/inherited-socket.h"

#include "service/base/error.h"

#ifdef G_OS_UNIX
#include <fcntl.h>
#endif
#include <gio/gnetworking.h>
#include <gio/gunixsocketaddress.h>

const char *
jump_socket_role_to_string (JumpSocketRole role)
{
  switch (role)
    {
    case JUMP_SOCKET_MAIN:
      return "main";
    case JUMP_SOCKET_LOCAL:
      return "local";
    case JUMP_SOCKET_CONTROL:
      return "control";
    case JUMP_SOCKET_OLLAMA:
      return "ollama";
    case JUMP_SOCKET_TLS:
      return "tls";
    }
  return "main";
}

static JumpSocketRole
find_role (const char *name, gboolean is_unix)
{
  if (g_str_equal (name, "control"))
    return JUMP_SOCKET_CONTROL;
  if (g_str_equal (name, "ollama"))
    return JUMP_SOCKET_OLLAMA;
  if (g_str_equal (name, "tls"))
    return JUMP_SOCKET_TLS;
  return is_unix ? JUMP_SOCKET_LOCAL : JUMP_SOCKET_MAIN;
}

void
jump_inherited_socket_free (JumpInheritedSocket *self)
{
  g_clear_object (&self->socket);
  g_free (self->name);
  g_free (self->place);
  g_free (self->address);
  g_free (self);
}

#ifdef G_OS_UNIX
static GSocket *
open_copy (int fd, GError **error)
{
  int copy = fcntl (fd, F_DUPFD_CLOEXEC, 0);
  GSocket *socket;

  if (copy < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, g_strerror (errno));
      return NULL;
    }
  socket = g_socket_new_from_fd (copy, error);
  if (socket == NULL)
    close (copy);
  return socket;
}
#else
static GSocket *
open_copy (int fd, GError **error)
{
  return g_socket_new_from_fd (fd, error);
}
#endif

static gboolean
is_listening (GSocket *socket)
{
  int value = 0;

  return g_socket_get_socket_type (socket) == G_SOCKET_TYPE_STREAM &&
         g_socket_get_option (socket, SOL_SOCKET, SO_ACCEPTCONN, &value, NULL) && value != 0;
}

static gboolean
read_place (JumpInheritedSocket *self)
{
  g_autoptr (GSocketAddress) bound = g_socket_get_local_address (self->socket, NULL);
  GInetAddress *address;

  if (bound == NULL)
    return FALSE;
  if (G_IS_UNIX_SOCKET_ADDRESS (bound))
    {
      const char *path = g_unix_socket_address_get_path (G_UNIX_SOCKET_ADDRESS (bound));

      self->place = *path == '\0' ? g_strdup ("abstract") : g_strdup (path);
      return TRUE;
    }
  if (!G_IS_INET_SOCKET_ADDRESS (bound))
    return FALSE;
  address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (bound));
  self->address = g_inet_address_to_string (address);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  self->place = g_strdup_printf (strchr (self->address, ':') != NULL ? "[%s]:%u" : "%s:%u",
                                 self->address,
                                 self->port);
  return TRUE;
}

JumpInheritedSocket *
jump_inherited_socket_new (int fd, const char *name, GError **error)
{
  g_autoptr (JumpInheritedSocket) self = g_new0 (JumpInheritedSocket, 1);

  self->name = g_strdup (name);
  self->socket = open_copy (fd, NULL);
  if (self->socket == NULL || !is_listening (self->socket) || !read_place (self))
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_SETTINGS,
                   "file %d (%s) from the service manager is not a listening stream socket: its "
                   "unit needs ListenStream= and Accept=no",
                   fd,
                   name);
      return NULL;
    }
  g_socket_set_blocking (self->socket, FALSE);
  self->role = find_role (name, self->address == NULL);
  return g_steal_pointer (&self);
}

static void
free_socket (gpointer data)
{
  jump_inherited_socket_free (data);
}

GPtrArray *
jump_inherited_sockets_new (const JumpActivation *activation, GError **error)
{
  g_autoptr (GPtrArray) sockets = g_ptr_array_new_with_free_func (free_socket);

  for (guint i = 0; activation != NULL && i < activation->n_sockets; i++)
    {
      JumpInheritedSocket *one = jump_inherited_socket_new (JUMP_ACTIVATION_FIRST_FD + (int) i,
                                                            activation->names[i],
                                                            error);

      if (one == NULL)
        return NULL;
      g_ptr_array_add (sockets, one);
    }
  return g_steal_pointer (&sockets);
}
