/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-responses-tools.h"

#include "service/base/error.h"
#include "service/dialects/json-field.h"

#include <string.h>

static char *
dup_json (JumpJsonSpan span)
{
  return g_strndup (span.start, span.length);
}

/* Some clients write chat's shape, with everything inside of "function". */
static JumpJsonSpan
find_definition (JumpJsonSpan tool)
{
  JumpJsonSpan inner = jump_json_find_member (tool, "function");

  return jump_json_span_kind (inner) == JUMP_JSON_OBJECT ? inner : tool;
}

static JumpTool *
read_function (JumpJsonSpan span, GError **error)
{
  g_autoptr (JumpTool) tool = jump_tool_new (JUMP_TOOL_FUNCTION);
  JumpJsonSpan function = find_definition (span);

  if (!jump_json_field_string (jump_json_find_member (function, "name"),
                               "name",
                               &tool->name,
                               error) ||
      !jump_json_field_string (jump_json_find_member (function, "description"),
                               "description",
                               &tool->description,
                               error) ||
      !jump_json_field_object (jump_json_find_member (function, "parameters"),
                               "parameters",
                               &tool->schema,
                               error) ||
      !jump_json_field_flag (jump_json_find_member (function, "strict"),
                             "strict",
                             &tool->is_strict,
                             error))
    return NULL;
  return g_steal_pointer (&tool);
}

static JumpTool *
read_custom (JumpJsonSpan span, GError **error)
{
  g_autoptr (JumpTool) tool = jump_tool_new (JUMP_TOOL_CUSTOM);

  if (!jump_json_field_string (jump_json_find_member (span, "name"), "name", &tool->name, error) ||
      !jump_json_field_string (jump_json_find_member (span, "description"),
                               "description",
                               &tool->description,
                               error))
    return NULL;
  tool->json = dup_json (span);
  return g_steal_pointer (&tool);
}

/* What upstream would run itself, or what nobody here knows. */
static JumpTool *
read_hosted (JumpJsonSpan span, JumpJsonSpan type)
{
  JumpTool *tool = jump_tool_new (JUMP_TOOL_HOSTED);

  tool->type = jump_json_span_dup_string (type);
  tool->json = dup_json (span);
  return tool;
}

/* @name_space: (nullable) */
static gboolean
read_tool (JumpPrompt *prompt, JumpJsonSpan span, const char *name_space, GError **error)
{
  JumpJsonSpan type = jump_json_find_member (span, "type");
  JumpTool *tool;

  if (jump_json_span_kind (type) != JUMP_JSON_STRING)
    return jump_json_field_refuse (error, "type", "string");
  if (jump_json_span_equals (type, "function"))
    tool = read_function (span, error);
  else if (jump_json_span_equals (type, "custom"))
    tool = read_custom (span, error);
  else
    tool = read_hosted (span, type);
  if (tool == NULL)
    return FALSE;
  g_ptr_array_add (prompt->tools, tool);
  if (tool->kind == JUMP_TOOL_HOSTED)
    return TRUE;
  tool->name_space = g_strdup (name_space);
  if (tool->name == NULL || *tool->name == '\0')
    return jump_json_field_refuse (error, "name", "string that is not empty");
  return TRUE;
}

static gboolean
read_list (JumpPrompt *prompt,
           JumpJsonSpan tools,
           const char *path,
           const char *name_space,
           GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan tool;
  guint i = 0;

  if (jump_json_span_kind (tools) != JUMP_JSON_ARRAY)
    return jump_json_field_refuse (error, path, "array");
  jump_json_cursor_init (&cursor, tools);
  for (; jump_json_cursor_next (&cursor, NULL, &tool); i++)
    {
      gboolean is_read;

      /* Namespaces do not stand in namespaces. */
      if (name_space == NULL &&
          jump_json_span_equals (jump_json_find_member (tool, "type"), "namespace"))
        {
          g_autofree char *name = jump_json_span_dup_string (jump_json_find_member (tool, "name"));

          is_read = read_list (prompt,
                               jump_json_find_member (tool, "tools"),
                               "tools",
                               name == NULL ? "" : name,
                               error);
          if (!is_read)
            g_prefix_error (error, "%s[%u].", path, i);
        }
      else
        {
          is_read = read_tool (prompt, tool, name_space, error);
          if (!is_read)
            g_prefix_error (error, "%s[%u].", path, i);
        }
      if (!is_read)
        return FALSE;
    }
  return TRUE;
}

/**
 * jump_responses_read_tools:
 * @prompt: gets the tools
 * @tools: null and absent hold none
 * @path: of @tools in the request
 * @error: JUMP_ERROR_BAD_REQUEST, "tools[2].name: expected string"
 *
 * Returns: whether all of them have a shape that is understood
 */
gboolean
jump_responses_read_tools (JumpPrompt *prompt, JumpJsonSpan tools, const char *path, GError **error)
{
  if (jump_json_span_kind (tools) == JUMP_JSON_NULL)
    return TRUE;
  return read_list (prompt, tools, path, NULL, error);
}

static gboolean
span_equals_nullable (JumpJsonSpan span, const char *text)
{
  if (jump_json_span_kind (span) == JUMP_JSON_NULL)
    return text == NULL;
  return text != NULL && jump_json_span_equals (span, text);
}

/* @allowed: {"type":"function","name":"x"}, {"type":"web_search"} … */
static gboolean
is_named_by (const JumpTool *tool, JumpJsonSpan allowed)
{
  if (tool->kind == JUMP_TOOL_HOSTED)
    return jump_json_span_equals (jump_json_find_member (allowed, "type"), tool->type);
  return jump_json_span_equals (jump_json_find_member (allowed, "name"), tool->name) &&
         span_equals_nullable (jump_json_find_member (allowed, "namespace"), tool->name_space);
}

static gboolean
is_allowed (const JumpTool *tool, JumpJsonSpan tools)
{
  JumpJsonCursor cursor;
  JumpJsonSpan allowed;

  jump_json_cursor_init (&cursor, tools);
  while (jump_json_cursor_next (&cursor, NULL, &allowed))
    {
      if (is_named_by (tool, allowed))
        return TRUE;
    }
  return FALSE;
}

static gboolean
read_choice_word (JumpPrompt *prompt, JumpJsonSpan word, const char *name, GError **error)
{
  if (jump_json_span_equals (word, "auto"))
    prompt->choice = JUMP_CHOICE_AUTO;
  else if (jump_json_span_equals (word, "none"))
    prompt->choice = JUMP_CHOICE_NONE;
  else if (jump_json_span_equals (word, "required"))
    prompt->choice = JUMP_CHOICE_REQUIRED;
  else
    return jump_json_field_refuse (error, name, "auto, none, required or an object");
  return TRUE;
}

/* No other API lets a request offer tools that must not be called: the others are not offered. */
static gboolean
read_allowed (JumpPrompt *prompt, JumpJsonSpan choice, GError **error)
{
  JumpJsonSpan tools = jump_json_find_member (choice, "tools");

  if (jump_json_span_kind (tools) != JUMP_JSON_ARRAY)
    return jump_json_field_refuse (error, "tool_choice.tools", "array");
  for (guint i = prompt->tools->len; i > 0; i--)
    {
      if (!is_allowed (g_ptr_array_index (prompt->tools, i - 1), tools))
        g_ptr_array_remove_index (prompt->tools, i - 1);
    }
  return read_choice_word (prompt,
                           jump_json_find_member (choice, "mode"),
                           "tool_choice.mode",
                           error);
}

/**
 * jump_responses_read_choice:
 * @prompt: with its tools
 * @choice: a word or an object
 * @error: JUMP_ERROR_BAD_REQUEST
 *
 * A hosted tool cannot be forced; that is noted as lost.
 *
 * Returns: whether it is understood
 */
gboolean
jump_responses_read_choice (JumpPrompt *prompt, JumpJsonSpan choice, GError **error)
{
  JumpJsonSpan type = jump_json_find_member (choice, "type");
  JumpJsonSpan name = jump_json_find_member (find_definition (choice), "name");

  if (jump_json_span_kind (choice) == JUMP_JSON_NULL)
    return TRUE;
  if (jump_json_span_kind (choice) == JUMP_JSON_STRING)
    return read_choice_word (prompt, choice, "tool_choice", error);
  if (jump_json_span_kind (choice) != JUMP_JSON_OBJECT)
    return jump_json_field_refuse (error, "tool_choice", "string or object");
  if (jump_json_span_equals (type, "allowed_tools"))
    return read_allowed (prompt, choice, error);
  if (!jump_json_span_equals (type, "function") && !jump_json_span_equals (type, "custom"))
    {
      jump_prompt_drop (prompt, "tool_choice");
      return TRUE;
    }
  if (jump_json_span_kind (name) != JUMP_JSON_STRING)
    return jump_json_field_refuse (error, "tool_choice.name", "string");
  prompt->choice = JUMP_CHOICE_NAMED;
  return jump_json_field_string (name, "tool_choice.name", &prompt->choice_name, error) &&
         jump_json_field_string (jump_json_find_member (choice, "namespace"),
                                 "tool_choice.namespace",
                                 &prompt->choice_name_space,
                                 error);
}
