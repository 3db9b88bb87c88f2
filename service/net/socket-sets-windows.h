/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>
#include <winsock2.h>

/* Sockets to ask select() about, as many as there are: an fd_set of Windows is a count and a list,
 * and select() goes by the count, so that FD_SETSIZE is the size of a declaration and no limit.
 * Private to the poller. */

typedef struct
{
  u_int count;
  SOCKET sockets[];
} JumpSocketList;

typedef struct
{
  JumpSocketList *list; /* (owned) (nullable): NULL as long as it was always empty */
  guint room;
} JumpSocketSet;

typedef struct
{
  JumpSocketSet readable;
  JumpSocketSet writable;
  JumpSocketSet failed; /* a connection that did not come about shows in no other set */
} JumpSocketSets;

void jump_socket_set_add (JumpSocketSet *self, SOCKET fd);
guint jump_socket_set_get_length (const JumpSocketSet *self);

gboolean jump_socket_sets_are_empty (const JumpSocketSets *self);
void jump_socket_sets_empty (JumpSocketSets *self);
void jump_socket_sets_copy (JumpSocketSets *self, const JumpSocketSets *from);
void jump_socket_sets_clear (JumpSocketSets *self);
gboolean jump_socket_sets_select (JumpSocketSets *self, int timeout_ms);
