/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/net/poller.h"

#include <gio/gio.h>

/* One accepted client socket as a GIOStream on the poller: SoupServer reads requests through it,
 * replies are sent through it directly. Knows from the poller's edges whether a read can bring
 * anything, so that no system call is made to learn "not yet". Never blocks. */

#define JUMP_TYPE_SOCKET_STREAM (jump_socket_stream_get_type ())
G_DECLARE_FINAL_TYPE (JumpSocketStream, jump_socket_stream, JUMP, SOCKET_STREAM, GIOStream)

typedef struct
{
  void (*on_readable) (gpointer user_data);
  void (*on_writable) (gpointer user_data); /* after a send took less than was given */
  void (*on_hangup) (gpointer user_data);   /* the client closed its end, or the socket failed */
  void (*on_closed) (gpointer user_data);   /* closed by whoever held the stream; last call */
} JumpSocketStreamEvents;

JumpSocketStream *jump_socket_stream_new (GSocket *socket, JumpPoller *poller);
void jump_socket_stream_set_events (JumpSocketStream *self,
                                    const JumpSocketStreamEvents *events,
                                    gpointer user_data);
GSocket *jump_socket_stream_get_socket (JumpSocketStream *self);

gssize jump_socket_stream_receive (JumpSocketStream *self, char *buffer, gsize length);
gssize jump_socket_stream_send (JumpSocketStream *self, const char *data, gsize length);
void jump_socket_stream_unread (JumpSocketStream *self, const char *data, gsize length);
void jump_socket_stream_take_back (JumpSocketStream *self, GIOStream *wrapper);
gboolean jump_socket_stream_has_unread (JumpSocketStream *self);
gboolean jump_socket_stream_has_hung_up (JumpSocketStream *self);
void jump_socket_stream_shutdown_write (JumpSocketStream *self);
void jump_socket_stream_close (JumpSocketStream *self);
