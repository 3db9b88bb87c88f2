/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/access.h"
#include "service/http/http-context.h"
#include "service/http/tls-identity.h"

/* Listens, reads requests (libsoup parses their heads), admits (access), dispatches (router), answers
 * (routes). Life of a request: bytes on a parked connection → its head is judged before its body is
 * read → the route answers → the connection is parked again.
 * One server has one door; what all doors share stands in the context.
 * Not SoupServer: its objects for each connection, message and stream cost as much as all the rest of
 * a small request, and give no say over time limits, sizes and doubtful framing. */

#define JUMP_TYPE_HTTP_SERVER (jump_http_server_get_type ())
G_DECLARE_FINAL_TYPE (JumpHttpServer, jump_http_server, JUMP, HTTP_SERVER, GObject)

/* @context: (transfer none): outlives the server */
JumpHttpServer *jump_http_server_new (JumpPoller *poller, JumpHttpContext *context);

gboolean
jump_http_server_listen (JumpHttpServer *self, const char *address, guint16 port, GError **error);
/* The same, encrypted. @identity: (transfer full) */
gboolean jump_http_server_listen_tls (JumpHttpServer *self,
                                      const char *address,
                                      guint16 port,
                                      JumpTlsIdentity *identity,
                                      GError **error);
/* At a Unix socket. */
gboolean jump_http_server_listen_local (JumpHttpServer *self, const char *path, GError **error);
/* At sockets that somebody else opened. @identity: (transfer full) (nullable) */
void jump_http_server_listen_inherited (JumpHttpServer *self,
                                        GPtrArray *sockets,
                                        guint16 loopback_port,
                                        JumpTlsIdentity *identity);
/* Everything, if nothing is said. */
void jump_http_server_set_purpose (JumpHttpServer *self, JumpAccessPurpose purpose);
guint16 jump_http_server_get_port (JumpHttpServer *self);
/* Reads limits and time limits from the settings anew. */
void jump_http_server_update_limits (JumpHttpServer *self);

/* Accepts no more, closes what is idle; @on_empty once the last reply was sent. */
void jump_http_server_drain (JumpHttpServer *self, GSourceOnceFunc on_empty, gpointer user_data);
