/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/net/poller.h"

#include <gio/gio.h>

/* One accepted socket on the poller. Knows from the poller's edges whether a read can bring
 * anything, so that no system call is made to learn "not yet"; keeps bytes that were read too early
 * (the start of a pipelined request) for the next read. Never blocks.
 * With TLS the same: GIO's non-blocking streams read and write the socket, and the poller's edges tell
 * when that is worth it. */

typedef struct _JumpClientSocket JumpClientSocket;

typedef struct
{
  void (*on_readable) (gpointer user_data);
  void (*on_writable) (gpointer user_data); /* after a send took less than was given */
  void (*on_hangup) (gpointer user_data);   /* the client closed its end, or the socket failed */
} JumpClientSocketEvents;

/* @tls: (nullable): encrypted already, above @socket. */
JumpClientSocket *jump_client_socket_new (GSocket *socket,
                                          GIOStream *tls,
                                          JumpPoller *poller,
                                          const JumpClientSocketEvents *events,
                                          gpointer user_data);
void jump_client_socket_free (JumpClientSocket *self);

gssize jump_client_socket_receive (JumpClientSocket *self, char *buffer, gsize length);
gssize jump_client_socket_send (JumpClientSocket *self, const char *data, gsize length);
void jump_client_socket_unread (JumpClientSocket *self, const char *data, gsize length);
/* FALSE: there is nothing to read for sure. */
gboolean jump_client_socket_may_read (JumpClientSocket *self);
gboolean jump_client_socket_has_hung_up (JumpClientSocket *self);
void jump_client_socket_shutdown_write (JumpClientSocket *self);
