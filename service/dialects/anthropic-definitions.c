/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-definitions.h"

#include "service/base/json-scan.h"
#include "service/dialects/anthropic-blocks.h"
#include "service/dialects/anthropic-client-tools.h"
#include "service/dialects/json-splice.h"

#include <string.h>

#define NO_SCHEMA "{\"type\":\"object\",\"properties\":{}}"
/* What a tool that takes free text is offered as. */
#define CUSTOM_SCHEMA                                                      \
  "{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\"}}," \
  "\"required\":[\"input\"]}"

static const JumpTool *
get_tool (const JumpPrompt *prompt, guint i)
{
  return g_ptr_array_index (prompt->tools, i);
}

/* Returns: of the last tool that stays; G_MAXUINT: none does */
static guint
find_last (const JumpPrompt *prompt)
{
  for (guint i = prompt->tools->len; i > 0; i--)
    {
      if (jump_anthropic_definitions_takes (get_tool (prompt, i - 1)))
        return i - 1;
    }
  return G_MAXUINT;
}

/* Without $schema (protocol 9.6), and with the type that upstream insists on. */
static void
write_schema (JumpJsonWriter *writer, const char *schema)
{
  JumpJsonSpan object = { schema, schema == NULL ? 0 : strlen (schema) };
  g_autoptr (GString) text = NULL;
  gboolean has_type = FALSE;
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  object = jump_json_span_trim (object.start, object.length);
  if (jump_json_span_kind (object) != JUMP_JSON_OBJECT)
    {
      jump_json_writer_raw (writer, NO_SCHEMA, -1);
      return;
    }
  text = g_string_sized_new (object.length + 32);
  g_string_append_c (text, '{');
  jump_json_cursor_init (&cursor, object);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      if (jump_json_span_equals (key, "$schema"))
        continue;
      has_type |= jump_json_span_equals (key, "type");
      jump_splice_put_member (text, key, value);
    }
  if (!has_type)
    {
      jump_splice_put_comma (text);
      jump_splice_put_literal (text, "\"type\":\"object\"");
    }
  g_string_append_c (text, '}');
  jump_json_writer_raw (writer, text->str, (gssize) text->len);
}

/* A custom tool's grammar is all that tells what its text must look like. */
static char *
dup_custom_description (const JumpTool *tool)
{
  JumpJsonSpan json = { tool->json, tool->json == NULL ? 0 : strlen (tool->json) };
  JumpJsonSpan format = jump_json_find_member (json, "format");
  g_autofree char *grammar =
      jump_json_span_dup_string (jump_json_find_member (format, "definition"));
  const char *description = tool->description == NULL ? "" : tool->description;

  if (grammar == NULL)
    return g_strdup (description);
  return g_strdup_printf ("%s\n\nThe input must follow this grammar:\n%s", description, grammar);
}

static void
write_function (JumpJsonWriter *writer,
                const JumpTool *tool,
                const JumpToolNames *names,
                gboolean is_marked,
                JumpChanges *changes)
{
  const char *name = tool->name == NULL ? "" : tool->name;
  gboolean is_custom = tool->kind == JUMP_TOOL_CUSTOM;
  g_autofree char *custom = is_custom ? dup_custom_description (tool) : NULL;
  const char *description = is_custom ? custom : tool->description;

  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (
      writer,
      "name",
      names == NULL ? name : jump_tool_names_to_wire (names, tool->name_space, name));
  if (description != NULL && *description != '\0')
    jump_json_writer_member_string (writer, "description", description);
  jump_json_writer_member (writer, "input_schema");
  write_schema (writer, is_custom ? CUSTOM_SCHEMA : tool->schema);
  if (is_marked)
    jump_anthropic_blocks_write_mark (writer);
  jump_json_writer_end_object (writer);
  if (tool->is_strict == JUMP_FLAG_TRUE)
    jump_changes_add (changes, "dropped:strict"); /* not every backend takes it (protocol 6.3) */
}

/* As it came, but for the mark. */
static void
write_typed (JumpJsonWriter *writer, const JumpTool *tool, gboolean is_marked)
{
  JumpJsonSpan object = { tool->json, strlen (tool->json) };
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  jump_json_writer_begin_object (writer);
  jump_json_cursor_init (&cursor, object);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      g_autofree char *name = jump_json_span_dup_string (key);

      if (strcmp (name, "cache_control") == 0)
        continue;
      jump_json_writer_member (writer, name);
      jump_json_writer_raw (writer, value.start, (gssize) value.length);
    }
  if (is_marked)
    jump_anthropic_blocks_write_mark (writer);
  jump_json_writer_end_object (writer);
}

/* Upstream refuses calls in the history when no tool is defined at all: the tools they are of, which
 * must not be called any more. */
static guint
write_from_history (JumpJsonWriter *writer,
                    const JumpPrompt *prompt,
                    const JumpToolNames *names,
                    JumpChanges *changes)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = 0;

  for (guint i = 0; i < prompt->messages->len; i++)
    {
      const JumpMessage *message = g_ptr_array_index (prompt->messages, i);

      for (guint j = 0; j < message->parts->len; j++)
        {
          const JumpPart *part = g_ptr_array_index (message->parts, j);
          const char *name = part->name;

          if (part->kind != JUMP_PART_TOOL_CALL || name == NULL)
            continue;
          if (names != NULL)
            name = jump_tool_names_to_wire (names, part->name_space, name);
          if (!g_hash_table_add (seen, (gpointer) name))
            continue;
          if (n++ == 0)
            {
              jump_json_writer_member (writer, "tools");
              jump_json_writer_begin_array (writer);
            }
          jump_json_writer_begin_object (writer);
          jump_json_writer_member_string (writer, "name", name);
          jump_json_writer_member (writer, "input_schema");
          jump_json_writer_raw (writer, NO_SCHEMA, -1);
          jump_json_writer_end_object (writer);
        }
    }
  if (n == 0)
    return 0;
  jump_json_writer_end_array (writer);
  jump_json_writer_member (writer, "tool_choice");
  jump_json_writer_raw (writer, "{\"type\":\"none\"}", -1);
  jump_changes_add (changes, "tools-restated");
  return n;
}

static gboolean
has_tool (const JumpPrompt *prompt, const char *name_space, const char *name)
{
  for (guint i = 0; i < prompt->tools->len; i++)
    {
      const JumpTool *tool = get_tool (prompt, i);

      if (jump_anthropic_definitions_takes (tool) && g_strcmp0 (tool->name, name) == 0 &&
          g_strcmp0 (tool->name_space, name_space) == 0)
        return TRUE;
    }
  return FALSE;
}

static const char *
choice_word (JumpChoice choice)
{
  switch (choice)
    {
    case JUMP_CHOICE_UNSET:
      return NULL;
    case JUMP_CHOICE_AUTO:
      return "auto";
    case JUMP_CHOICE_NONE:
      return "none";
    case JUMP_CHOICE_REQUIRED:
      return "any";
    case JUMP_CHOICE_NAMED:
      return "tool";
    }
  return NULL;
}

static void
write_choice (JumpJsonWriter *writer,
              const JumpPrompt *prompt,
              const JumpToolNames *names,
              JumpChanges *changes)
{
  JumpChoice choice = prompt->choice;
  gboolean is_single = prompt->parallel_calls == JUMP_FLAG_FALSE;

  if (choice == JUMP_CHOICE_NAMED &&
      (prompt->choice_name == NULL ||
       !has_tool (prompt, prompt->choice_name_space, prompt->choice_name)))
    {
      choice = JUMP_CHOICE_AUTO;
      jump_changes_add (changes, "dropped:tool_choice");
    }
  if (choice == JUMP_CHOICE_UNSET && is_single)
    choice = JUMP_CHOICE_AUTO;
  if (choice == JUMP_CHOICE_UNSET)
    return;
  jump_json_writer_member (writer, "tool_choice");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "type", choice_word (choice));
  if (choice == JUMP_CHOICE_NAMED)
    jump_json_writer_member_string (
        writer,
        "name",
        names == NULL
            ? prompt->choice_name
            : jump_tool_names_to_wire (names, prompt->choice_name_space, prompt->choice_name));
  if (is_single && choice != JUMP_CHOICE_NONE)
    jump_json_writer_member_boolean (writer, "disable_parallel_tool_use", TRUE);
  jump_json_writer_end_object (writer);
}

/**
 * jump_anthropic_definitions_write:
 * @writer: inside the request
 * @prompt: what the client asks
 * @names: (nullable): for the tools
 * @marks: asked for each tool
 * @is_last_marked: whether a mark of ours belongs to the last tool
 * @changes: notes tools of other services that had to go
 */
void
jump_anthropic_definitions_write (JumpJsonWriter *writer,
                                  const JumpPrompt *prompt,
                                  const JumpToolNames *names,
                                  JumpAnthropicMarks *marks,
                                  gboolean is_last_marked,
                                  JumpChanges *changes)
{
  guint last = is_last_marked ? find_last (prompt) : G_MAXUINT;
  guint n = 0;

  for (guint i = 0; i < prompt->tools->len; i++)
    {
      const JumpTool *tool = get_tool (prompt, i);
      gboolean is_marked;

      if (!jump_anthropic_definitions_takes (tool))
        {
          jump_changes_add_detail (changes,
                                   "hosted-tool-removed:",
                                   tool->type == NULL ? "" : tool->type);
          continue;
        }
      is_marked = jump_anthropic_marks_take (marks, tool->cache_marker, i == last);
      if (n++ == 0)
        {
          jump_json_writer_member (writer, "tools");
          jump_json_writer_begin_array (writer);
        }
      if (tool->type != NULL && tool->json != NULL &&
          jump_anthropic_tool_type_is_taken (tool->type))
        write_typed (writer, tool, is_marked);
      else
        write_function (writer, tool, names, is_marked, changes);
    }
  if (n == 0)
    {
      write_from_history (writer, prompt, names, changes);
      return;
    }
  jump_json_writer_end_array (writer);
  write_choice (writer, prompt, names, changes);
}

/**
 * jump_anthropic_definitions_force_call:
 */
gboolean
jump_anthropic_definitions_force_call (const JumpPrompt *prompt)
{
  if (prompt->choice == JUMP_CHOICE_NAMED)
    return prompt->choice_name != NULL &&
           has_tool (prompt, prompt->choice_name_space, prompt->choice_name);
  if (prompt->choice != JUMP_CHOICE_REQUIRED)
    return FALSE;
  for (guint i = 0; i < prompt->tools->len; i++)
    {
      if (jump_anthropic_definitions_takes (get_tool (prompt, i)))
        return TRUE;
    }
  return FALSE;
}

/**
 * jump_anthropic_definitions_takes:
 * @tool: of a prompt
 */
gboolean
jump_anthropic_definitions_takes (const JumpTool *tool)
{
  return tool->kind != JUMP_TOOL_HOSTED || (tool->type != NULL && tool->json != NULL &&
                                            jump_anthropic_tool_type_is_taken (tool->type));
}
