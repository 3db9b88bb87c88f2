/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/http-reply.h"
#include "service/http/routes.h"

/* POST /v1/chat/completions and /chat/completions. */
void
jump_route_chat_completions (JumpHttpContext *context, JumpClientRequest *request)
{
  JumpRelayRequest relayed = {
    .dialect = jump_dialect_get (JUMP_DIALECT_CHAT),
    .id = request->id,
    .method = request->method,
    .path = request->path,
    .client = request->user_agent,
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
