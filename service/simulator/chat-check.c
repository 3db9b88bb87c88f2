/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/chat-check.h"

#include "service/base/json-read.h"

JumpPlannedReply *
jump_chat_check (JumpSimulatorState *state,
                 const JumpIncomingCall *call,
                 gboolean identified,
                 JsonObject **out_model)
{
  JsonObject *body = jump_incoming_call_get_object (call);

  if (body == NULL)
    return jump_planned_reply_new_error (400,
                                         "invalid_request_body",
                                         NULL,
                                         "failed to parse request body");
  *out_model = jump_model_shelf_find (state->shelf, jump_json_get_string (body, "model", NULL));
  if (*out_model == NULL || !jump_model_shelf_allows (state->shelf, *out_model, identified))
    return jump_planned_reply_new_error (400,
                                         "model_not_supported",
                                         "model",
                                         "The requested model is not supported.");
  return NULL;
}
