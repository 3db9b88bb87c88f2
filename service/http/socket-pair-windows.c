/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/socket-pair.h"

/* Both ends are here: what takes longer will never come. */
#define TIMEOUT_SECONDS 5

static GSocket *
open_socket (GError **error)
{
  GSocket *socket =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket != NULL)
    g_socket_set_timeout (socket, TIMEOUT_SECONDS);
  return socket;
}

/* Somebody else may have been faster in connecting to the port. */
static gboolean
is_pair (GSocket *caller, GSocket *answerer)
{
  g_autoptr (GSocketAddress) own = g_socket_get_local_address (caller, NULL);
  g_autoptr (GSocketAddress) seen = g_socket_get_remote_address (answerer, NULL);

  return own != NULL && seen != NULL &&
         g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (own)) ==
             g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (seen));
}

/* Windows has no socketpair(): two ends meet at a port of the loopback address, which is closed at
 * once. */
gboolean
jump_socket_pair_new (GSocket *ends[2], GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GSocket) listener = open_socket (error);
  g_autoptr (GSocket) caller = NULL;
  g_autoptr (GSocket) answerer = NULL;

  if (listener == NULL || !g_socket_bind (listener, any, FALSE, error) ||
      !g_socket_listen (listener, error) ||
      (address = g_socket_get_local_address (listener, error)) == NULL ||
      (caller = open_socket (error)) == NULL || !g_socket_connect (caller, address, NULL, error) ||
      (answerer = g_socket_accept (listener, NULL, error)) == NULL)
    return FALSE;
  if (!is_pair (caller, answerer))
    {
      g_set_error_literal (error,
                           G_IO_ERROR,
                           G_IO_ERROR_ADDRESS_IN_USE,
                           "another program connected to the port of a trial");
      return FALSE;
    }
  ends[0] = g_steal_pointer (&caller);
  ends[1] = g_steal_pointer (&answerer);
  return TRUE;
}
