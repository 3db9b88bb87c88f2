/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-edit.h"
#include "service/dialects/openai-responses-input.h"

#include <string.h>

/* Longer ids are refused; those of other APIs may be. */
#define MAX_CALL_ID 64

typedef struct
{
  JumpJsonWriter *writer;
  const JumpModelTraits *traits;
  const JumpToolNames *names;
  JumpChanges *changes;
  gboolean is_open; /* a message item, inside of its content */
} InputWriter;

/* Items that this API knows and that came from it; they pass as they are, without their ids. */
static const char *const known_items[] = {
  "web_search_call",
  "file_search_call",
  "code_interpreter_call",
  "image_generation_call",
  "computer_call",
  "computer_call_output",
  "local_shell_call",
  "local_shell_call_output",
  "shell_call",
  "shell_call_output",
  "apply_patch_call",
  "apply_patch_call_output",
  "mcp_call",
  "mcp_list_tools",
  "mcp_approval_request",
  "mcp_approval_response",
  "tool_search_call",
  "tool_search_output",
  "agent_message",
  "compaction",
  "compaction_trigger",
  NULL,
};

static void
close_message (InputWriter *self)
{
  if (!self->is_open)
    return;
  jump_json_writer_end_array (self->writer);
  jump_json_writer_end_object (self->writer);
  self->is_open = FALSE;
}

/* Texts with the weight of a system prompt that stand behind the first turn have to be the developer's. */
static const char *
role_word (JumpRole role)
{
  switch (role)
    {
    case JUMP_ROLE_SYSTEM:
    case JUMP_ROLE_DEVELOPER:
      return "developer";
    case JUMP_ROLE_ASSISTANT:
      return "assistant";
    case JUMP_ROLE_USER:
      break;
    }
  return "user";
}

static void
need_message (InputWriter *self, JumpRole role)
{
  if (self->is_open)
    return;
  jump_json_writer_begin_object (self->writer);
  jump_json_writer_member_string (self->writer, "type", "message");
  jump_json_writer_member_string (self->writer, "role", role_word (role));
  jump_json_writer_member (self->writer, "content");
  jump_json_writer_begin_array (self->writer);
  self->is_open = TRUE;
}

static void
write_text (JumpJsonWriter *writer, const char *type, const char *member, const char *text)
{
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "type", type);
  jump_json_writer_member_string (writer, member, text);
  jump_json_writer_end_object (writer);
}

static void
write_image (JumpJsonWriter *writer, const JumpPart *part)
{
  g_autofree char *address = jump_part_dup_address (part);

  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "type", "input_image");
  if (address != NULL)
    jump_json_writer_member_string (writer, "image_url", address);
  else
    jump_json_writer_member_string (writer, "file_id", part->file_id);
  jump_json_writer_member_string (writer, "detail", part->detail == NULL ? "auto" : part->detail);
  jump_json_writer_end_object (writer);
}

static void
write_file (JumpJsonWriter *writer, const JumpPart *part)
{
  g_autofree char *address = jump_part_dup_address (part);

  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "type", "input_file");
  if (part->data != NULL)
    {
      /* Data without a name is refused. */
      jump_json_writer_member_string (writer,
                                      "filename",
                                      part->file_name == NULL ? "file" : part->file_name);
      jump_json_writer_member_string (writer, "file_data", address);
    }
  else if (address != NULL)
    jump_json_writer_member_string (writer, "file_url", address);
  else
    jump_json_writer_member_string (writer, "file_id", part->file_id);
  jump_json_writer_end_object (writer);
}

/* Both halves of a call shorten its id to the same. */
static void
write_call_id (JumpJsonWriter *writer, const char *id)
{
  g_autofree char *hash = NULL;
  g_autofree char *short_id = NULL;

  if (strlen (id) > MAX_CALL_ID)
    {
      hash = g_compute_checksum_for_string (G_CHECKSUM_SHA1, id, -1);
      short_id = g_strconcat ("call_", hash, NULL);
    }
  jump_json_writer_member_string (writer, "call_id", short_id == NULL ? id : short_id);
}

static void
write_call (InputWriter *self, const JumpPart *part)
{
  JumpJsonWriter *writer = self->writer;
  gboolean is_custom = part->tool_kind == JUMP_TOOL_CUSTOM;
  const char *arguments = part->arguments;

  if (!is_custom && (arguments == NULL || *arguments == '\0'))
    arguments = "{}";
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "type", is_custom ? "custom_tool_call" : "function_call");
  write_call_id (writer, part->call_id);
  jump_json_writer_member_string (
      writer,
      "name",
      jump_tool_names_to_wire (self->names, part->name_space, part->name));
  jump_json_writer_member_string (writer,
                                  is_custom ? "input" : "arguments",
                                  arguments == NULL ? "" : arguments);
  jump_json_writer_end_object (writer);
}

static gboolean
is_only_text (const GPtrArray *parts)
{
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const JumpPart *part = g_ptr_array_index (parts, i);

      if (part->kind == JUMP_PART_IMAGE || part->kind == JUMP_PART_FILE)
        return FALSE;
    }
  return TRUE;
}

/* (nullable): what tells a failed call, which has no field here. Models read "Error: "; texts that begin
 * with such a word themselves need no second one. */
static const char *
error_prefix (const JumpPart *result, const char *text)
{
  g_autofree char *start = g_ascii_strdown (text, MIN (strlen (text), 20));

  if (!result->is_error || strstr (start, "error") != NULL)
    return "";
  return "Error: ";
}

static void
write_result_list (InputWriter *self, const JumpPart *result)
{
  JumpJsonWriter *writer = self->writer;

  jump_json_writer_begin_array (writer);
  if (result->is_error)
    write_text (writer, "input_text", "text", "Error:");
  for (guint i = 0; i < result->content->len; i++)
    {
      const JumpPart *part = g_ptr_array_index (result->content, i);

      if (part->kind == JUMP_PART_IMAGE)
        write_image (writer, part);
      else if (part->kind == JUMP_PART_FILE)
        write_file (writer, part);
      else if (part->kind == JUMP_PART_TEXT && part->text != NULL && *part->text != '\0')
        write_text (writer, "input_text", "text", part->text);
    }
  jump_json_writer_end_array (writer);
}

static void
note_lost_content (InputWriter *self, const JumpPart *result)
{
  for (guint i = 0; result->content != NULL && i < result->content->len; i++)
    {
      const JumpPart *part = g_ptr_array_index (result->content, i);

      if (part->kind == JUMP_PART_OTHER)
        jump_changes_add_detail (self->changes,
                                 "dropped:",
                                 part->type == NULL ? "content" : part->type);
    }
}

/* A string is what every backend takes; images need the list. */
static void
write_result (InputWriter *self, const JumpPart *result)
{
  JumpJsonWriter *writer = self->writer;
  gboolean is_custom = result->tool_kind == JUMP_TOOL_CUSTOM;

  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer,
                                  "type",
                                  is_custom ? "custom_tool_call_output" : "function_call_output");
  write_call_id (writer, result->call_id);
  jump_json_writer_member (writer, "output");
  if (is_only_text (result->content))
    {
      g_autofree char *text = jump_parts_join_text (result->content, "\n");
      g_autofree char *output = g_strconcat (error_prefix (result, text), text, NULL);

      jump_json_writer_string (writer, output);
    }
  else
    write_result_list (self, result);
  jump_json_writer_end_object (writer);
  note_lost_content (self, result);
}

/* Only what this upstream encrypted itself for this model; the visible text is not for models. */
static void
write_reasoning (InputWriter *self, const JumpPart *part)
{
  JumpJsonWriter *writer = self->writer;

  if (!jump_reasoning_state_fits (&part->state, 1u << JUMP_REASONING_ENCRYPTED, self->traits->id))
    {
      jump_changes_add (self->changes, "reasoning-dropped");
      return;
    }
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "type", "reasoning");
  jump_json_writer_member (writer, "summary");
  jump_json_writer_begin_array (writer);
  jump_json_writer_end_array (writer);
  jump_json_writer_member_string (writer, "encrypted_content", part->state.data);
  jump_json_writer_end_object (writer);
}

static void
write_other (InputWriter *self, const JumpPart *part)
{
  g_autoptr (JumpJsonEdit) edit = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  JumpJsonSpan object = { part->json, part->json == NULL ? 0 : strlen (part->json) };
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  if (part->type == NULL || !g_strv_contains (known_items, part->type) || object.length == 0)
    {
      jump_changes_add_detail (self->changes,
                               "dropped:",
                               part->type == NULL ? "content" : part->type);
      return;
    }
  close_message (self);
  edit = jump_json_edit_new (object.start, object.length);
  jump_json_cursor_init (&cursor, object);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      if (jump_json_span_equals (key, "id"))
        jump_json_edit_remove_member (edit, object, key, value);
    }
  jump_json_edit_append_to (edit, text);
  jump_json_writer_raw (self->writer, text->str, (gssize) text->len);
}

static void
write_part (InputWriter *self, JumpRole role, const JumpPart *part)
{
  gboolean is_assistant = role == JUMP_ROLE_ASSISTANT;

  switch (part->kind)
    {
    case JUMP_PART_TEXT:
      if (part->text == NULL || *part->text == '\0')
        return;
      need_message (self, role);
      write_text (self->writer, is_assistant ? "output_text" : "input_text", "text", part->text);
      return;
    case JUMP_PART_REFUSAL:
      if (part->text == NULL || *part->text == '\0')
        return;
      need_message (self, role);
      write_text (self->writer,
                  is_assistant ? "refusal" : "input_text",
                  is_assistant ? "refusal" : "text",
                  part->text);
      return;
    case JUMP_PART_IMAGE:
    case JUMP_PART_FILE:
      if (is_assistant)
        {
          jump_changes_add (self->changes,
                            part->kind == JUMP_PART_IMAGE ? "dropped:image" : "dropped:file");
          return;
        }
      need_message (self, role);
      if (part->kind == JUMP_PART_IMAGE)
        write_image (self->writer, part);
      else
        write_file (self->writer, part);
      return;
    case JUMP_PART_REASONING:
      close_message (self);
      write_reasoning (self, part);
      return;
    case JUMP_PART_TOOL_CALL:
      close_message (self);
      write_call (self, part);
      return;
    case JUMP_PART_TOOL_RESULT:
      close_message (self);
      write_result (self, part);
      return;
    case JUMP_PART_OTHER:
      write_other (self, part);
      return;
    }
}

/**
 * jump_responses_write_input:
 * @writer: where a value may stand
 * @prompt: what is asked
 * @first: messages in front of that one stand elsewhere
 * @traits: of the model
 * @names: the tools' names for upstream
 * @changes: gets what had to be left out
 *
 * Items carry no ids: upstream refuses those of earlier turns (protocol 6.1).
 */
void
jump_responses_write_input (JumpJsonWriter *writer,
                            const JumpPrompt *prompt,
                            guint first,
                            const JumpModelTraits *traits,
                            const JumpToolNames *names,
                            JumpChanges *changes)
{
  InputWriter self = { writer, traits, names, changes, FALSE };

  jump_json_writer_begin_array (writer);
  for (guint i = first; i < prompt->messages->len; i++)
    {
      const JumpMessage *message = g_ptr_array_index (prompt->messages, i);

      for (guint j = 0; j < message->parts->len; j++)
        write_part (&self, message->role, g_ptr_array_index (message->parts, j));
      close_message (&self);
    }
  jump_json_writer_end_array (writer);
}
