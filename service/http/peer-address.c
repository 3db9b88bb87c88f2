/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/peer-address.h"

#include "service/http/local-socket.h"
#include "service/http/peer-owner.h"

#include <string.h>

#define IPV6_BYTES    16
#define NETWORK_BYTES 8 /* of an IPv6 address: what a household or a company's network gets */
#define MAPPED_PREFIX 12

/* Sockets for both families write IPv4 addresses as ::ffff:192.0.2.1. */
static GInetAddress *
unmap (GInetAddress *address)
{
  static const guint8 prefix[MAPPED_PREFIX] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
  const guint8 *bytes = g_inet_address_to_bytes (address);

  if (g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6 ||
      memcmp (bytes, prefix, sizeof prefix) != 0)
    return g_object_ref (address);
  return g_inet_address_new_from_bytes (bytes + MAPPED_PREFIX, G_SOCKET_FAMILY_IPV4);
}

static GInetAddress *
get_inet_address (GSocketAddress *address)
{
  return unmap (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

/**
 * jump_peer_address_read:
 * @self: (out caller-allocates): clear it afterwards
 * @socket: accepted
 *
 * What the system does not tell (the peer is gone already) counts as a stranger.
 */
void
jump_peer_address_read (JumpPeerAddress *self, GSocket *socket)
{
  g_autoptr (GSocketAddress) remote = NULL;
  g_autoptr (GSocketAddress) local = NULL;

  *self = (JumpPeerAddress){ 0 };
  if (g_socket_get_family (socket) == G_SOCKET_FAMILY_UNIX)
    {
      self->peer = g_strdup (JUMP_PEER_UNIX);
      self->local_address = g_strdup (JUMP_PEER_UNIX);
      self->is_local = TRUE;
      self->pid = jump_local_socket_find_peer (socket);
      return;
    }
  remote = g_socket_get_remote_address (socket, NULL);
  local = g_socket_get_local_address (socket, NULL);
  if (remote != NULL && G_IS_INET_SOCKET_ADDRESS (remote))
    {
      g_autoptr (GInetAddress) address = get_inet_address (remote);

      self->peer = g_inet_address_to_string (address);
      self->is_local = g_inet_address_get_is_loopback (address) &&
                       jump_peer_owner_find (socket, &self->inode) != JUMP_PEER_OTHER;
    }
  if (local != NULL && G_IS_INET_SOCKET_ADDRESS (local))
    {
      g_autoptr (GInetAddress) address = get_inet_address (local);

      self->local_address = g_inet_address_to_string (address);
      self->local_port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (local));
    }
  if (self->peer == NULL)
    self->peer = g_strdup ("unknown");
  if (self->local_address == NULL)
    self->local_address = g_strdup ("unknown");
}

void
jump_peer_address_clear (JumpPeerAddress *self)
{
  g_clear_pointer (&self->peer, g_free);
  g_clear_pointer (&self->local_address, g_free);
}

char *
jump_peer_address_dup_group (const char *peer)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (peer);
  g_autoptr (GInetAddress) network = NULL;
  guint8 bytes[IPV6_BYTES] = { 0 };

  if (address == NULL || g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6 ||
      g_inet_address_get_is_loopback (address))
    return g_strdup (peer);
  memcpy (bytes, g_inet_address_to_bytes (address), NETWORK_BYTES);
  network = g_inet_address_new_from_bytes (bytes, G_SOCKET_FAMILY_IPV6);
  return g_inet_address_to_string (network);
}
