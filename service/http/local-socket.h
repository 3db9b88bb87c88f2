/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* A Unix socket that only our own user can open: its file has mode 0600 from its first moment, its
 * folder must not be writable by everybody, and who connects is asked for. */

typedef struct _JumpLocalSocket JumpLocalSocket;

/* Listens at @path, which must be absolute. The file of an instance that is gone is replaced. */
JumpLocalSocket *jump_local_socket_new (const char *path, GError **error);
/* Removes the file, if it is still this one. */
void jump_local_socket_free (JumpLocalSocket *self);
GSocket *jump_local_socket_get_socket (JumpLocalSocket *self);
/* Is the other end of @accepted our user, or the administrator? */
gboolean jump_local_socket_admits (GSocket *accepted);
/* Returns: the process at the other end of @accepted, 0 where the system does not tell */
int jump_local_socket_find_peer (GSocket *accepted);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpLocalSocket, jump_local_socket_free)
