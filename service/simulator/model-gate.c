/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/model-gate.h"

#include "service/base/json-read.h"

/**
 * jump_model_gate_refuse:
 *
 * Returns: (transfer full): the refusal for nearly everything about models
 */
JumpPlannedReply *
jump_model_gate_refuse (void)
{
  return jump_planned_reply_new_error (400,
                                       "model_not_supported",
                                       "model",
                                       "The requested model is not supported.");
}

/**
 * jump_model_gate_check:
 */
JumpPlannedReply *
jump_model_gate_check (JumpSimulatorState *state,
                       const JumpIncomingCall *call,
                       const char *endpoint,
                       JsonObject **out_model)
{
  JsonObject *body = jump_incoming_call_get_object (call);
  gboolean identified = jump_incoming_call_get_header (call, "Copilot-Integration-Id") != NULL;
  const char *id;
  JsonObject *model;

  if (body == NULL)
    return jump_planned_reply_new_error (400,
                                         "invalid_request_body",
                                         NULL,
                                         "failed to parse request body");
  id = jump_json_get_string (body, "model", "");
  model = jump_model_shelf_find (state->shelf, id);
  if (model == NULL || !jump_model_shelf_allows (state->shelf, model, identified))
    return jump_model_gate_refuse ();
  if (!jump_model_speaks (model, endpoint))
    return jump_planned_reply_new_error (400,
                                         "unsupported_api_for_model",
                                         NULL,
                                         "model \"%s\" is not accessible via the %s endpoint",
                                         id,
                                         endpoint);
  *out_model = model;
  return NULL;
}

/**
 * jump_model_gate_check_length:
 * @model: the model's entry
 * @prompt_tokens: how long the prompt is
 */
JumpPlannedReply *
jump_model_gate_check_length (JsonObject *model, gint64 prompt_tokens)
{
  gint64 most = jump_model_get_limit (model, "max_prompt_tokens");

  if (most <= 0 || prompt_tokens <= most)
    return NULL;
  return jump_planned_reply_new_error (400,
                                       "model_max_prompt_tokens_exceeded",
                                       NULL,
                                       "prompt token count of %" G_GINT64_FORMAT
                                       " exceeds the limit of %" G_GINT64_FORMAT,
                                       prompt_tokens,
                                       most);
}

/**
 * jump_model_is_modern:
 */
gboolean
jump_model_is_modern (JsonObject *model)
{
  const char *id = jump_json_get_string (model, "id", "");
  guint64 major;

  if (!g_str_has_prefix (id, "gpt-"))
    return FALSE;
  /* Not gpt-41-copilot. */
  major = g_ascii_strtoull (id + strlen ("gpt-"), NULL, 10);
  return major >= 5 && major < 20;
}
