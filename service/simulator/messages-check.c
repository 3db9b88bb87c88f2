/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/messages-check.h"

#include "service/base/json-read.h"
#include "service/simulator/messages-backend.h"
#include "service/simulator/messages-block-check.h"
#include "service/simulator/messages-pair-check.h"
#include "service/simulator/messages-question.h"
#include "service/simulator/messages-refusal.h"
#include "service/simulator/messages-thinking-check.h"
#include "service/simulator/messages-tool-check.h"
#include "service/simulator/model-gate.h"
#include "service/simulator/picture-check.h"

#include <string.h>

#define MAX_CACHE_MARKS 4
/* Older models take no system text among the messages. */
#define FIRST_WITH_SYSTEM_TURNS 4.75
/* Beyond so many times the limit the body is refused before it is counted. */
#define FAR_TOO_LONG 2

typedef struct
{
  const JumpIncomingCall *call;
  JsonObject *body;
  JsonObject *model;
  const char *betas; /* (nullable) */
  gboolean counts;   /* only the tokens are asked for */
} Request;

static JumpPlannedReply *
check_betas (const Request *request)
{
  static const char *const known[] = { "interleaved-thinking-2025-05-14",
                                       "context-management-2025-06-27",
                                       "advanced-tool-use-2025-11-20",
                                       NULL };
  g_auto (GStrv) values = g_strsplit (request->betas == NULL ? "" : request->betas, ",", -1);
  g_autoptr (GString) unknown = g_string_new (NULL);

  for (guint i = 0; values[i] != NULL; i++)
    {
      const char *value = g_strstrip (values[i]);

      if (*value != '\0' && !g_strv_contains (known, value))
        g_string_append_printf (unknown, "%s`%s`", unknown->len > 0 ? ", " : "", value);
    }
  if (unknown->len == 0)
    return NULL;
  return jump_messages_refuse (
      request->model,
      "Unexpected value(s) %s for the `anthropic-beta` header. Please consult our documentation at "
      "docs.anthropic.com or try again without the header.",
      unknown->str);
}

static gboolean
has_beta (const Request *request, const char *start)
{
  return request->betas != NULL && strstr (request->betas, start) != NULL;
}

static JumpPlannedReply *
check_members (const Request *request)
{
  static const char *const said[] = { "max_tokens", "stream",         "temperature", "top_p",
                                      "top_k",      "stop_sequences", "metadata",    NULL };
  static const char *const known[] = { "model",       "messages", "system",        "tools",
                                       "tool_choice", "thinking", "output_config", NULL };
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, request->body);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      if (g_strv_contains (known, name) || (!request->counts && g_strv_contains (said, name)))
        continue;
      if (g_str_equal (name, "context_management") && has_beta (request, "context-management-"))
        continue;
      return jump_messages_refuse (request->model, "%s: Extra inputs are not permitted", name);
    }
  return NULL;
}

static JumpPlannedReply *
check_output_limit (const Request *request)
{
  gint64 most = jump_model_get_limit (request->model, "max_output_tokens");
  gint64 wanted = jump_json_get_int (request->body, "max_tokens", 0);

  if (request->counts)
    return NULL;
  if (!json_object_has_member (request->body, "max_tokens"))
    return jump_messages_refuse (request->model, "max_tokens: Field required");
  if (wanted < 1)
    return jump_messages_refuse (request->model,
                                 "max_tokens: Input should be greater than or equal to 1");
  if (most > 0 && wanted > most)
    return jump_planned_reply_new_json (
        400,
        g_strdup_printf ("{\"message\":\"The maximum tokens you requested exceeds the model limit "
                         "of %" G_GINT64_FORMAT "\"}",
                         most));
  return NULL;
}

static JumpPlannedReply *
check_thinking (const Request *request)
{
  return jump_messages_thinking_check (request->body, request->model);
}

static JumpPlannedReply *
check_tools (const Request *request)
{
  return jump_messages_tool_check (request->body, request->model, request->betas);
}

static JumpPlannedReply *
check_system (const Request *request)
{
  JsonNode *system = json_object_get_member (request->body, "system");
  g_autofree char *text = jump_messages_dup_text (request->body, "system");

  if (system == NULL)
    return NULL;
  if (strstr (text, "x-anthropic-billing-header:") != NULL)
    return jump_planned_reply_new_error (400,
                                         "invalid_request_body",
                                         NULL,
                                         "x-anthropic-billing-header is a reserved keyword and may "
                                         "not be used in the system prompt.");
  return jump_messages_block_check (system, request->model, "system", "system");
}

static JumpPlannedReply *
check_role (const Request *request, const char *role, guint i)
{
  if (g_str_equal (role, "user") || g_str_equal (role, "assistant"))
    return NULL;
  if (g_str_equal (role, "system") && i > 0 &&
      jump_model_find_version (request->model) > FIRST_WITH_SYSTEM_TURNS)
    return NULL;
  return jump_messages_refuse (request->model,
                               "messages: Unexpected role \"%s\". The Messages API accepts a "
                               "top-level `system` parameter, not \"system\" as an input message "
                               "role.",
                               role);
}

static JumpPlannedReply *
check_message (const Request *request, JsonObject *message, guint i)
{
  static const char *const members[] = { "role", "content", NULL };
  const char *role = message == NULL ? NULL : jump_json_get_string (message, "role", NULL);
  g_autofree char *path = g_strdup_printf ("messages.%u", i);
  g_autofree char *content = g_strdup_printf ("messages.%u.content", i);
  JumpPlannedReply *reply;

  if (role == NULL)
    return jump_messages_refuse (request->model, "%s.role: Field required", path);
  reply = check_role (request, role, i);
  if (reply == NULL)
    reply = jump_messages_check_members (request->model, message, path, members);
  if (reply == NULL)
    reply = jump_messages_block_check (json_object_get_member (message, "content"),
                                       request->model,
                                       role,
                                       content);
  return reply;
}

static JumpPlannedReply *
check_messages (const Request *request)
{
  JsonArray *messages = jump_json_get_array (request->body, "messages");
  guint n = messages == NULL ? 0 : json_array_get_length (messages);
  JumpPlannedReply *reply = NULL;

  if (messages == NULL)
    return jump_messages_refuse (request->model, "messages: Field required");
  if (n == 0)
    return jump_messages_refuse (request->model, "messages: at least one message is required");
  for (guint i = 0; reply == NULL && i < n; i++)
    reply = check_message (request, jump_json_array_get_object (messages, i), i);
  return reply == NULL ? jump_messages_pair_check (request->body, request->model) : reply;
}

static JumpPlannedReply *
check_marks (const Request *request)
{
  guint n = jump_messages_count_marks (request->body);

  if (n <= MAX_CACHE_MARKS)
    return NULL;
  return jump_messages_refuse (
      request->model,
      "A maximum of %d blocks with cache_control may be provided. Found %u.",
      MAX_CACHE_MARKS,
      n);
}

static JumpPlannedReply *
check_pictures (const Request *request)
{
  JsonArray *messages = jump_json_get_array (request->body, "messages");
  guint n_images = 0;

  for (guint i = 0; i < json_array_get_length (messages); i++)
    n_images += jump_messages_count_images (jump_json_array_get_object (messages, i));
  return jump_picture_check (request->call, request->model, n_images, FALSE);
}

static JumpPlannedReply *
check_prompt_length (const Request *request)
{
  g_auto (JumpQuestion) question = { 0 };
  gint64 most = jump_model_get_limit (request->model, "max_prompt_tokens");

  jump_messages_question_read (&question, request->body, request->model);
  if (most <= 0 || question.prompt_tokens <= most)
    return NULL;
  if (question.prompt_tokens > most * FAR_TOO_LONG)
    return jump_planned_reply_new_error (400,
                                         "invalid_request_body",
                                         NULL,
                                         "Request body is too large for model context window");
  return jump_messages_refuse (request->model,
                               "prompt is too long: %" G_GINT64_FORMAT " tokens > %" G_GINT64_FORMAT
                               " maximum",
                               question.prompt_tokens,
                               most);
}

static JumpPlannedReply *
check (JumpSimulatorState *state,
       const JumpIncomingCall *call,
       gboolean counts,
       JsonObject **out_model)
{
  static JumpPlannedReply *(*const checks[]) (const Request *) = {
    check_betas,  check_members,  check_output_limit, check_thinking, check_tools,
    check_system, check_messages, check_marks,        check_pictures, check_prompt_length,
  };
  Request request = { .call = call, .counts = counts };
  JumpPlannedReply *reply = jump_model_gate_check (state, call, "/v1/messages", &request.model);

  request.body = jump_incoming_call_get_object (call);
  request.betas = jump_incoming_call_get_header (call, "anthropic-beta");
  for (guint i = 0; reply == NULL && i < G_N_ELEMENTS (checks); i++)
    reply = checks[i](&request);
  if (reply == NULL)
    *out_model = request.model;
  return reply;
}

/**
 * jump_messages_check:
 */
JumpPlannedReply *
jump_messages_check (JumpSimulatorState *state,
                     const JumpIncomingCall *call,
                     JsonObject **out_model)
{
  return check (state, call, FALSE, out_model);
}

/**
 * jump_messages_check_count:
 */
JumpPlannedReply *
jump_messages_check_count (JumpSimulatorState *state,
                           const JumpIncomingCall *call,
                           JsonObject **out_model)
{
  return check (state, call, TRUE, out_model);
}
