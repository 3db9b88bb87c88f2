/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/relayed-request.h"

#include "service/base/error.h"
#include "service/http/http-reply.h"
#include "service/http/metered-key.h"

/* A person resumes it, so nobody knows when. */
#define PAUSE_RETRY_AFTER 30

static JumpRelayRequest
describe (const JumpClientRequest *request, JumpRelayPurpose purpose)
{
  return (JumpRelayRequest){
    .dialect = request->dialect,
    .purpose = purpose,
    .id = request->id,
    .method = request->method,
    .path = request->path,
    .client = request->user_agent,
    .beta = request->anthropic_beta,
    .turn = request->turn,
    .pass = request->pass,
    .body = request->body,
    .headers = request->headers,
    .address = request->address,
    .process = request->process,
    .session = request->conversation,
  };
}

/**
 * jump_relayed_request_pause:
 * @request: read whole; must not be touched any more when this returns TRUE
 * @purpose: what it is for
 *
 * Returns: whether serving is paused; the client was told then
 */
gboolean
jump_relayed_request_pause (JumpHttpContext *context,
                            JumpClientRequest *request,
                            JumpRelayPurpose purpose)
{
  JumpRelayRequest relayed = describe (request, purpose);
  g_autoptr (GError) error = NULL;

  if (!context->is_paused)
    return FALSE;
  error = g_error_new (JUMP_ERROR,
                       JUMP_ERROR_UNAVAILABLE,
                       "serving is paused in Jumpseat; resume it in the tray menu or with POST "
                       "/api/resume");
  request->is_relayed = TRUE;
  jump_relay_turn_away (context->relay, &relayed, error, PAUSE_RETRY_AFTER, request->sink);
  return TRUE;
}

/**
 * jump_relayed_request_init:
 * @self: filled with what belongs to @request
 * @context: knows whether serving is paused
 * @request: read whole
 * @purpose: what it is for
 *
 * Returns: whether there is anything to relay
 */
gboolean
jump_relayed_request_init (JumpRelayRequest *self,
                           JumpHttpContext *context,
                           JumpClientRequest *request,
                           JumpRelayPurpose purpose)
{
  if (jump_relayed_request_pause (context, request, purpose))
    return FALSE;
  *self = describe (request, purpose);
  if (g_bytes_get_size (request->body) == 0)
    {
      jump_http_reply_refusal (request,
                               400,
                               "invalid_json",
                               "the request has no body: expected a JSON object",
                               NULL);
      return FALSE;
    }
  if (!jump_metered_key_begin (context, request, self))
    return FALSE;
  request->is_relayed = TRUE;
  return TRUE;
}
