/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-chat-content.h"

#include "service/base/json-scan.h"
#include "service/base/limits.h"
#include "service/dialects/call-arguments.h"

#include <string.h>

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

/* Claude counts blank texts as empty. */
static gboolean
says_nothing (const JumpChatContent *self, const JumpPart *part)
{
  return is_empty (part->text) ||
         (self->is_claude && part->text[strspn (part->text, " \t\r\n")] == '\0');
}

/**
 * jump_chat_content_begin:
 * @role: of the message
 */
void
jump_chat_content_begin (JumpChatContent *self, const char *role)
{
  jump_json_writer_begin_object (self->writer);
  jump_json_writer_member_string (self->writer, "role", role);
}

static void
write_marker (JumpChatContent *self)
{
  jump_json_writer_member (self->writer, "copilot_cache_control");
  jump_json_writer_raw (self->writer, "{\"type\":\"ephemeral\"}", -1);
}

/**
 * jump_chat_content_end:
 * @is_marked: whether the cache shall keep everything up to here
 */
void
jump_chat_content_end (JumpChatContent *self, gboolean is_marked)
{
  if (is_marked)
    write_marker (self);
  jump_json_writer_end_object (self->writer);
}

/**
 * jump_chat_content_is_marked:
 * @parts: (element-type JumpPart): of one message
 *
 * Returns: whether one of them carries a mark for the prompt cache
 */
gboolean
jump_chat_content_is_marked (const GPtrArray *parts)
{
  for (guint i = 0; i < parts->len; i++)
    {
      const JumpPart *part = g_ptr_array_index (parts, i);

      if (part->cache_marker != NULL ||
          (part->content != NULL && jump_chat_content_is_marked (part->content)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_image (const JumpPart *part)
{
  return part->kind == JUMP_PART_IMAGE || part->kind == JUMP_PART_FILE;
}

/**
 * jump_chat_content_has_images:
 * @result: of a tool
 *
 * Returns: whether it brings images, which a tool message cannot hold (protocol 5.3)
 */
gboolean
jump_chat_content_has_images (const JumpPart *result)
{
  for (guint i = 0; result->content != NULL && i < result->content->len; i++)
    {
      if (is_image (g_ptr_array_index (result->content, i)))
        return TRUE;
    }
  return FALSE;
}

static void
write_text (JumpChatContent *self, const char *text)
{
  jump_json_writer_begin_object (self->writer);
  jump_json_writer_member_string (self->writer, "type", "text");
  jump_json_writer_member_string (self->writer, "text", text);
  jump_json_writer_end_object (self->writer);
}

static void
write_image (JumpChatContent *self, const JumpPart *part)
{
  g_autofree char *address = jump_part_dup_address (part);

  jump_json_writer_begin_object (self->writer);
  jump_json_writer_member_string (self->writer, "type", "image_url");
  jump_json_writer_member (self->writer, "image_url");
  jump_json_writer_begin_object (self->writer);
  jump_json_writer_member_string (self->writer, "url", address);
  if (part->detail != NULL)
    jump_json_writer_member_string (self->writer, "detail", part->detail);
  jump_json_writer_end_object (self->writer);
  jump_json_writer_end_object (self->writer);
}

static void
write_file (JumpChatContent *self, const JumpPart *part)
{
  g_autofree char *address = jump_part_dup_address (part);

  jump_json_writer_begin_object (self->writer);
  jump_json_writer_member_string (self->writer, "type", "file");
  jump_json_writer_member (self->writer, "file");
  jump_json_writer_begin_object (self->writer);
  if (part->file_name != NULL)
    jump_json_writer_member_string (self->writer, "filename", part->file_name);
  if (part->file_id != NULL)
    jump_json_writer_member_string (self->writer, "file_id", part->file_id);
  else
    jump_json_writer_member_string (self->writer, "file_data", address);
  jump_json_writer_end_object (self->writer);
  jump_json_writer_end_object (self->writer);
}

/* An image without address is one that only its own upstream could look up, and a file's address in
 * the network has no place here. */
static gboolean
is_lost (const JumpPart *part)
{
  if (part->kind == JUMP_PART_IMAGE)
    return part->data == NULL && part->url == NULL;
  return part->kind == JUMP_PART_FILE && part->data == NULL && part->file_id == NULL;
}

/* Returns: (transfer full): what a tool said, as the one text that chat has for it */
static char *
dup_result_text (const JumpChatContent *self, const JumpPart *result)
{
  g_autofree char *text =
      result->content == NULL ? g_strdup ("") : jump_parts_join_text (result->content, "\n");

  if (*text == '\0' && jump_chat_content_has_images (result))
    return g_strdup ("(see the next message)");
  if (*text == '\0' && self->is_claude)
    return g_strdup (result->is_error ? "Error" : "(no output)");
  if (!result->is_error || g_ascii_strncasecmp (text, "error", strlen ("error")) == 0)
    return g_steal_pointer (&text);
  return g_strconcat ("Error: ", text, NULL);
}

static void
write_part (JumpChatContent *self, const JumpPart *part)
{
  switch (part->kind)
    {
    case JUMP_PART_TEXT:
    case JUMP_PART_REFUSAL:
      write_text (self, part->text);
      break;
    case JUMP_PART_IMAGE:
      write_image (self, part);
      break;
    case JUMP_PART_FILE:
      write_file (self, part);
      break;
    case JUMP_PART_TOOL_RESULT:
      {
        g_autofree char *text = dup_result_text (self, part);
        g_autofree char *whole =
            g_strdup_printf ("Result of the tool call %s: %s", part->call_id, text);

        write_text (self, whole);
        for (guint i = 0; part->content != NULL && i < part->content->len; i++)
          {
            const JumpPart *inner = g_ptr_array_index (part->content, i);

            if (is_image (inner) && !is_lost (inner))
              write_part (self, inner);
          }
        break;
      }
    case JUMP_PART_REASONING:
    case JUMP_PART_TOOL_CALL:
    case JUMP_PART_OTHER:
      break;
    }
}

static gboolean
is_said (JumpChatContent *self, const JumpPart *part)
{
  switch (part->kind)
    {
    case JUMP_PART_TEXT:
    case JUMP_PART_REFUSAL:
      return !says_nothing (self, part);
    case JUMP_PART_IMAGE:
      if (is_lost (part))
        jump_changes_add (self->changes, "dropped:file_id");
      return !is_lost (part);
    case JUMP_PART_FILE:
      if (is_lost (part))
        jump_changes_add (self->changes, "dropped:file_url");
      return !is_lost (part);
    case JUMP_PART_TOOL_RESULT:
      return TRUE;
    case JUMP_PART_OTHER:
      jump_changes_add_detail (self->changes, "dropped:", part->type != NULL ? part->type : "item");
      return FALSE;
    case JUMP_PART_REASONING:
    case JUMP_PART_TOOL_CALL:
      return FALSE;
    }
  return FALSE;
}

/**
 * jump_chat_content_write_user:
 * @name: (nullable): who of several users it is
 * @parts: (element-type JumpPart): what is said
 */
void
jump_chat_content_write_user (JumpChatContent *self, const char *name, const GPtrArray *parts)
{
  g_autoptr (GPtrArray) said = g_ptr_array_new ();
  const JumpPart *first;

  for (guint i = 0; i < parts->len; i++)
    {
      if (is_said (self, g_ptr_array_index (parts, i)))
        g_ptr_array_add (said, g_ptr_array_index (parts, i));
    }
  if (said->len == 0)
    return;
  first = g_ptr_array_index (said, 0);
  jump_chat_content_begin (self, "user");
  if (name != NULL)
    jump_json_writer_member_string (self->writer, "name", name);
  jump_json_writer_member (self->writer, "content");
  if (said->len == 1 && first->kind == JUMP_PART_TEXT)
    jump_json_writer_string (self->writer, first->text);
  else
    {
      jump_json_writer_begin_array (self->writer);
      for (guint i = 0; i < said->len; i++)
        write_part (self, g_ptr_array_index (said, i));
      jump_json_writer_end_array (self->writer);
    }
  jump_chat_content_end (self, jump_chat_content_is_marked (said));
}

/* The free text of a custom tool in the one argument of the function that stands for it. Returns:
 * (transfer full) */
static char *
dup_arguments (JumpChatContent *self, const JumpPart *call)
{
  const char *arguments = call->arguments;

  if (call->tool_kind == JUMP_TOOL_CUSTOM)
    return jump_call_arguments_wrap (arguments);
  if (is_empty (arguments))
    return g_strdup ("{}");
  /* Claude's side makes an object of it; one that was cut off would fail every later turn, too. */
  if (self->is_claude &&
      !jump_json_validate (arguments, strlen (arguments), JUMP_LIMIT_JSON_DEPTH, NULL))
    {
      jump_changes_add (self->changes, "arguments-repaired");
      return g_strdup ("{}");
    }
  return g_strdup (arguments);
}

/**
 * jump_chat_content_write_calls:
 * @calls: (element-type JumpPart): of one turn
 */
void
jump_chat_content_write_calls (JumpChatContent *self, const GPtrArray *calls)
{
  JumpJsonWriter *writer = self->writer;

  jump_json_writer_member (writer, "tool_calls");
  jump_json_writer_begin_array (writer);
  for (guint i = 0; i < calls->len; i++)
    {
      const JumpPart *call = g_ptr_array_index (calls, i);
      g_autofree char *arguments = dup_arguments (self, call);

      jump_json_writer_begin_object (writer);
      jump_json_writer_member_string (writer, "id", call->call_id);
      jump_json_writer_member_string (writer, "type", "function");
      jump_json_writer_member (writer, "function");
      jump_json_writer_begin_object (writer);
      jump_json_writer_member_string (
          writer,
          "name",
          jump_tool_names_to_wire (self->names, call->name_space, call->name));
      jump_json_writer_member_string (writer, "arguments", arguments);
      if (call->call_state != NULL)
        jump_json_writer_member_string (writer, "thought_signature", call->call_state);
      jump_json_writer_end_object (writer);
      jump_json_writer_end_object (writer);
    }
  jump_json_writer_end_array (writer);
}

/**
 * jump_chat_content_write_result:
 * @call: what it answers
 * @result: (nullable): %NULL: the client never sent one, which upstream would refuse
 */
void
jump_chat_content_write_result (JumpChatContent *self, const JumpPart *call, const JumpPart *result)
{
  g_autofree char *text = result != NULL ? dup_result_text (self, result) : NULL;

  jump_chat_content_begin (self, "tool");
  jump_json_writer_member_string (self->writer, "tool_call_id", call->call_id);
  jump_json_writer_member_string (self->writer,
                                  "content",
                                  text != NULL ? text : "(the tool was not run)");
  jump_chat_content_end (self,
                         result != NULL && (result->cache_marker != NULL ||
                                            (result->content != NULL &&
                                             jump_chat_content_is_marked (result->content))));
}

/**
 * jump_chat_content_write_returned:
 * @results: (element-type JumpPart): tool results with images, written before
 */
void
jump_chat_content_write_returned (JumpChatContent *self, const GPtrArray *results)
{
  jump_chat_content_begin (self, "user");
  jump_json_writer_member (self->writer, "content");
  jump_json_writer_begin_array (self->writer);
  for (guint i = 0; i < results->len; i++)
    {
      const JumpPart *result = g_ptr_array_index (results, i);
      g_autofree char *title = g_strdup_printf ("Returned by the tool call %s:", result->call_id);

      write_text (self, title);
      for (guint j = 0; j < result->content->len; j++)
        {
          const JumpPart *part = g_ptr_array_index (result->content, j);

          if (is_image (part) && !is_lost (part))
            write_part (self, part);
        }
    }
  jump_json_writer_end_array (self->writer);
  jump_chat_content_end (self, FALSE);
}
