/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-responses-tools.h"

#include <string.h>

/* What functions without parameters are given: some backends refuse a missing schema. */
#define NO_PARAMETERS "{\"type\":\"object\",\"properties\":{}}"

static void
write_member_json (JumpJsonWriter *writer, const char *name, const char *json)
{
  jump_json_writer_member (writer, name);
  jump_json_writer_raw (writer, json, -1);
}

/* strict is always said: where it is left out, this API tries to make schemas strict, which no other
 * does (and VS Code says false, protocol 6.1). */
static void
write_function (JumpJsonWriter *writer, const JumpTool *tool, const char *name)
{
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "type", "function");
  jump_json_writer_member_string (writer, "name", name);
  if (tool->description != NULL)
    jump_json_writer_member_string (writer, "description", tool->description);
  write_member_json (writer, "parameters", tool->schema == NULL ? NO_PARAMETERS : tool->schema);
  jump_json_writer_member_boolean (writer, "strict", tool->is_strict == JUMP_FLAG_TRUE);
  jump_json_writer_end_object (writer);
}

static void
write_custom (JumpJsonWriter *writer, const JumpTool *tool, const char *name)
{
  JumpJsonSpan definition = { tool->json, tool->json == NULL ? 0 : strlen (tool->json) };
  JumpJsonSpan format = jump_json_find_member (definition, "format");

  /* Chat has it one level deeper. */
  if (format.start == NULL)
    format = jump_json_find_member (jump_json_find_member (definition, "custom"), "format");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "type", "custom");
  jump_json_writer_member_string (writer, "name", name);
  if (tool->description != NULL)
    jump_json_writer_member_string (writer, "description", tool->description);
  if (format.start != NULL)
    {
      jump_json_writer_member (writer, "format");
      jump_json_writer_raw (writer, format.start, (gssize) format.length);
    }
  jump_json_writer_end_object (writer);
}

/* Copilot runs hardly any tool of its own here (protocol 6.1): they are left out, and that is noted. */
static guint
write_list (JumpJsonWriter *writer,
            const JumpPrompt *prompt,
            const JumpToolNames *names,
            JumpChanges *changes)
{
  guint n_tools = 0;

  for (guint i = 0; i < prompt->tools->len; i++)
    {
      const JumpTool *tool = g_ptr_array_index (prompt->tools, i);
      const char *name = jump_tool_names_to_wire (names, tool->name_space, tool->name);

      switch (tool->kind)
        {
        case JUMP_TOOL_FUNCTION:
          write_function (writer, tool, name);
          n_tools++;
          break;
        case JUMP_TOOL_CUSTOM:
          write_custom (writer, tool, name);
          n_tools++;
          break;
        case JUMP_TOOL_HOSTED:
          jump_changes_add_detail (changes,
                                   "hosted-tool-removed:",
                                   tool->type == NULL ? "tool" : tool->type);
          break;
        }
    }
  return n_tools;
}

static const JumpTool *
find_chosen (const JumpPrompt *prompt)
{
  for (guint i = 0; i < prompt->tools->len; i++)
    {
      const JumpTool *tool = g_ptr_array_index (prompt->tools, i);

      if (tool->kind != JUMP_TOOL_HOSTED && g_strcmp0 (tool->name, prompt->choice_name) == 0 &&
          g_strcmp0 (tool->name_space, prompt->choice_name_space) == 0)
        return tool;
    }
  return NULL;
}

/* (nullable): the word of a choice that is one */
static const char *
choice_word (JumpChoice choice)
{
  switch (choice)
    {
    case JUMP_CHOICE_AUTO:
      return "auto";
    case JUMP_CHOICE_NONE:
      return "none";
    case JUMP_CHOICE_REQUIRED:
      return "required";
    case JUMP_CHOICE_UNSET:
    case JUMP_CHOICE_NAMED:
      break;
    }
  return NULL;
}

static void
write_named (JumpJsonWriter *writer, JumpToolKind kind, const char *name)
{
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "type", kind == JUMP_TOOL_CUSTOM ? "custom" : "function");
  jump_json_writer_member_string (writer, "name", name);
  jump_json_writer_end_object (writer);
}

static void
write_choice (JumpJsonWriter *writer,
              const JumpPrompt *prompt,
              const JumpToolNames *names,
              JumpChanges *changes)
{
  const char *word = choice_word (prompt->choice);
  const JumpTool *chosen = find_chosen (prompt);

  if (word != NULL)
    jump_json_writer_member_string (writer, "tool_choice", word);
  if (prompt->choice != JUMP_CHOICE_NAMED)
    return;
  if (chosen == NULL)
    {
      jump_changes_add (changes, "dropped:tool_choice");
      return;
    }
  jump_json_writer_member (writer, "tool_choice");
  write_named (writer,
               chosen->kind,
               jump_tool_names_to_wire (names, chosen->name_space, chosen->name));
}

/**
 * jump_responses_write_tools:
 * @writer: inside the request
 * @prompt: what is asked
 * @names: the tools' names for upstream; namespaces become parts of them
 * @changes: gets what had to be left out
 */
void
jump_responses_write_tools (JumpJsonWriter *writer,
                            const JumpPrompt *prompt,
                            const JumpToolNames *names,
                            JumpChanges *changes)
{
  g_auto (JumpJsonWriter) list = { NULL, FALSE };
  guint n_tools;

  jump_json_writer_init (&list);
  jump_json_writer_begin_array (&list);
  n_tools = write_list (&list, prompt, names, changes);
  jump_json_writer_end_array (&list);
  if (jump_tool_names_has_changes (names))
    jump_changes_add (changes, "tools-renamed");
  /* A choice without tools is refused. */
  if (n_tools == 0)
    return;
  jump_json_writer_member (writer, "tools");
  jump_json_writer_raw (writer, list.text->str, (gssize) list.text->len);
  write_choice (writer, prompt, names, changes);
  if (prompt->parallel_calls != JUMP_FLAG_UNSET)
    jump_json_writer_member_boolean (writer,
                                     "parallel_tool_calls",
                                     prompt->parallel_calls == JUMP_FLAG_TRUE);
}

/**
 * jump_responses_write_tools_back:
 * @writer: where a value may stand
 * @prompt: what was asked
 *
 * Tools of namespaces are left out.
 */
void
jump_responses_write_tools_back (JumpJsonWriter *writer, const JumpPrompt *prompt)
{
  jump_json_writer_begin_array (writer);
  for (guint i = 0; i < prompt->tools->len; i++)
    {
      const JumpTool *tool = g_ptr_array_index (prompt->tools, i);

      if (tool->name_space != NULL)
        continue;
      if (tool->json != NULL)
        jump_json_writer_raw (writer, tool->json, -1);
      else
        write_function (writer, tool, tool->name);
    }
  jump_json_writer_end_array (writer);
}

/**
 * jump_responses_write_choice_back:
 * @writer: where a value may stand
 * @prompt: what was asked
 */
void
jump_responses_write_choice_back (JumpJsonWriter *writer, const JumpPrompt *prompt)
{
  const char *word = choice_word (prompt->choice);
  const JumpTool *chosen = find_chosen (prompt);

  if (prompt->choice == JUMP_CHOICE_NAMED)
    write_named (writer, chosen == NULL ? JUMP_TOOL_FUNCTION : chosen->kind, prompt->choice_name);
  else
    jump_json_writer_string (writer, word == NULL ? "auto" : word);
}
