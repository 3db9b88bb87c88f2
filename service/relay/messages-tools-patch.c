/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/messages-tools-patch.h"

#include "service/relay/tool-list-patch.h"

/* Tools with a type of their own that the client runs, or that upstream has (protocol 6.3). */
static const char *const taken[] = {
  "bash_", "text_editor_", "memory_", "computer_", "tool_search_tool_",
};

static gboolean
has_prefix (JumpJsonSpan type, const char *prefix)
{
  g_autofree char *text = jump_json_span_dup_string (type);

  return text != NULL && g_str_has_prefix (text, prefix);
}

static gboolean
takes_tool (JumpJsonSpan tool, JumpJsonSpan type, const JumpModelTraits *traits)
{
  if (jump_json_span_kind (type) != JUMP_JSON_STRING || jump_json_span_equals (type, "custom"))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    if (has_prefix (type, taken[i]))
      return TRUE;
  return FALSE;
}

static gboolean
has_search (JumpJsonSpan tools)
{
  JumpJsonCursor cursor;
  JumpJsonSpan tool;

  jump_json_cursor_init (&cursor, tools);
  while (jump_json_cursor_next (&cursor, NULL, &tool))
    if (has_prefix (jump_json_find_member (tool, "type"), "tool_search_tool_"))
      return TRUE;
  return FALSE;
}

/* Upstream accepts only members that it knows in a tool. */
static void
clean_tool (JumpPatchWork *work, JumpJsonSpan tool, gboolean may_defer)
{
  const JumpModelTraits *traits = work->traits;
  JumpJsonSpan schema = jump_json_find_member (tool, "input_schema");

  jump_patch_work_drop_in (work, tool, "eager_input_streaming", "eager-streaming-dropped");
  jump_patch_work_drop_in (work, schema, "$schema", "schema-uri-dropped");
  if (!may_defer)
    jump_patch_work_drop_in (work, tool, "defer_loading", "defer-loading-dropped");
  if (traits->is_known && !traits->takes_schema)
    jump_patch_work_drop_in (work, tool, "strict", "strict-dropped");
}

/**
 * jump_messages_tools_patch:
 * @work: a Messages request
 *
 * Returns: whether tools may be loaded later
 */
gboolean
jump_messages_tools_patch (JumpPatchWork *work)
{
  JumpJsonSpan tools = jump_patch_work_get (work, "tools");
  JumpJsonCursor cursor;
  JumpJsonSpan tool;
  gboolean may_defer;

  if (jump_json_span_kind (tools) != JUMP_JSON_ARRAY)
    return FALSE;
  may_defer = has_search (tools);
  jump_tool_list_patch (work, takes_tool);
  jump_json_cursor_init (&cursor, tools);
  while (jump_json_cursor_next (&cursor, NULL, &tool))
    clean_tool (work, tool, may_defer);
  return may_defer;
}
