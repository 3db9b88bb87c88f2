/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/http/local-socket.h"

/* Windows has such sockets, but no modes and no way to ask who connects. */

struct _JumpLocalSocket
{
  GSocket *socket; /* (owned) (nullable) */
};

JumpLocalSocket *
jump_local_socket_new (const char *path, GError **error)
{
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_SETTINGS,
               "server.socket %s: this system has no Unix sockets that keep others out",
               path);
  return NULL;
}

void
jump_local_socket_free (JumpLocalSocket *self)
{
  g_free (self);
}

GSocket *
jump_local_socket_get_socket (JumpLocalSocket *self)
{
  return self->socket;
}

gboolean
jump_local_socket_admits (GSocket *accepted)
{
  return FALSE;
}

int
jump_local_socket_find_peer (GSocket *accepted)
{
  return 0;
}
