/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/chat-check.h"

#include "service/base/json-read.h"
#include "service/simulator/chat-message-check.h"
#include "service/simulator/chat-question.h"
#include "service/simulator/model-gate.h"
#include "service/simulator/tool-check.h"

typedef struct
{
  JsonObject *body;
  JsonObject *model;
  const char *id;
  gboolean modern; /* gpt-5 and later */
} Request;

/* What the chat dialect knows; the rest is only refused by scenarios with strict_fields. */
static const char *const known_fields[] = {
  "model",
  "messages",
  "stream",
  "stream_options",
  "tools",
  "tool_choice",
  "parallel_tool_calls",
  "temperature",
  "top_p",
  "n",
  "stop",
  "max_tokens",
  "max_completion_tokens",
  "response_format",
  "seed",
  "user",
  "reasoning_effort",
  "thinking_budget",
  "frequency_penalty",
  "presence_penalty",
  "logit_bias",
  "logprobs",
  "top_logprobs",
  "prediction",
  "store",
  "service_tier",
  "snippy",
  "intent",
  "intent_threshold",
  NULL,
};

static JumpPlannedReply *
refuse_parameter (const char *name, const char *instead)
{
  g_autofree char *advice =
      instead == NULL ? g_strdup ("") : g_strdup_printf (" Use '%s' instead.", instead);

  return jump_planned_reply_new_error (
      400,
      "unsupported_parameter",
      name,
      "Unsupported parameter: '%s' is not supported with this model.%s",
      name,
      advice);
}

static JumpPlannedReply *
check_sampling (const Request *request)
{
  static const char *const names[] = { "temperature", "top_p" };

  for (guint i = 0; request->modern && i < G_N_ELEMENTS (names); i++)
    {
      double value = jump_json_has_value (request->body, names[i])
                         ? jump_json_get_double (request->body, names[i], 0)
                         : 1;

      if (value < 1 || value > 1)
        return refuse_parameter (names[i], NULL);
    }
  return NULL;
}

static JumpPlannedReply *
check_output_limit (const Request *request)
{
  gint64 most = jump_model_get_limit (request->model, "max_output_tokens");
  const char *wrong = request->modern ? "max_tokens" : "max_completion_tokens";
  const char *right = request->modern ? "max_completion_tokens" : "max_tokens";

  if (jump_json_has_value (request->body, wrong))
    return refuse_parameter (wrong, right);
  if (most > 0 && jump_json_get_int (request->body, right, 0) > most)
    return jump_planned_reply_new_error (
        400,
        "invalid_request_body",
        right,
        "The maximum tokens you requested exceeds the model limit of %" G_GINT64_FORMAT,
        most);
  return NULL;
}

static JumpPlannedReply *
check_values (const Request *request)
{
  gboolean many =
      g_str_has_prefix (request->id, "gpt-4") || g_str_has_prefix (request->id, "gpt-3.5");

  if (jump_json_get_boolean (request->body, "store", FALSE))
    return jump_planned_reply_new_error (400,
                                         "unsupported_value",
                                         "store",
                                         "store is not supported");
  if (jump_json_has_value (request->body, "service_tier"))
    return jump_planned_reply_new_error (400,
                                         "unsupported_value",
                                         "service_tier",
                                         "service_tier is not supported");
  if (jump_json_get_int (request->body, "n", 1) > 1 && !many)
    return jump_planned_reply_new_error (400,
                                         "unsupported_value",
                                         "n",
                                         "only n = 1 is supported with this model");
  return NULL;
}

static JumpPlannedReply *
check_effort (const Request *request)
{
  const char *effort = jump_json_get_string (request->body, "reasoning_effort", NULL);

  if (effort == NULL || jump_model_takes_effort (request->model, effort))
    return NULL;
  return jump_planned_reply_new_error (400,
                                       "invalid_reasoning_effort",
                                       "reasoning_effort",
                                       "reasoning effort \"%s\" is not supported by model %s",
                                       effort,
                                       request->id);
}

static JumpPlannedReply *
check_tools (const Request *request)
{
  JsonArray *tools = jump_json_get_array (request->body, "tools");
  guint n = tools == NULL ? 0 : json_array_get_length (tools);
  JumpPlannedReply *reply = jump_tool_check_count (n);

  for (guint i = 0; reply == NULL && i < n; i++)
    {
      JsonObject *tool = jump_json_array_get_object (tools, i);
      JsonObject *function = tool == NULL ? NULL : jump_json_get_object (tool, "function");
      g_autofree char *path = g_strdup_printf ("tools[%u].function.name", i);

      reply = jump_tool_check_name (
          path,
          function == NULL ? NULL : jump_json_get_string (function, "name", NULL));
    }
  return reply;
}

static JumpPlannedReply *
check_prompt_length (const Request *request)
{
  g_auto (JumpQuestion) question = { 0 };

  jump_chat_question_read (&question, request->body, request->model);
  return jump_model_gate_check_length (request->model, question.prompt_tokens);
}

static JumpPlannedReply *
check_fields (const Request *request, const JumpIncomingCall *call)
{
  static JumpPlannedReply *(*const checks[]) (const Request *) = {
    check_sampling, check_output_limit, check_values, check_effort, check_tools,
  };
  JumpPlannedReply *reply = NULL;

  for (guint i = 0; reply == NULL && i < G_N_ELEMENTS (checks); i++)
    reply = checks[i](request);
  if (reply == NULL)
    reply = jump_chat_message_check (jump_json_get_array (request->body, "messages"),
                                     request->model,
                                     call);
  if (reply == NULL)
    reply = check_prompt_length (request);
  return reply;
}

static gboolean
has_unknown_field (JsonObject *body)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, body);
  while (json_object_iter_next (&iter, &name, NULL))
    {
      if (!g_strv_contains (known_fields, name))
        return TRUE;
    }
  return FALSE;
}

/**
 * jump_chat_check:
 * @state: whose catalogue
 * @call: a call to POST /chat/completions by somebody who may
 * @out_model: (out): the model's entry, set when nothing is wrong
 *
 * Returns: (transfer full) (nullable): the refusal, NULL when nothing is wrong
 */
JumpPlannedReply *
jump_chat_check (JumpSimulatorState *state, const JumpIncomingCall *call, JsonObject **out_model)
{
  Request request = { .body = jump_incoming_call_get_object (call) };
  JumpPlannedReply *reply =
      jump_model_gate_check (state, call, "/chat/completions", &request.model);

  if (reply != NULL)
    return reply;
  if (state->scenario->strict_fields && has_unknown_field (request.body))
    return jump_model_gate_refuse ();
  request.id = jump_json_get_string (request.body, "model", "");
  request.modern = jump_model_is_modern (request.model);
  *out_model = request.model;
  return check_fields (&request, call);
}
