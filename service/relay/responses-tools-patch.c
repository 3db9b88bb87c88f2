/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/responses-tools-patch.h"

#include "service/relay/tool-list-patch.h"

/* Tools that the client runs itself, and web_search where upstream may run it. All others, image_generation
 * first, are upstream's to run, and it does not (protocol 6.1). */
static gboolean
takes_tool (JumpJsonSpan tool, JumpJsonSpan type, const JumpModelTraits *traits)
{
  static const char *const taken[] = {
    "function", "custom", "namespace", "local_shell", "shell", "apply_patch", "tool_search",
  };

  if (jump_json_span_kind (type) != JUMP_JSON_STRING)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    if (jump_json_span_equals (type, taken[i]))
      return TRUE;
  return traits->takes_web_search && jump_json_span_equals (type, "web_search");
}

/* Upstream refuses a namespace that does not say what it is for. */
static void
describe_namespace (JumpPatchWork *work, JumpJsonSpan tool)
{
  JumpJsonSpan description = jump_json_find_member (tool, "description");
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_autofree char *quoted = NULL;

  if (!jump_patch_has_type (tool, "namespace") ||
      (jump_json_span_kind (description) == JUMP_JSON_STRING && !jump_patch_is_blank (description)))
    return;
  name = jump_json_span_dup_string (jump_json_find_member (tool, "name"));
  text = g_strdup_printf ("Tools of %s.", name == NULL || *name == '\0' ? "the client" : name);
  quoted = jump_patch_quote (text);
  jump_patch_work_set_in (work, tool, "description", quoted, "namespace-described");
}

static void
describe_namespaces (JumpPatchWork *work, JumpJsonSpan tools)
{
  JumpJsonCursor cursor;
  JumpJsonSpan tool;

  if (jump_json_span_kind (tools) != JUMP_JSON_ARRAY)
    return;
  jump_json_cursor_init (&cursor, tools);
  while (jump_json_cursor_next (&cursor, NULL, &tool))
    describe_namespace (work, tool);
}

/**
 * jump_responses_tools_patch:
 * @work: a Responses request
 */
void
jump_responses_tools_patch (JumpPatchWork *work)
{
  JumpJsonSpan input = jump_patch_work_get (work, "input");
  JumpJsonCursor cursor;
  JumpJsonSpan item;

  jump_tool_list_patch (work, takes_tool);
  describe_namespaces (work, jump_patch_work_get (work, "tools"));
  if (jump_json_span_kind (input) != JUMP_JSON_ARRAY)
    return;
  jump_json_cursor_init (&cursor, input);
  while (jump_json_cursor_next (&cursor, NULL, &item))
    if (jump_patch_has_type (item, "additional_tools"))
      describe_namespaces (work, jump_json_find_member (item, "tools"));
}

static void
append_elements (GString *list, JumpJsonSpan array)
{
  JumpJsonCursor cursor;
  JumpJsonSpan element;

  if (jump_json_span_kind (array) != JUMP_JSON_ARRAY)
    return;
  jump_json_cursor_init (&cursor, array);
  while (jump_json_cursor_next (&cursor, NULL, &element))
    {
      if (list->len > 1)
        g_string_append_c (list, ',');
      g_string_append_len (list, element.start, (gssize) element.length);
    }
}

/**
 * jump_responses_lift_tools:
 * @work: a Responses request
 */
void
jump_responses_lift_tools (JumpPatchWork *work)
{
  JumpJsonSpan input = jump_patch_work_get (work, "input");
  g_autoptr (GString) tools = g_string_new ("[");
  gboolean any = FALSE;
  JumpJsonCursor cursor;
  JumpJsonSpan item;

  if (jump_json_span_kind (input) != JUMP_JSON_ARRAY)
    return;
  append_elements (tools, jump_patch_work_get (work, "tools"));
  jump_json_cursor_init (&cursor, input);
  while (jump_json_cursor_next (&cursor, NULL, &item))
    {
      if (!jump_patch_has_type (item, "additional_tools"))
        continue;
      append_elements (tools, jump_json_find_member (item, "tools"));
      jump_patch_work_drop_element (work, input, item, "additional-tools-lifted");
      any = TRUE;
    }
  g_string_append_c (tools, ']');
  if (any)
    jump_patch_work_set (work, "tools", tools->str, NULL);
}
