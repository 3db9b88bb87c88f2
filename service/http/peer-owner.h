/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* Which user of this computer is at the other end of a loopback connection: everybody here can reach a
 * loopback port, but a seat belongs to one. */

typedef enum
{
  JUMP_PEER_OWN,     /* our user, or the administrator */
  JUMP_PEER_OTHER,   /* another user, or somebody who closed the socket before we could look */
  JUMP_PEER_UNKNOWN, /* the system does not tell */
} JumpPeerOwner;

/* @socket: an accepted, connected TCP socket whose other end is on this computer. @out_inode: (out): the kernel's
 * number for that end, 0 where it does not tell */
JumpPeerOwner jump_peer_owner_find (GSocket *socket, guint64 *out_inode);
