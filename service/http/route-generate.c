/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/http-reply.h"
#include "service/http/routes.h"

static void
relay (JumpHttpContext *context, JumpClientRequest *request, JumpRelayPurpose purpose)
{
  JumpRelayRequest relayed = {
    .dialect = request->dialect,
    .purpose = purpose,
    .id = request->id,
    .method = request->method,
    .path = request->path,
    .client = request->user_agent,
    .beta = request->anthropic_beta,
    .turn = request->turn,
    .body = request->body,
  };

  if (g_bytes_get_size (request->body) == 0)
    {
      jump_http_reply_refusal (request,
                               400,
                               "invalid_json",
                               "the request has no body: expected a JSON object",
                               NULL);
      return;
    }
  request->is_relayed = TRUE;
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
