/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/messages-pair-check.h"

#include "service/base/json-read.h"
#include "service/simulator/messages-question.h"
#include "service/simulator/messages-refusal.h"

typedef struct
{
  JsonArray *messages;
  JsonObject *body;
  JsonObject *model;
} Talk;

static JsonArray *
get_blocks (const Talk *talk, guint i)
{
  return jump_json_get_array (jump_json_array_get_object (talk->messages, i), "content");
}

static const char *
get_role (const Talk *talk, guint i)
{
  return jump_json_get_string (jump_json_array_get_object (talk->messages, i), "role", "");
}

/* Returns: how many blocks of @type with @member being @id message @i has. */
static guint
count_blocks (const Talk *talk, guint i, const char *type, const char *member, const char *id)
{
  JsonArray *blocks = i < json_array_get_length (talk->messages) ? get_blocks (talk, i) : NULL;
  guint n = 0;

  for (guint j = 0; blocks != NULL && j < json_array_get_length (blocks); j++)
    {
      JsonObject *block = jump_json_array_get_object (blocks, j);

      if (g_str_equal (jump_messages_get_type (block), type) &&
          g_str_equal (jump_json_get_string (block, member, ""), id))
        n++;
    }
  return n;
}

static JumpPlannedReply *
check_calls (const Talk *talk, guint i)
{
  JsonArray *blocks = get_blocks (talk, i);
  g_autoptr (GString) missing = g_string_new (NULL);

  for (guint j = 0; blocks != NULL && j < json_array_get_length (blocks); j++)
    {
      JsonObject *block = jump_json_array_get_object (blocks, j);
      const char *id = jump_json_get_string (block, "id", "");

      if (!g_str_equal (jump_messages_get_type (block), "tool_use"))
        continue;
      if (count_blocks (talk, i, "tool_use", "id", id) > 1)
        return jump_messages_refuse (talk->model,
                                     "messages.%u.content.%u: `tool_use` ids must be unique",
                                     i,
                                     j);
      if (count_blocks (talk, i + 1, "tool_result", "tool_use_id", id) == 0)
        g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", id);
    }
  if (missing->len == 0)
    return NULL;
  return jump_messages_refuse (
      talk->model,
      "messages.%u: `tool_use` ids were found without `tool_result` blocks immediately after: %s. "
      "Each `tool_use` block must have a corresponding `tool_result` block in the next message.",
      i,
      missing->str);
}

static JumpPlannedReply *
check_results (const Talk *talk, guint i)
{
  JsonArray *blocks = get_blocks (talk, i);

  for (guint j = 0; blocks != NULL && j < json_array_get_length (blocks); j++)
    {
      JsonObject *block = jump_json_array_get_object (blocks, j);
      const char *id = jump_json_get_string (block, "tool_use_id", "");

      if (!g_str_equal (jump_messages_get_type (block), "tool_result"))
        continue;
      if (i == 0 || count_blocks (talk, i - 1, "tool_use", "id", id) == 0)
        return jump_messages_refuse (
            talk->model,
            "messages.%u.content.%u: unexpected `tool_use_id` found in `tool_result` blocks: %s. "
            "Each `tool_result` block must have a corresponding `tool_use` block in the previous "
            "message.",
            i,
            j,
            id);
      if (count_blocks (talk, i, "tool_result", "tool_use_id", id) > 1)
        return jump_messages_refuse (talk->model,
                                     "messages.%u.content.%u: each tool_use must have a single "
                                     "result. Found multiple `tool_result` blocks with id: %s",
                                     i,
                                     j,
                                     id);
    }
  return NULL;
}

static JumpPlannedReply *
check_pairs (const Talk *talk)
{
  JumpPlannedReply *reply = NULL;

  for (guint i = 0; reply == NULL && i < json_array_get_length (talk->messages); i++)
    {
      reply = check_results (talk, i);
      if (reply == NULL)
        reply = check_calls (talk, i);
    }
  return reply;
}

static JumpPlannedReply *
check_ends (const Talk *talk)
{
  guint n = json_array_get_length (talk->messages);

  if (g_str_equal (get_role (talk, 0), "assistant"))
    return jump_messages_refuse (talk->model, "messages: first message must use the \"user\" role");
  if (g_str_equal (get_role (talk, n - 1), "assistant"))
    return jump_messages_refuse (
        talk->model,
        "This model does not support assistant message prefill. The conversation must end with a "
        "user message.");
  return NULL;
}

/* With a budget, the turn that is still being worked on must show how it began to think. */
static JumpPlannedReply *
check_thinking (const Talk *talk)
{
  JsonObject *thinking = jump_json_get_object (talk->body, "thinking");
  guint n = json_array_get_length (talk->messages);
  JsonObject *first;
  JsonArray *blocks;
  const char *type;

  if (thinking == NULL || !g_str_equal (jump_json_get_string (thinking, "type", ""), "enabled") ||
      n < 2 || !g_str_equal (get_role (talk, n - 2), "assistant") ||
      get_blocks (talk, n - 1) == NULL || get_blocks (talk, n - 2) == NULL)
    return NULL;
  first = jump_json_array_get_object (get_blocks (talk, n - 1), 0);
  blocks = get_blocks (talk, n - 2);
  if (first == NULL || !g_str_equal (jump_messages_get_type (first), "tool_result"))
    return NULL;
  type = jump_messages_get_type (jump_json_array_get_object (blocks, 0));
  if (g_str_equal (type, "thinking") || g_str_equal (type, "redacted_thinking"))
    return NULL;
  return jump_messages_refuse (
      talk->model,
      "messages.%u.content.0.type: Expected `thinking` or `redacted_thinking`, but found `%s`. When "
      "`thinking` is enabled, a final `assistant` message must start with a thinking block "
      "(preceeding the lastmost set of `tool_use` and `tool_result` blocks). To avoid this "
      "requirement, disable `thinking`.",
      n - 2,
      type);
}

/**
 * jump_messages_pair_check:
 * @body: whose messages are in order one by one
 * @model: whose backend says it
 */
JumpPlannedReply *
jump_messages_pair_check (JsonObject *body, JsonObject *model)
{
  Talk talk = { jump_json_get_array (body, "messages"), body, model };
  JumpPlannedReply *reply = check_pairs (&talk);

  if (reply == NULL)
    reply = check_ends (&talk);
  if (reply == NULL)
    reply = check_thinking (&talk);
  return reply;
}
