/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/relayed-request.h"
#include "service/http/routes.h"

static void
relay (JumpHttpContext *context, JumpClientRequest *request, JumpRelayPurpose purpose)
{
  JumpRelayRequest relayed;

  if (!jump_relayed_request_init (&relayed, context, request, purpose))
    return;
  jump_relay_start (context->relay, &relayed, request->sink);
  /* The relay has its own reference, and lets go of it long before the reply is over. */
  g_clear_pointer (&request->body, g_bytes_unref);
}

/* What asks a model for an answer, in the dialect that the table names for the path. */
void
jump_route_generate (JumpHttpContext *context, JumpClientRequest *request)
{
  relay (context, request, JUMP_RELAY_GENERATE);
}

/* POST /v1/messages/count_tokens, /v1/responses/input_tokens */
void
jump_route_count (JumpHttpContext *context, JumpClientRequest *request)
{
  relay (context, request, JUMP_RELAY_COUNT);
}
