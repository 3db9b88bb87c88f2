/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/http/http-reply.h"
#include "service/http/routes.h"

/* Responses that were kept for previous_response_id; upstream keeps none. Those of other keys are as unknown
 * as any. */

static void
reply_unknown (JumpClientRequest *request)
{
  g_autoptr (GError) error =
      g_error_new (JUMP_ERROR,
                   JUMP_ERROR_NOT_FOUND,
                   "there is no response \"%s\": it is unknown, too old, or was not to be stored",
                   request->parameter);

  jump_http_reply_error (request, error);
}

/* GET /v1/responses/{id} */
void
jump_route_response (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GBytes) response =
      jump_response_store_lookup (jump_relay_get_responses (context->relay),
                                  jump_client_pass_get_owner (request->pass),
                                  request->parameter);

  if (response != NULL)
    jump_http_reply_bytes (request, 200, "application/json", response);
  else
    reply_unknown (request);
}

/* DELETE /v1/responses/{id} */
void
jump_route_response_delete (JumpHttpContext *context, JumpClientRequest *request)
{
  JumpResponseStore *responses = jump_relay_get_responses (context->relay);
  g_auto (JumpJsonWriter) writer = { 0 };

  if (!jump_response_store_delete (responses,
                                   jump_client_pass_get_owner (request->pass),
                                   request->parameter))
    {
      reply_unknown (request);
      return;
    }
  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "id", request->parameter);
  jump_json_writer_member_string (&writer, "object", "response");
  jump_json_writer_member_boolean (&writer, "deleted", TRUE);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}
