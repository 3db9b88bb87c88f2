/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Where a service manager hears how a program is: datagrams of lines NAME=value (sd_notify(3)), written
 * here because the protocol is smaller than a dependency on the library that speaks it. */

typedef struct _JumpNotifySocket JumpNotifySocket;

/* @name: a path, or "@" and an abstract name. Returns: (transfer full) (nullable): NULL where it is of no
 * use */
JumpNotifySocket *jump_notify_socket_new (const char *name);
void jump_notify_socket_free (JumpNotifySocket *self);
/* Waits for nobody: what does not fit is lost, and the program goes on. */
void jump_notify_socket_send (JumpNotifySocket *self, const char *lines);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpNotifySocket, jump_notify_socket_free)
