/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/socket-pair.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

static GSocket *
open_end (int fd, GError **error)
{
  GSocket *socket = g_socket_new_from_fd (fd, error);

  if (socket == NULL)
    close (fd);
  return socket;
}

gboolean
jump_socket_pair_new (GSocket *ends[2], GError **error)
{
  g_autoptr (GSocket) first = NULL;
  g_autoptr (GSocket) second = NULL;
  int fds[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
    {
      g_set_error_literal (error,
                           G_IO_ERROR,
                           g_io_error_from_errno (errno),
                           "no pair of sockets for a trial");
      return FALSE;
    }
  first = open_end (fds[0], error);
  second = open_end (fds[1], first == NULL ? NULL : error);
  if (first == NULL || second == NULL)
    return FALSE;
  ends[0] = g_steal_pointer (&first);
  ends[1] = g_steal_pointer (&second);
  return TRUE;
}
