/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/chat-message-check.h"

#include "service/base/json-read.h"
#include "service/simulator/chat-question.h"
#include "service/simulator/model-gate.h"
#include "service/simulator/picture-check.h"
#include "service/simulator/reasoning-seal.h"

typedef struct
{
  JsonArray *messages;
  JsonObject *model;
  gboolean modern;
  const JumpIncomingCall *call;
  gboolean is_claude;
} Talk;

static JsonObject *
get_message (const Talk *talk, guint i)
{
  return jump_json_array_get_object (talk->messages, i);
}

static const char *
get_role (const Talk *talk, guint i)
{
  return jump_json_get_string (get_message (talk, i), "role", "");
}

static JumpPlannedReply *
check_roles (const Talk *talk)
{
  static const char *const roles[] = { "system", "user", "assistant", "tool", "function", NULL };

  for (guint i = 0; i < json_array_get_length (talk->messages); i++)
    {
      const char *role;

      if (get_message (talk, i) == NULL)
        return jump_planned_reply_new_error (400,
                                             "invalid_request_body",
                                             "messages",
                                             "messages.%u: expected an object",
                                             i);
      role = get_role (talk, i);
      if (g_str_equal (role, "developer") && talk->modern)
        continue;
      if (!g_strv_contains (roles, role))
        return jump_planned_reply_new_error (
            400,
            "invalid_request_body",
            "messages",
            "'%s' is not one of ['system', 'assistant', 'user', 'function', 'tool'] - "
            "'messages.%u.role'",
            role,
            i);
    }
  return NULL;
}

/* A tool's answer is text on this API, whatever the model sees otherwise (protocol 5.3). */
static JumpPlannedReply *
check_pictures (const Talk *talk)
{
  guint n = 0;
  gboolean external = FALSE;

  for (guint i = 0; i < json_array_get_length (talk->messages); i++)
    {
      const char *url;

      for (guint j = 0; (url = jump_chat_message_get_image (get_message (talk, i), j)) != NULL; j++)
        {
          n++;
          external = external || !g_str_has_prefix (url, "data:");
          if (g_str_equal (get_role (talk, i), "tool"))
            return jump_planned_reply_new_error (
                400,
                "invalid_request_body",
                "messages",
                "Invalid 'messages[%u]'. Image URLs are only allowed for messages with role "
                "'user', but this message with role 'tool' contains an image URL.",
                i);
        }
    }
  return jump_picture_check (talk->call, talk->model, n, external);
}

/* What a model thought comes back as it was, or not at all. */
static JumpPlannedReply *
check_reasoning (const Talk *talk)
{
  for (guint i = 0; i < json_array_get_length (talk->messages); i++)
    {
      JsonObject *message = get_message (talk, i);
      const char *seal = jump_json_get_string (message, "reasoning_opaque", NULL);
      const char *text = jump_json_get_string (message, "reasoning_text", NULL);

      if (seal != NULL && !jump_reasoning_seal_check (JUMP_SEAL_CHAT, talk->model, text, seal))
        return jump_planned_reply_new_error (400,
                                             "invalid_request_body",
                                             "messages",
                                             "messages.%u: Invalid `reasoning_opaque`",
                                             i);
    }
  return NULL;
}

static gboolean
has_call (JsonObject *message, const char *id)
{
  JsonArray *calls = jump_json_get_array (message, "tool_calls");

  for (guint i = 0; calls != NULL && i < json_array_get_length (calls); i++)
    {
      JsonObject *call = jump_json_array_get_object (calls, i);

      if (call != NULL && g_strcmp0 (jump_json_get_string (call, "id", NULL), id) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Tool messages must follow the assistant message that called them. */
static JumpPlannedReply *
check_tool_results (const Talk *talk)
{
  JsonObject *caller = NULL;

  for (guint i = 0; i < json_array_get_length (talk->messages); i++)
    {
      JsonObject *message = get_message (talk, i);
      const char *id = jump_json_get_string (message, "tool_call_id", NULL);

      if (!g_str_equal (get_role (talk, i), "tool"))
        {
          caller = message;
          continue;
        }
      if (id == NULL || caller == NULL || !has_call (caller, id))
        return jump_planned_reply_new_error (
            400,
            "invalid_request_body",
            "messages",
            "Invalid parameter: messages with role 'tool' must be a response to a preceding "
            "message with 'tool_calls'. (messages.[%u].role)",
            i);
    }
  return NULL;
}

static gboolean
is_answered (const Talk *talk, guint caller, const char *id)
{
  for (guint i = caller + 1; i < json_array_get_length (talk->messages); i++)
    {
      if (!g_str_equal (get_role (talk, i), "tool"))
        return FALSE;
      if (g_strcmp0 (jump_json_get_string (get_message (talk, i), "tool_call_id", NULL), id) == 0)
        return TRUE;
    }
  return FALSE;
}

static JumpPlannedReply *
check_tool_calls (const Talk *talk)
{
  for (guint i = 0; i < json_array_get_length (talk->messages); i++)
    {
      JsonArray *calls = jump_json_get_array (get_message (talk, i), "tool_calls");

      for (guint j = 0; calls != NULL && j < json_array_get_length (calls); j++)
        {
          JsonObject *call = jump_json_array_get_object (calls, j);
          const char *id = call == NULL ? NULL : jump_json_get_string (call, "id", NULL);

          if (id == NULL || !is_answered (talk, i, id))
            return jump_planned_reply_new_error (
                400,
                "invalid_request_body",
                "messages",
                "An assistant message with 'tool_calls' must be followed by tool messages "
                "responding to each 'tool_call_id'. The following tool_call_ids did not have "
                "response messages: %s",
                id == NULL ? "" : id);
        }
    }
  return NULL;
}

static gboolean
has_empty_block (JsonObject *message)
{
  JsonArray *parts = jump_json_get_array (message, "content");

  if (g_strcmp0 (jump_json_get_string (message, "content", NULL), "") == 0)
    return jump_json_get_array (message, "tool_calls") == NULL;
  for (guint i = 0; parts != NULL && i < json_array_get_length (parts); i++)
    {
      JsonObject *part = jump_json_array_get_object (parts, i);

      if (part != NULL && g_strcmp0 (jump_json_get_string (part, "text", NULL), "") == 0)
        return TRUE;
    }
  return FALSE;
}

static JumpPlannedReply *
check_claude (const Talk *talk)
{
  guint n = json_array_get_length (talk->messages);

  if (!talk->is_claude)
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      if (!g_str_equal (get_role (talk, i), "tool") && has_empty_block (get_message (talk, i)))
        return jump_planned_reply_new_error (400,
                                             "invalid_request_body",
                                             NULL,
                                             "messages.%u: text content blocks must be non-empty",
                                             i);
    }
  if (g_str_equal (get_role (talk, n - 1), "assistant"))
    return jump_planned_reply_new_error (
        400,
        "invalid_request_body",
        NULL,
        "This model does not support assistant message prefill. The conversation must end with a "
        "user message.");
  return NULL;
}

/**
 * jump_chat_message_check:
 * @messages: (nullable): the request's messages
 * @model: the model's entry
 * @call: whose headers count
 *
 * Returns: (transfer full) (nullable): the refusal, NULL when nothing is wrong
 */
JumpPlannedReply *
jump_chat_message_check (JsonArray *messages, JsonObject *model, const JumpIncomingCall *call)
{
  static JumpPlannedReply *(*const checks[]) (const Talk *) = {
    check_roles,      check_pictures,  check_tool_results,
    check_tool_calls, check_reasoning, check_claude,
  };
  Talk talk = {
    .messages = messages,
    .model = model,
    .modern = jump_model_is_modern (model),
    .call = call,
    .is_claude = jump_model_is_vendor (model, "Anthropic"),
  };

  if (messages == NULL || json_array_get_length (messages) == 0)
    return jump_planned_reply_new_error (400,
                                         "invalid_request_body",
                                         "messages",
                                         "messages: at least one message is required");
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      JumpPlannedReply *reply = checks[i](&talk);

      if (reply != NULL)
        return reply;
    }
  return NULL;
}
