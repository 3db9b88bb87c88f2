/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/client-connection.h"
#include "service/http/http-context.h"
#include "service/http/refusal-desk.h"
#include "service/http/router.h"

/* A request on its way in: its head is read and judged, then its body is read, then it is handed to
 * its route. Everything that can be refused before the body is read is refused then. */

typedef struct
{
  JumpHttpContext *context;  /* (unowned) */
  JumpAccessRules access;    /* (owned) */
  JumpRefusalDesk *refusals; /* (owned): of wrong keys */
  const JumpRoute *routes;
  gsize n_routes;
  gsize body_limit;         /* of the model API */
  gsize control_body_limit; /* of the control API */
  gsize head_bytes;
  guint head_fields;
} JumpIncomingRules;

typedef struct _JumpIncomingRequest JumpIncomingRequest;

/* @rules: must stay valid as long as connections do. Returns: (transfer full): to be kept as
 * @connection's request, which it leaves when it is answered. */
JumpIncomingRequest *jump_incoming_request_new (const JumpIncomingRules *rules,
                                                JumpClientConnection *connection);
/* There may be bytes. Afterwards @self may be gone. */
void jump_incoming_request_read (JumpIncomingRequest *self);
/* It takes too long. Afterwards @self may be gone. */
void jump_incoming_request_expire (JumpIncomingRequest *self);
void jump_incoming_request_free (JumpIncomingRequest *self);
