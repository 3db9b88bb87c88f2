/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-tools.h"

#include "service/dialects/anthropic-client-tools.h"
#include "service/dialects/anthropic-content.h"
#include "service/dialects/anthropic-members.h"
#include "service/dialects/json-field.h"

typedef struct
{
  JumpJsonSpan type;
  JumpJsonSpan name;
  JumpJsonSpan description;
  JumpJsonSpan input_schema;
  JumpJsonSpan strict;
  JumpJsonSpan cache_control;
} Definition;

#define MEMBER(name) JUMP_ANTHROPIC_MEMBER (Definition, name)

static const JumpAnthropicMember definition_members[] = {
  MEMBER (type),         MEMBER (name),   MEMBER (description),
  MEMBER (input_schema), MEMBER (strict), MEMBER (cache_control),
};

static JumpFlag
read_flag (JumpJsonSpan value)
{
  switch (jump_json_span_kind (value))
    {
    case JUMP_JSON_TRUE:
      return JUMP_FLAG_TRUE;
    case JUMP_JSON_FALSE:
      return JUMP_FLAG_FALSE;
    case JUMP_JSON_NULL:
    case JUMP_JSON_NUMBER:
    case JUMP_JSON_STRING:
    case JUMP_JSON_ARRAY:
    case JUMP_JSON_OBJECT:
      break;
    }
  return JUMP_FLAG_UNSET;
}

static gboolean
read_function (JumpPrompt *prompt, const Definition *definition, GError **error)
{
  g_autoptr (JumpTool) tool = jump_tool_new (JUMP_TOOL_FUNCTION);

  tool->name = jump_json_span_dup_string (definition->name);
  if (tool->name == NULL || *tool->name == '\0')
    return jump_json_field_refuse (error, "name", "a string that is not empty");
  if (jump_json_span_kind (definition->input_schema) != JUMP_JSON_OBJECT)
    return jump_json_field_refuse (error, "input_schema", "object");
  tool->description = jump_json_span_dup_string (definition->description);
  tool->schema = jump_anthropic_dup_json (definition->input_schema);
  tool->is_strict = read_flag (definition->strict);
  tool->cache_marker = jump_anthropic_dup_json (definition->cache_control);
  g_ptr_array_add (prompt->tools, g_steal_pointer (&tool));
  return TRUE;
}

/* Those that the client runs are functions for whoever does not know them by type. */
static gboolean
read_typed (JumpPrompt *prompt, const Definition *definition, JumpJsonSpan json)
{
  g_autofree char *type = jump_json_span_dup_string (definition->type);
  const JumpAnthropicClientTool *known = jump_anthropic_client_tool_find (type);
  JumpTool *tool = jump_tool_new (known != NULL ? JUMP_TOOL_FUNCTION : JUMP_TOOL_HOSTED);

  tool->name = jump_json_span_dup_string (definition->name);
  if (known != NULL)
    {
      if (tool->name == NULL)
        tool->name = g_strdup (known->name);
      tool->description = g_strdup (known->description);
      tool->schema = g_strdup (known->schema);
    }
  tool->cache_marker = jump_anthropic_dup_json (definition->cache_control);
  tool->type = g_steal_pointer (&type);
  tool->json = jump_anthropic_dup_json (json);
  g_ptr_array_add (prompt->tools, tool);
  return TRUE;
}

static gboolean
read_tool (JumpPrompt *prompt, JumpJsonSpan json, GError **error)
{
  Definition definition = { 0 };

  jump_anthropic_members_read (&definition,
                               definition_members,
                               G_N_ELEMENTS (definition_members),
                               json,
                               NULL,
                               NULL);
  if (jump_json_span_kind (definition.type) == JUMP_JSON_NULL ||
      jump_json_span_equals (definition.type, "custom"))
    return read_function (prompt, &definition, error);
  if (jump_json_span_kind (definition.type) != JUMP_JSON_STRING)
    return jump_json_field_refuse (error, "type", "string");
  return read_typed (prompt, &definition, json);
}

/**
 * jump_anthropic_tools_read:
 * @prompt: gets the tools
 * @tools: a request's "tools"
 *
 * Options of single tools that only steer how Anthropic's own service works (defer_loading,
 * eager_input_streaming, allowed_callers …) are left out.
 */
gboolean
jump_anthropic_tools_read (JumpPrompt *prompt, JumpJsonSpan tools, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan tool;

  if (jump_json_span_kind (tools) == JUMP_JSON_NULL)
    return TRUE;
  if (jump_json_span_kind (tools) != JUMP_JSON_ARRAY)
    return jump_json_field_refuse (error, "tools", "array");
  jump_json_cursor_init (&cursor, tools);
  for (guint i = 0; jump_json_cursor_next (&cursor, NULL, &tool); i++)
    {
      if (!read_tool (prompt, tool, error))
        {
          g_prefix_error (error, "tools[%u].", i);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * jump_anthropic_choice_read:
 * @prompt: gets choice, choice_name and parallel_calls
 * @choice: a request's "tool_choice"
 */
gboolean
jump_anthropic_choice_read (JumpPrompt *prompt, JumpJsonSpan choice, GError **error)
{
  JumpJsonSpan type = jump_json_find_member (choice, "type");

  if (jump_json_span_kind (choice) == JUMP_JSON_NULL)
    return TRUE;
  if (jump_json_span_kind (choice) != JUMP_JSON_OBJECT)
    return jump_json_field_refuse (error, "tool_choice", "object");
  if (jump_json_span_equals (type, "auto"))
    prompt->choice = JUMP_CHOICE_AUTO;
  else if (jump_json_span_equals (type, "any"))
    prompt->choice = JUMP_CHOICE_REQUIRED;
  else if (jump_json_span_equals (type, "none"))
    prompt->choice = JUMP_CHOICE_NONE;
  else if (jump_json_span_equals (type, "tool"))
    {
      prompt->choice = JUMP_CHOICE_NAMED;
      prompt->choice_name = jump_json_span_dup_string (jump_json_find_member (choice, "name"));
      if (prompt->choice_name == NULL)
        return jump_json_field_refuse (error, "tool_choice.name", "string");
    }
  else
    return jump_json_field_refuse (error, "tool_choice.type", "auto, any, tool or none");
  switch (read_flag (jump_json_find_member (choice, "disable_parallel_tool_use")))
    {
    case JUMP_FLAG_TRUE:
      prompt->parallel_calls = JUMP_FLAG_FALSE;
      break;
    case JUMP_FLAG_FALSE:
      prompt->parallel_calls = JUMP_FLAG_TRUE;
      break;
    case JUMP_FLAG_UNSET:
      break;
    }
  return TRUE;
}
