/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* The other end of an HTTP connection, played from a script: a TCP server on a free loopback port,
 * in this process and on the thread-default main context. It reads whole requests (header and
 * Content-Length) and answers each with the next reply of the script, byte for byte; the last
 * reply is used for all further requests. */

typedef enum
{
  JUMP_PEER_KEEP,  /* leave the connection open */
  JUMP_PEER_CLOSE, /* close it after the reply */
  JUMP_PEER_RESET, /* cut it after the reply, so that the client sees a reset */
} JumpPeerEnd;

typedef struct _JumpHttpPeer JumpHttpPeer;

JumpHttpPeer *jump_http_peer_new (void);
void jump_http_peer_free (JumpHttpPeer *self);

/* Returns: (transfer full): http://127.0.0.1:PORT and @path */
char *jump_http_peer_dup_url (JumpHttpPeer *self, const char *path);
/* @piece: bytes written per turn of the loop, 0: as fast as the socket takes them. An empty reply
 * means to say nothing. */
void jump_http_peer_add_reply (JumpHttpPeer *self,
                               const char *bytes,
                               gssize length,
                               gsize piece,
                               JumpPeerEnd end);
/* Says something on all connections, asked or not. */
void jump_http_peer_say (JumpHttpPeer *self, const char *text);
void jump_http_peer_close_all (JumpHttpPeer *self);

guint jump_http_peer_count_connections (JumpHttpPeer *self); /* ever accepted */
guint jump_http_peer_count_open (JumpHttpPeer *self);
guint jump_http_peer_count_left (JumpHttpPeer *self); /* closed by the client */
guint jump_http_peer_count_requests (JumpHttpPeer *self);
gsize jump_http_peer_count_written (JumpHttpPeer *self); /* bytes the kernel took */
/* Returns: (transfer none): header and body as they came */
const char *jump_http_peer_get_request (JumpHttpPeer *self, guint index);
gsize jump_http_peer_get_request_length (JumpHttpPeer *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpHttpPeer, jump_http_peer_free)
