/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* Who is at the other end of an accepted socket, and at which of our addresses it came in. */

#define JUMP_PEER_UNIX "unix"

typedef struct
{
  char *peer;          /* (owned): "127.0.0.1", "fd00::2"; JUMP_PEER_UNIX for a Unix socket */
  char *local_address; /* (owned): as @peer */
  guint16 local_port;  /* 0 for a Unix socket */
  guint64
      inode; /* of the peer's socket, where it is on this computer and the system tells; else 0 */
  int pid;   /* of the peer at our Unix socket, where the system tells; else 0 */
  gboolean
      is_local; /* the peer is a program of ours: by loopback, where the system tells whose it is, or by
                        * our Unix socket */
} JumpPeerAddress;

void jump_peer_address_read (JumpPeerAddress *self, GSocket *socket);
void jump_peer_address_clear (JumpPeerAddress *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpPeerAddress, jump_peer_address_clear)
/* Returns: (transfer full): whose connections count together: the address, and of a foreign IPv6
 * address its network, since one machine has as many addresses there as it likes. */
char *jump_peer_address_dup_group (const char *peer);
