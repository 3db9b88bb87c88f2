/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/responses-check.h"

#include "service/base/json-read.h"
#include "service/simulator/model-gate.h"
#include "service/simulator/responses-input-check.h"
#include "service/simulator/responses-question.h"
#include "service/simulator/responses-refusal.h"
#include "service/simulator/responses-tool-check.h"
#include "service/simulator/strict-schema.h"

#define MIN_OUTPUT_TOKENS 16

typedef struct
{
  const JumpIncomingCall *call;
  JsonObject *body;
  JsonObject *model;
} Request;

static const char *const known_fields[] = {
  "model",
  "input",
  "instructions",
  "stream",
  "stream_options",
  "tools",
  "tool_choice",
  "parallel_tool_calls",
  "max_output_tokens",
  "max_tool_calls",
  "store",
  "truncation",
  "reasoning",
  "include",
  "text",
  "prompt_cache_key",
  "prompt_cache_retention",
  "context_management",
  "previous_response_id",
  "service_tier",
  "temperature",
  "top_p",
  "top_logprobs",
  "metadata",
  "client_metadata",
  "user",
  "safety_identifier",
  "background",
  NULL,
};

static JumpPlannedReply *
refuse_value (const char *field)
{
  return jump_planned_reply_new_error (400,
                                       "unsupported_value",
                                       field,
                                       "%s is not supported",
                                       field);
}

static JumpPlannedReply *
check_state (const Request *request)
{
  if (jump_json_get_boolean (request->body, "store", FALSE))
    return refuse_value ("store");
  if (jump_json_get_boolean (request->body, "background", FALSE))
    return refuse_value ("background");
  if (jump_json_has_value (request->body, "service_tier"))
    return refuse_value ("service_tier");
  if (jump_json_has_value (request->body, "previous_response_id"))
    return jump_planned_reply_new_error (
        400,
        "previous_response_not_found",
        "previous_response_id",
        "Previous response with id '%s' not found.",
        jump_json_get_string (request->body, "previous_response_id", ""));
  return NULL;
}

static JumpPlannedReply *
check_output_limit (const Request *request)
{
  gint64 most = jump_model_get_limit (request->model, "max_output_tokens");
  gint64 wanted = jump_json_get_int (request->body, "max_output_tokens", MIN_OUTPUT_TOKENS);

  if (wanted < MIN_OUTPUT_TOKENS)
    return jump_planned_reply_new_error (
        400,
        "integer_below_min_value",
        "max_output_tokens",
        "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= %d, but got "
        "%" G_GINT64_FORMAT " instead.",
        MIN_OUTPUT_TOKENS,
        wanted);
  if (most > 0 && wanted > most)
    return jump_planned_reply_new_error (
        400,
        "invalid_request_body",
        "max_output_tokens",
        "The maximum tokens you requested exceeds the model limit of %" G_GINT64_FORMAT,
        most);
  return NULL;
}

static JumpPlannedReply *
check_sampling (const Request *request)
{
  static const char *const names[] = { "temperature", "top_p" };
  gboolean refuses =
      jump_model_is_modern (request->model) || jump_model_is_vendor (request->model, "xAI");

  for (guint i = 0; refuses && i < G_N_ELEMENTS (names); i++)
    {
      double value = jump_json_has_value (request->body, names[i])
                         ? jump_json_get_double (request->body, names[i], 0)
                         : 1;

      if (value < 1 || value > 1)
        return jump_planned_reply_new_error (
            400,
            "unsupported_parameter",
            names[i],
            "Unsupported parameter: '%s' is not supported with this model.",
            names[i]);
    }
  return NULL;
}

static JumpPlannedReply *
check_reasoning (const Request *request)
{
  static const char *const members[] = { "effort",           "summary", "context",
                                         "generate_summary", "mode",    NULL };
  JsonObject *reasoning = jump_json_get_object (request->body, "reasoning");
  const char *effort = reasoning == NULL ? NULL : jump_json_get_string (reasoning, "effort", NULL);

  if (reasoning == NULL)
    return NULL;
  if (effort != NULL && !jump_model_takes_effort (request->model, effort))
    return jump_planned_reply_new_error (400,
                                         "invalid_reasoning_effort",
                                         "reasoning.effort",
                                         "reasoning effort \"%s\" is not supported by model %s",
                                         effort,
                                         jump_json_get_string (request->body, "model", ""));
  return jump_responses_check_members (reasoning, "reasoning", members);
}

static JumpPlannedReply *
check_include (const Request *request)
{
  static const char *const values[] = {
    "reasoning.encrypted_content",
    "message.output_text.logprobs",
    "message.input_image.image_url",
    "web_search_call.action.sources",
    NULL,
  };
  JsonArray *include = jump_json_get_array (request->body, "include");

  for (guint i = 0; include != NULL && i < json_array_get_length (include); i++)
    {
      const char *value = jump_json_array_get_string (include, i);

      if (value == NULL || !g_strv_contains (values, value))
        return jump_planned_reply_new_error (400,
                                             "invalid_value",
                                             "include",
                                             "Invalid value: '%s'.",
                                             value == NULL ? "" : value);
    }
  return NULL;
}

static JumpPlannedReply *
check_format (const Request *request)
{
  static const char *const members[] = { "type", "name", "schema", "strict", "description", NULL };
  JsonObject *text = jump_json_get_object (request->body, "text");
  JsonObject *format = text == NULL ? NULL : jump_json_get_object (text, "format");
  JsonObject *schema = format == NULL ? NULL : jump_json_get_object (format, "schema");
  g_autofree char *problem = NULL;

  if (format == NULL || !g_str_equal (jump_json_get_string (format, "type", "text"), "json_schema"))
    return NULL;
  if (jump_json_get_string (format, "name", NULL) == NULL)
    return jump_responses_refuse_missing ("text.format.name");
  if (schema == NULL)
    return jump_responses_refuse_missing ("text.format.schema");
  if (jump_json_get_boolean (format, "strict", FALSE))
    problem = jump_strict_schema_find_problem (schema);
  if (problem != NULL)
    return jump_planned_reply_new_error (400,
                                         "invalid_json_schema",
                                         "text.format.schema",
                                         "Invalid schema for response_format '%s': %s",
                                         jump_json_get_string (format, "name", ""),
                                         problem);
  return jump_responses_check_members (format, "text.format", members);
}

static JumpPlannedReply *
check_tools (const Request *request)
{
  return jump_responses_tool_check (request->body);
}

static JumpPlannedReply *
check_input (const Request *request)
{
  return jump_responses_input_check (request->call, request->body, request->model);
}

static JumpPlannedReply *
check_prompt_length (const Request *request)
{
  g_auto (JumpQuestion) question = { 0 };

  jump_responses_question_read (&question, request->body, request->model);
  return jump_model_gate_check_length (request->model, question.prompt_tokens);
}

/**
 * jump_responses_check:
 */
JumpPlannedReply *
jump_responses_check (JumpSimulatorState *state,
                      const JumpIncomingCall *call,
                      JsonObject **out_model)
{
  static JumpPlannedReply *(*const checks[]) (const Request *) = {
    check_state,  check_output_limit, check_sampling, check_reasoning,     check_include,
    check_format, check_tools,        check_input,    check_prompt_length,
  };
  Request request = { .call = call, .body = jump_incoming_call_get_object (call) };
  JumpPlannedReply *reply = jump_model_gate_check (state, call, "/responses", &request.model);

  if (reply == NULL)
    reply = jump_responses_check_members (request.body, "", known_fields);
  if (reply != NULL)
    return reply;
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      reply = checks[i](&request);
      if (reply != NULL)
        return reply;
    }
  *out_model = request.model;
  return NULL;
}
