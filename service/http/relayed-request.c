/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/relayed-request.h"

#include "service/http/http-reply.h"

/**
 * jump_relayed_request_init:
 * @self: filled with what belongs to @request
 * @request: read whole
 *
 * Returns: whether there is anything to relay
 */
gboolean
jump_relayed_request_init (JumpRelayRequest *self, JumpClientRequest *request)
{
  *self = (JumpRelayRequest){
    .dialect = request->dialect,
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
      return FALSE;
    }
  request->is_relayed = TRUE;
  return TRUE;
}
