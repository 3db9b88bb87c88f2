/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/json-field.h"
#include "service/dialects/openai-chat-parts.h"
#include "service/dialects/openai-chat.h"

/* What a request or reply says of tools: definitions, which of them to use, calls. */

static gboolean
need_name (JumpJsonSpan value, const char *name, char **field, GError **error)
{
  if (jump_json_span_kind (value) != JUMP_JSON_STRING || jump_json_span_is_empty_string (value))
    return jump_json_field_refuse (error, name, "string");
  return jump_json_field_string (value, name, field, error);
}

/* @function: holds name, description, parameters and strict */
static gboolean
read_function (JumpTool *tool, JumpJsonSpan function, GError **error)
{
  return need_name (jump_json_find_member (function, "name"), "name", &tool->name, error) &&
         jump_json_field_string (jump_json_find_member (function, "description"),
                                 "description",
                                 &tool->description,
                                 error) &&
         jump_json_field_object (jump_json_find_member (function, "parameters"),
                                 "parameters",
                                 &tool->schema,
                                 error) &&
         jump_json_field_flag (jump_json_find_member (function, "strict"),
                               "strict",
                               &tool->is_strict,
                               error);
}

/* The object that @name stands for; some clients write its members right into @tool, as in Responses. */
static JumpJsonSpan
find_inner (JumpJsonSpan tool, const char *name, GError **error)
{
  JumpJsonSpan inner = jump_json_find_member (tool, name);

  if (!jump_json_field_is_object (inner, name, error))
    return (JumpJsonSpan){ NULL, 0 };
  return jump_json_span_kind (inner) == JUMP_JSON_NULL ? tool : inner;
}

static JumpTool *
read_custom (JumpJsonSpan span, GError **error)
{
  g_autoptr (JumpTool) tool = jump_tool_new (JUMP_TOOL_CUSTOM);
  JumpJsonSpan inner = find_inner (span, "custom", error);

  if (inner.start == NULL || !read_function (tool, inner, error))
    return NULL;
  tool->json = g_strndup (span.start, span.length);
  return g_steal_pointer (&tool);
}

static JumpTool *
read_hosted (JumpJsonSpan span, GError **error)
{
  g_autoptr (JumpTool) tool = jump_tool_new (JUMP_TOOL_HOSTED);

  if (!need_name (jump_json_find_member (span, "type"), "type", &tool->type, error) ||
      !jump_json_field_string (jump_json_find_member (span, "name"), "name", &tool->name, error))
    return NULL;
  tool->json = g_strndup (span.start, span.length);
  return g_steal_pointer (&tool);
}

static JumpTool *
read_tool (JumpJsonSpan span, GError **error)
{
  g_autoptr (JumpTool) tool = NULL;
  JumpJsonSpan type = jump_json_find_member (span, "type");
  JumpJsonSpan inner;

  if (jump_json_span_kind (span) != JUMP_JSON_OBJECT)
    {
      jump_json_field_refuse (error, "type", "function");
      return NULL;
    }
  if (jump_json_span_kind (type) == JUMP_JSON_STRING && jump_json_span_equals (type, "custom"))
    return read_custom (span, error);
  if (jump_json_span_kind (type) != JUMP_JSON_NULL && !jump_json_span_equals (type, "function"))
    return read_hosted (span, error);
  inner = find_inner (span, "function", error);
  if (inner.start == NULL)
    return NULL;
  tool = jump_tool_new (JUMP_TOOL_FUNCTION);
  if (!read_function (tool, inner, error))
    {
      if (inner.start != span.start)
        g_prefix_error (error, "function.");
      return NULL;
    }
  return g_steal_pointer (&tool);
}

/**
 * jump_chat_read_tools:
 * @prompt: gets a tool for each
 * @tools: null or an array
 *
 * Returns: whether all could be read
 */
gboolean
jump_chat_read_tools (JumpPrompt *prompt, JumpJsonSpan tools, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan span;

  if (jump_json_span_kind (tools) == JUMP_JSON_NULL)
    return TRUE;
  if (jump_json_span_kind (tools) != JUMP_JSON_ARRAY)
    return jump_json_field_refuse (error, "tools", "array");
  jump_json_cursor_init (&cursor, tools);
  for (guint i = 0; jump_json_cursor_next (&cursor, NULL, &span); i++)
    {
      JumpTool *tool = read_tool (span, error);

      if (tool == NULL)
        {
          g_prefix_error (error, "tools[%u].", i);
          return FALSE;
        }
      tool->cache_marker = jump_chat_read_cache_marker (span);
      g_ptr_array_add (prompt->tools, tool);
    }
  return TRUE;
}

gboolean
jump_chat_read_functions (JumpPrompt *prompt, JumpJsonSpan functions, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan span;

  if (jump_json_span_kind (functions) == JUMP_JSON_NULL)
    return TRUE;
  if (jump_json_span_kind (functions) != JUMP_JSON_ARRAY)
    return jump_json_field_refuse (error, "functions", "array");
  jump_json_cursor_init (&cursor, functions);
  for (guint i = 0; jump_json_cursor_next (&cursor, NULL, &span); i++)
    {
      g_autoptr (JumpTool) tool = jump_tool_new (JUMP_TOOL_FUNCTION);

      if (!read_function (tool, span, error))
        {
          g_prefix_error (error, "functions[%u].", i);
          return FALSE;
        }
      g_ptr_array_add (prompt->tools, g_steal_pointer (&tool));
    }
  return TRUE;
}

static gboolean
read_choice_word (JumpPrompt *prompt, JumpJsonSpan word, GError **error)
{
  static const struct
  {
    const char *word;
    JumpChoice choice;
  } words[] = {
    { "auto", JUMP_CHOICE_AUTO },
    { "none", JUMP_CHOICE_NONE },
    { "required", JUMP_CHOICE_REQUIRED },
    { "any", JUMP_CHOICE_REQUIRED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (jump_json_span_equals (word, words[i].word))
        {
          prompt->choice = words[i].choice;
          return TRUE;
        }
    }
  return jump_json_field_refuse (error, "tool_choice", "none, auto, required or object");
}

/**
 * jump_chat_read_choice:
 * @prompt: gets the choice
 * @choice: a word, or an object: {"type":"function","function":{"name"}}, the same with "custom", the
 *   deprecated {"name"}, or {"type":"allowed_tools","allowed_tools":{"mode","tools"}}
 *
 * Returns: whether it could be read
 */
gboolean
jump_chat_read_choice (JumpPrompt *prompt, JumpJsonSpan choice, GError **error)
{
  JumpJsonSpan inner = { NULL, 0 };
  JumpJsonSpan allowed;

  if (jump_json_span_kind (choice) == JUMP_JSON_NULL)
    return TRUE;
  if (jump_json_span_kind (choice) == JUMP_JSON_STRING)
    return read_choice_word (prompt, choice, error);
  if (!jump_json_field_is_object (choice, "tool_choice", error))
    return FALSE;
  allowed = jump_json_find_member (choice, "allowed_tools");
  if (jump_json_span_kind (allowed) == JUMP_JSON_OBJECT)
    {
      jump_prompt_drop (prompt, "allowed_tools");
      inner = jump_json_find_member (allowed, "mode");
      return jump_json_span_kind (inner) != JUMP_JSON_STRING ||
             read_choice_word (prompt, inner, error);
    }
  inner = jump_json_find_member (choice, "function");
  if (inner.start == NULL)
    inner = jump_json_find_member (choice, "custom");
  if (inner.start == NULL)
    inner = choice;
  inner = jump_json_find_member (inner, "name");
  if (jump_json_span_kind (inner) != JUMP_JSON_STRING &&
      jump_json_span_kind (jump_json_find_member (choice, "type")) == JUMP_JSON_STRING)
    {
      jump_prompt_drop (prompt, "tool_choice"); /* a tool that upstream would run */
      return TRUE;
    }
  prompt->choice = JUMP_CHOICE_NAMED;
  return need_name (inner, "tool_choice.function.name", &prompt->choice_name, error);
}

/* Upstream's own word for how to go on with a call, at either place that has been seen. */
static gboolean
read_call_state (JumpPart *part, JumpJsonSpan call, JumpJsonSpan function, GError **error)
{
  JumpJsonSpan state = jump_json_find_member (function, "thought_signature");

  if (state.start == NULL)
    state = jump_json_find_member (call, "thought_signature");
  return jump_json_field_string (state, "thought_signature", &part->call_state, error);
}

/**
 * jump_chat_read_call:
 * @call: {"id","type":"function","function":{"name","arguments"}}, or with "custom":{"name","input"}
 *
 * Arguments that are an object instead of a string are taken as well.
 *
 * Returns: (transfer full) (nullable): the call; it may still have no id
 */
JumpPart *
jump_chat_read_call (JumpJsonSpan call, GError **error)
{
  g_autoptr (JumpPart) part = jump_part_new (JUMP_PART_TOOL_CALL);
  JumpJsonSpan inner = jump_json_find_member (call, "custom");
  JumpJsonSpan arguments;

  if (jump_json_span_kind (inner) == JUMP_JSON_OBJECT)
    {
      part->tool_kind = JUMP_TOOL_CUSTOM;
      arguments = jump_json_find_member (inner, "input");
    }
  else
    {
      inner = jump_json_find_member (call, "function");
      if (jump_json_span_kind (inner) != JUMP_JSON_OBJECT)
        {
          jump_json_field_refuse (error, "function", "object");
          return NULL;
        }
      arguments = jump_json_find_member (inner, "arguments");
    }
  if (jump_json_span_kind (arguments) == JUMP_JSON_OBJECT)
    part->arguments = g_strndup (arguments.start, arguments.length);
  else if (!jump_json_field_string (arguments, "function.arguments", &part->arguments, error))
    return NULL;
  if (part->tool_kind == JUMP_TOOL_FUNCTION &&
      (part->arguments == NULL || *part->arguments == '\0'))
    {
      g_free (part->arguments);
      part->arguments = g_strdup ("{}");
    }
  if (!jump_json_field_string (jump_json_find_member (call, "id"), "id", &part->call_id, error) ||
      !need_name (jump_json_find_member (inner, "name"), "function.name", &part->name, error) ||
      !read_call_state (part, call, inner, error))
    return NULL;
  return g_steal_pointer (&part);
}
