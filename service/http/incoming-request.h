/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/client-connection.h"
#include "service/http/http-context.h"
#include "service/http/router.h"

#include <libsoup/soup.h>

/* A request on its way in: judged by its head, then read, then handed to its route. Bodies with a
 * Content-Length are read straight from the socket; libsoup keeps those that come in chunks.
 * Everything that can be refused before the body is read is refused then. */

typedef struct
{
  JumpHttpContext *context; /* (unowned) */
  const JumpRoute *routes;
  gsize n_routes;
  gsize body_limit;
} JumpIncomingRules;

typedef struct _JumpIncomingRequest JumpIncomingRequest;

/* The head is there. @rules: must stay valid as long as connections do. The request belongs to
 * @connection until it is answered. */
void jump_incoming_request_start (const JumpIncomingRules *rules,
                                  JumpClientConnection *connection,
                                  SoupServerMessage *message,
                                  const char *path);
/* More of a body may be on the socket. */
void jump_incoming_request_read (JumpIncomingRequest *self);
/* libsoup has read a chunked body whole. */
void jump_incoming_request_end (JumpIncomingRequest *self, SoupServerMessage *message);
void jump_incoming_request_free (JumpIncomingRequest *self);
