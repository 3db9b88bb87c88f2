/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/messages-tool-check.h"

#include "service/base/json-read.h"
#include "service/simulator/messages-backend.h"
#include "service/simulator/messages-refusal.h"
#include "service/simulator/tool-check.h"

#include <string.h>

#define MAX_NAME 64

/* What the client itself executes, in any version: bash_20250124 … */
static const char *const client_tools[] = { "bash_",     "text_editor_",      "memory_",
                                            "computer_", "tool_search_tool_", NULL };

static gboolean
begins_with_any (const char *text, const char *const *starts)
{
  for (guint i = 0; starts[i] != NULL; i++)
    {
      if (g_str_has_prefix (text, starts[i]))
        return TRUE;
    }
  return FALSE;
}

static JumpPlannedReply *
check_type (JsonObject *model, const char *type, guint i)
{
  if (g_str_has_prefix (type, "web_search"))
    return jump_planned_reply_new_error (400,
                                         "unsupported_value",
                                         NULL,
                                         "The use of the web search tool is not supported.");
  if (g_str_has_prefix (type, "web_fetch"))
    return jump_planned_reply_new_error (400,
                                         "invalid_request_body",
                                         NULL,
                                         "rejected tool(s): web_fetch");
  if (g_str_equal (type, "custom") || begins_with_any (type, client_tools))
    return NULL;
  return jump_messages_refuse (
      model,
      "tools.%u: Input tag '%s' found using 'type' does not match any of the expected tags: "
      "'bash_20250124', 'custom', 'text_editor_20250124', 'text_editor_20250429', "
      "'text_editor_20250728'",
      i,
      type);
}

static JumpPlannedReply *
check_name (JsonObject *model, const char *name, const char *path)
{
  if (name == NULL)
    return jump_messages_refuse (model, "%s.name: Field required", path);
  if (*name == '\0')
    return jump_messages_refuse (model, "%s.name: String should have at least 1 character", path);
  if (strlen (name) > MAX_NAME || !jump_tool_name_is_legal (name))
    return jump_messages_refuse (model,
                                 "%s.name: String should match pattern '^[a-zA-Z0-9_-]{1,%d}$'",
                                 path,
                                 MAX_NAME);
  return NULL;
}

static JumpPlannedReply *
check_schema (JsonObject *model, JsonObject *tool, const char *path)
{
  JsonObject *schema = jump_json_get_object (tool, "input_schema");

  if (schema == NULL)
    return jump_messages_refuse (model, "%s.input_schema: Field required", path);
  if (jump_json_get_string (schema, "type", NULL) == NULL)
    return jump_messages_refuse (model, "%s.input_schema.type: Field required", path);
  if (!g_str_equal (jump_json_get_string (schema, "type", ""), "object"))
    return jump_messages_refuse (model, "%s.input_schema.type: Input should be 'object'", path);
  return NULL;
}

/* Strict tools need what Vertex has not switched on. */
static JumpPlannedReply *
check_custom (JsonObject *model, JsonObject *tool, const char *betas, guint i)
{
  static const char *const members[] = {
    "type", "name", "description", "input_schema", "cache_control", "strict", "input_examples", NULL
  };
  static const char *const search_members[] = {
    "type",   "name",          "description",    "input_schema",    "cache_control",
    "strict", "defer_loading", "input_examples", "allowed_callers", NULL
  };
  gboolean searches = betas != NULL && strstr (betas, "advanced-tool-use-") != NULL;
  g_autofree char *path = g_strdup_printf ("tools.%u.custom", i);
  JumpPlannedReply *reply =
      jump_messages_check_members (model, tool, path, searches ? search_members : members);

  if (reply == NULL)
    reply = check_name (model, jump_json_get_string (tool, "name", NULL), path);
  if (reply == NULL)
    reply = check_schema (model, tool, path);
  if (reply == NULL)
    reply = jump_messages_check_cache (model, tool, path);
  if (reply == NULL && jump_model_is_at_vertex (model) &&
      jump_json_get_boolean (tool, "strict", FALSE))
    reply = jump_messages_refuse_feature ();
  return reply;
}

static JumpPlannedReply *
check_choice (JsonObject *body, JsonObject *model)
{
  JsonObject *choice = jump_json_get_object (body, "tool_choice");
  JsonObject *thinking = jump_json_get_object (body, "thinking");
  const char *type = choice == NULL ? "auto" : jump_json_get_string (choice, "type", "");
  gboolean forces = g_str_equal (type, "any") || g_str_equal (type, "tool");
  gboolean thinks = thinking != NULL &&
                    !g_str_equal (jump_json_get_string (thinking, "type", "disabled"), "disabled");

  if (json_object_has_member (body, "tool_choice") && choice == NULL)
    return jump_messages_refuse (model, "tool_choice: Input should be an object");
  if (!forces && !g_str_equal (type, "auto") && !g_str_equal (type, "none"))
    return jump_messages_refuse (
        model,
        "tool_choice: Input tag '%s' found using 'type' does not match any "
        "of the expected tags: 'auto', 'any', 'tool', 'none'",
        type);
  if (choice != NULL && jump_json_get_array (body, "tools") == NULL)
    return jump_messages_refuse (model, "tool_choice may only be specified while providing tools");
  if (forces && thinks)
    return jump_messages_refuse (model,
                                 "Thinking may not be enabled when tool_choice forces tool use.");
  return NULL;
}

static gboolean
is_taken (JsonArray *tools, guint before, const char *name)
{
  for (guint i = 0; i < before; i++)
    {
      JsonObject *tool = jump_json_array_get_object (tools, i);

      if (g_strcmp0 (jump_json_get_string (tool, "name", NULL), name) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * jump_messages_tool_check:
 */
JumpPlannedReply *
jump_messages_tool_check (JsonObject *body, JsonObject *model, const char *betas)
{
  JsonArray *tools = jump_json_get_array (body, "tools");
  guint n = tools == NULL ? 0 : json_array_get_length (tools);
  JumpPlannedReply *reply = jump_tool_check_count (n);

  for (guint i = 0; reply == NULL && i < n; i++)
    {
      JsonObject *tool = jump_json_array_get_object (tools, i);
      const char *type = tool == NULL ? "" : jump_json_get_string (tool, "type", "custom");
      const char *name = tool == NULL ? "" : jump_json_get_string (tool, "name", "");

      reply = check_type (model, type, i);
      if (reply == NULL && g_str_equal (type, "custom"))
        reply = check_custom (model, tool, betas, i);
      if (reply == NULL && is_taken (tools, i, name))
        reply = jump_messages_refuse (model, "tools: Tool names must be unique.");
    }
  return reply == NULL ? check_choice (body, model) : reply;
}
