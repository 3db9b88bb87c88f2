/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/ollama-tools.h"

#include "service/conversation/tool-names.h"
#include "service/dialects/json-field.h"

#include <string.h>

/* The type is "function" or left out; what else there may be is some other API's. */
static gboolean
is_function (JumpJsonSpan tool)
{
  JumpJsonSpan type = jump_json_find_member (tool, "type");

  return jump_json_span_kind (type) == JUMP_JSON_NULL || jump_json_span_is_empty_string (type) ||
         jump_json_span_equals (type, "function");
}

static JumpJsonSpan
find_name (JumpJsonSpan tool)
{
  return jump_json_find_member (jump_json_find_member (tool, "function"), "name");
}

/**
 * jump_ollama_tools_scan:
 * @tools: an array, or absent
 * @facts: gets their number, size, and whether upstream would refuse a name
 */
gboolean
jump_ollama_tools_scan (JumpJsonSpan tools, JumpRequestFacts *facts, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan tool;

  if (!jump_json_field_check (tools, JUMP_JSON_ARRAY, "tools", "array", error))
    return FALSE;
  jump_json_cursor_init (&cursor, tools);
  while (jump_json_cursor_next (&cursor, NULL, &tool))
    {
      g_autofree char *name = jump_json_span_dup_string (find_name (tool));

      if (is_function (tool) && name == NULL)
        {
          g_autofree char *path = g_strdup_printf ("tools[%u].function.name", facts->n_tools);

          return jump_json_field_refuse (error, path, "string");
        }
      if (name != NULL && !jump_tool_name_is_fine (name, strlen (name)))
        facts->has_odd_tool_names = TRUE;
      facts->n_tools++;
    }
  facts->text_bytes += tools.length;
  return jump_request_facts_check_n_tools (facts->n_tools, error);
}

static JumpTool *
read_function (JumpJsonSpan function)
{
  JumpTool *tool = jump_tool_new (JUMP_TOOL_FUNCTION);
  JumpJsonSpan schema = jump_json_find_member (function, "parameters");
  JumpJsonSpan strict = jump_json_find_member (function, "strict");

  tool->name = jump_json_span_dup_string (jump_json_find_member (function, "name"));
  tool->description = jump_json_span_dup_string (jump_json_find_member (function, "description"));
  if (jump_json_span_kind (schema) == JUMP_JSON_OBJECT)
    tool->schema = g_strndup (schema.start, schema.length);
  if (jump_json_span_kind (strict) == JUMP_JSON_TRUE)
    tool->is_strict = JUMP_FLAG_TRUE;
  else if (jump_json_span_kind (strict) == JUMP_JSON_FALSE)
    tool->is_strict = JUMP_FLAG_FALSE;
  return tool;
}

static JumpTool *
read_other (JumpJsonSpan object)
{
  JumpTool *tool = jump_tool_new (JUMP_TOOL_HOSTED);

  tool->type = jump_json_span_dup_string (jump_json_find_member (object, "type"));
  tool->name = jump_json_span_dup_string (jump_json_find_member (object, "name"));
  tool->json = g_strndup (object.start, object.length);
  return tool;
}

/**
 * jump_ollama_tools_read:
 * @tools: was scanned without an error
 * @prompt: gets them
 */
gboolean
jump_ollama_tools_read (JumpJsonSpan tools, JumpPrompt *prompt, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan object;
  guint i = 0;

  jump_json_cursor_init (&cursor, tools);
  while (jump_json_cursor_next (&cursor, NULL, &object))
    {
      JumpJsonSpan parameters =
          jump_json_find_member (jump_json_find_member (object, "function"), "parameters");
      g_autofree char *path = g_strdup_printf ("tools[%u].function.parameters", i++);

      if (!jump_json_field_check (parameters, JUMP_JSON_OBJECT, path, "object", error))
        return FALSE;
      g_ptr_array_add (prompt->tools,
                       is_function (object)
                           ? read_function (jump_json_find_member (object, "function"))
                           : read_other (object));
    }
  return TRUE;
}
