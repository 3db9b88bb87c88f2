/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-chat.h"

#include <string.h>

/* The tools of a prompt as Copilot's chat takes them: functions and nothing else. */

/* What a custom tool becomes. */
#define INPUT_SCHEMA                                                       \
  "{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\"}}," \
  "\"required\":[\"input\"],\"additionalProperties\":false}"
#define NO_SCHEMA "{\"type\":\"object\",\"properties\":{}}"

/* "format":{"type":"grammar","syntax":"lark","definition":"…"}, or the same under "grammar". */
static void
append_grammar (GString *text, const JumpTool *tool)
{
  JumpJsonSpan definition;
  JumpJsonSpan format;
  g_autofree char *grammar = NULL;

  if (tool->json == NULL)
    return;
  definition = jump_json_span_trim (tool->json, strlen (tool->json));
  format = jump_json_find_member (definition, "format");
  if (format.start == NULL)
    format = jump_json_find_member (jump_json_find_member (definition, "custom"), "format");
  if (jump_json_find_member (format, "grammar").start != NULL)
    format = jump_json_find_member (format, "grammar");
  definition = jump_json_find_member (format, "definition");
  if (jump_json_span_kind (definition) != JUMP_JSON_STRING)
    return;
  grammar = jump_json_span_dup_string (definition);
  g_string_append_printf (text, "\n\nThe input has to follow this grammar:\n%s", grammar);
}

/* Returns: (transfer full): what the model has to know, as its schema says nothing */
static char *
describe_custom (const JumpTool *tool)
{
  g_autoptr (GString) text = g_string_new (tool->description);

  if (text->len > 0)
    g_string_append (text, "\n\n");
  g_string_append (text, "Takes free text in the argument \"input\".");
  append_grammar (text, tool);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
write_tool (JumpJsonWriter *writer,
            const JumpTool *tool,
            const JumpModelTraits *traits,
            const JumpToolNames *names)
{
  gboolean is_custom = tool->kind == JUMP_TOOL_CUSTOM;
  g_autofree char *description = is_custom ? describe_custom (tool) : g_strdup (tool->description);
  const char *schema = tool->schema != NULL ? tool->schema : NO_SCHEMA;

  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "type", "function");
  jump_json_writer_member (writer, "function");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer,
                                  "name",
                                  jump_tool_names_to_wire (names, tool->name_space, tool->name));
  if (description != NULL)
    jump_json_writer_member_string (writer, "description", description);
  jump_json_writer_member (writer, "parameters");
  jump_json_writer_raw (writer, is_custom ? INPUT_SCHEMA : schema, -1);
  if (tool->is_strict == JUMP_FLAG_TRUE && !traits->is_claude)
    jump_json_writer_member_boolean (writer, "strict", TRUE);
  jump_json_writer_end_object (writer);
  if (tool->cache_marker != NULL)
    {
      jump_json_writer_member (writer, "copilot_cache_control");
      jump_json_writer_raw (writer, "{\"type\":\"ephemeral\"}", -1);
    }
  jump_json_writer_end_object (writer);
}

static gboolean
is_offered (const JumpPrompt *prompt, const char *name_space, const char *name)
{
  for (guint i = 0; i < prompt->tools->len; i++)
    {
      const JumpTool *tool = g_ptr_array_index (prompt->tools, i);

      if (tool->kind != JUMP_TOOL_HOSTED && g_strcmp0 (tool->name, name) == 0 &&
          g_strcmp0 (tool->name_space, name_space) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
write_choice (JumpJsonWriter *writer,
              const JumpPrompt *prompt,
              const JumpToolNames *names,
              JumpChanges *changes)
{
  static const char *const words[] = {
    [JUMP_CHOICE_AUTO] = "auto",
    [JUMP_CHOICE_NONE] = "none",
    [JUMP_CHOICE_REQUIRED] = "required",
  };

  if (prompt->choice == JUMP_CHOICE_UNSET)
    return;
  if (prompt->choice != JUMP_CHOICE_NAMED)
    {
      jump_json_writer_member_string (writer, "tool_choice", words[prompt->choice]);
      return;
    }
  if (!is_offered (prompt, prompt->choice_name_space, prompt->choice_name))
    {
      jump_changes_add (changes, "dropped:tool_choice");
      return;
    }
  jump_json_writer_member (writer, "tool_choice");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "type", "function");
  jump_json_writer_member (writer, "function");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (
      writer,
      "name",
      jump_tool_names_to_wire (names, prompt->choice_name_space, prompt->choice_name));
  jump_json_writer_end_object (writer);
  jump_json_writer_end_object (writer);
}

/* Notes what becomes of the tools. Returns: how many are left */
static guint
count_tools (const JumpPrompt *prompt, const JumpToolNames *names, JumpChanges *changes)
{
  guint n = 0;

  for (guint i = 0; i < prompt->tools->len; i++)
    {
      const JumpTool *tool = g_ptr_array_index (prompt->tools, i);

      switch (tool->kind)
        {
        case JUMP_TOOL_HOSTED:
          jump_changes_add_detail (changes,
                                   "hosted-tool-removed:",
                                   tool->type != NULL ? tool->type : "unknown");
          continue;
        case JUMP_TOOL_CUSTOM:
          jump_changes_add (changes, "custom-tool-as-function");
          break;
        case JUMP_TOOL_FUNCTION:
          break;
        }
      n++;
    }
  if (jump_tool_names_has_changes (names))
    jump_changes_add (changes, "tools-renamed");
  return n;
}

/**
 * jump_chat_write_tools:
 * @writer: inside the request
 *
 * Returns: %FALSE with @error when there are more tools than upstream takes (protocol 5.3)
 */
gboolean
jump_chat_write_tools (JumpJsonWriter *writer,
                       const JumpPrompt *prompt,
                       const JumpModelTraits *traits,
                       const JumpToolNames *names,
                       JumpChanges *changes,
                       GError **error)
{
  guint n = count_tools (prompt, names, changes);

  if (!jump_request_facts_check_n_tools (n, error))
    return FALSE;
  if (n == 0)
    return TRUE;
  jump_json_writer_member (writer, "tools");
  jump_json_writer_begin_array (writer);
  for (guint i = 0; i < prompt->tools->len; i++)
    {
      const JumpTool *tool = g_ptr_array_index (prompt->tools, i);

      if (tool->kind != JUMP_TOOL_HOSTED)
        write_tool (writer, tool, traits, names);
    }
  jump_json_writer_end_array (writer);
  write_choice (writer, prompt, names, changes);
  if (prompt->parallel_calls == JUMP_FLAG_UNSET)
    return TRUE;
  if (traits->is_known && !traits->takes_parallel_calls)
    jump_changes_add (changes, "dropped:parallel_tool_calls");
  else
    jump_json_writer_member_boolean (writer,
                                     "parallel_tool_calls",
                                     prompt->parallel_calls == JUMP_FLAG_TRUE);
  return TRUE;
}
