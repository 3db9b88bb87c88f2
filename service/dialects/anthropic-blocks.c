/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-blocks.h"

#include "service/base/error.h"
#include "service/dialects/anthropic-arguments.h"

#include <string.h>

#define IMAGE_LEFT_OUT "[An image is left out here: the model takes no more of them.]"
/* Of an address, in an error. */
#define MAX_SHOWN 100

static gboolean
is_blank (const char *text)
{
  return text == NULL || text[strspn (text, " \t\r\n")] == '\0';
}

static void
begin (JumpAnthropicBlocks *self, const char *type)
{
  jump_json_writer_begin_object (self->writer);
  jump_json_writer_member_string (self->writer, "type", type);
}

static void
end (JumpAnthropicBlocks *self, gboolean is_marked)
{
  if (is_marked)
    jump_anthropic_blocks_write_mark (self->writer);
  jump_json_writer_end_object (self->writer);
}

static void
write_text (JumpAnthropicBlocks *self, const char *text, gboolean is_marked)
{
  begin (self, "text");
  jump_json_writer_member_string (self->writer, "text", text);
  end (self, is_marked);
}

/* protocol 6.3: addresses are refused, and nobody here fetches what a client points to. */
static gboolean
refuse_address (const JumpPart *part, const char *what, GError **error)
{
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_BAD_REQUEST,
               "messages: expected %s as base64 data instead of \"%.*s\", this model takes no "
               "addresses",
               what,
               MAX_SHOWN,
               part->url != NULL       ? part->url
               : part->file_id != NULL ? part->file_id
                                       : "");
  return FALSE;
}

static void
write_base64 (JumpAnthropicBlocks *self, const char *media_type, const char *data)
{
  jump_json_writer_member (self->writer, "source");
  jump_json_writer_begin_object (self->writer);
  jump_json_writer_member_string (self->writer, "type", "base64");
  jump_json_writer_member_string (self->writer, "media_type", media_type);
  jump_json_writer_member_string (self->writer, "data", data);
  jump_json_writer_end_object (self->writer);
}

static gboolean
write_image (JumpAnthropicBlocks *self, const JumpPart *part, gboolean is_marked, GError **error)
{
  if (self->n_images_left_out > 0)
    {
      self->n_images_left_out--;
      jump_changes_add (self->changes, "images-dropped");
      write_text (self, IMAGE_LEFT_OUT, is_marked);
      return TRUE;
    }
  if (part->data == NULL)
    return refuse_address (part, "an image", error);
  begin (self, "image");
  write_base64 (self, part->media_type == NULL ? "image/png" : part->media_type, part->data);
  end (self, is_marked);
  return TRUE;
}

/* Files of plain text are told as text: documents of it need nothing more. */
static gboolean
write_text_file (JumpAnthropicBlocks *self, const JumpPart *part, gboolean is_marked)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree guchar *decoded = NULL;
  g_autofree char *valid = NULL;
  gsize length;

  decoded = g_base64_decode (part->data, &length);
  valid = g_utf8_make_valid ((const char *) decoded, (gssize) length);
  if (part->file_name != NULL)
    g_string_append_printf (text, "%s:\n", part->file_name);
  g_string_append (text, is_blank (valid) ? "(empty)" : valid);
  write_text (self, text->str, is_marked);
  return TRUE;
}

static gboolean
write_file (JumpAnthropicBlocks *self, const JumpPart *part, gboolean is_marked, GError **error)
{
  const char *type = part->media_type == NULL ? "application/pdf" : part->media_type;

  if (part->data == NULL)
    return refuse_address (part, "a file", error);
  if (g_str_has_prefix (type, "image/"))
    return write_image (self, part, is_marked, error);
  if (g_str_has_prefix (type, "text/") || strcmp (type, "application/json") == 0)
    return write_text_file (self, part, is_marked);
  if (strcmp (type, "application/pdf") != 0)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_BAD_REQUEST,
                   "messages: expected a PDF, a text or an image instead of a file of type %s",
                   type);
      return FALSE;
    }
  begin (self, "document");
  write_base64 (self, type, part->data);
  if (part->file_name != NULL)
    jump_json_writer_member_string (self->writer, "title", part->file_name);
  end (self, is_marked);
  return TRUE;
}

static void
write_reasoning (JumpAnthropicBlocks *self, const JumpPart *part)
{
  if (part->state.kind == JUMP_REASONING_REDACTED)
    {
      begin (self, "redacted_thinking");
      jump_json_writer_member_string (self->writer, "data", part->state.data);
    }
  else
    {
      begin (self, "thinking");
      jump_json_writer_member_string (self->writer,
                                      "thinking",
                                      part->text == NULL ? "" : part->text);
      jump_json_writer_member_string (self->writer, "signature", part->state.data);
    }
  end (self, FALSE); /* upstream takes no marks there */
}

static void
write_call (JumpAnthropicBlocks *self, const JumpAnthropicEntry *entry, gboolean is_marked)
{
  const JumpPart *part = entry->part;
  const char *name = part->name == NULL ? "unknown" : part->name;

  if (self->names != NULL)
    name = jump_tool_names_to_wire (self->names, part->name_space, name);
  begin (self, "tool_use");
  jump_json_writer_member_string (self->writer, "id", entry->call_id);
  jump_json_writer_member_string (self->writer, "name", name);
  jump_json_writer_member (self->writer, "input");
  if (jump_anthropic_arguments_write (self->writer, part))
    jump_changes_add (self->changes, "arguments-repaired");
  end (self, is_marked);
}

static gboolean
write_result_part (JumpAnthropicBlocks *self, const JumpPart *part, GError **error)
{
  switch (part->kind)
    {
    case JUMP_PART_TEXT:
    case JUMP_PART_REFUSAL:
      if (!is_blank (part->text))
        write_text (self, part->text, FALSE);
      return TRUE;
    case JUMP_PART_IMAGE:
      return write_image (self, part, FALSE, error);
    case JUMP_PART_FILE:
      return write_file (self, part, FALSE, error);
    case JUMP_PART_REASONING:
    case JUMP_PART_TOOL_CALL:
    case JUMP_PART_TOOL_RESULT:
    case JUMP_PART_OTHER:
      break;
    }
  jump_changes_add_detail (self->changes,
                           "dropped:",
                           part->type == NULL ? "tool-result-part" : part->type);
  return TRUE;
}

static gboolean
write_result (JumpAnthropicBlocks *self,
              const JumpAnthropicEntry *entry,
              gboolean is_marked,
              GError **error)
{
  const JumpPart *part = entry->part;

  begin (self, "tool_result");
  jump_json_writer_member_string (self->writer, "tool_use_id", entry->call_id);
  jump_json_writer_member (self->writer, "content");
  jump_json_writer_begin_array (self->writer);
  if (part == NULL)
    write_text (self, entry->text, FALSE);
  for (guint i = 0; part != NULL && part->content != NULL && i < part->content->len; i++)
    {
      if (!write_result_part (self, g_ptr_array_index (part->content, i), error))
        return FALSE;
    }
  jump_json_writer_end_array (self->writer);
  if (part == NULL || part->is_error)
    jump_json_writer_member_boolean (self->writer, "is_error", TRUE);
  end (self, is_marked);
  return TRUE;
}

static guint
count_images (const JumpPart *part)
{
  guint n =
      part->kind == JUMP_PART_IMAGE || (part->kind == JUMP_PART_FILE && part->media_type != NULL &&
                                        g_str_has_prefix (part->media_type, "image/"));

  for (guint i = 0; part->content != NULL && i < part->content->len; i++)
    n += count_images (g_ptr_array_index (part->content, i));
  return n;
}

/**
 * jump_anthropic_blocks_write_mark:
 * @writer: inside an object
 *
 * Only the type: upstream refuses scope, and ttl may be refused (protocol 6.3).
 */
void
jump_anthropic_blocks_write_mark (JumpJsonWriter *writer)
{
  jump_json_writer_member (writer, "cache_control");
  jump_json_writer_raw (writer, "{\"type\":\"ephemeral\"}", -1);
}

/**
 * jump_anthropic_blocks_count_images:
 */
guint
jump_anthropic_blocks_count_images (const JumpAnthropicTurns *turns)
{
  guint n = 0;

  for (guint i = 0; i < turns->turns->len; i++)
    {
      const JumpAnthropicTurnBlocks *turn = g_ptr_array_index (turns->turns, i);

      for (guint j = 0; j < turn->entries->len; j++)
        {
          const JumpAnthropicEntry *entry = g_ptr_array_index (turn->entries, j);

          if (entry->part != NULL && entry->text == NULL)
            n += count_images (entry->part);
        }
    }
  return n;
}

/**
 * jump_anthropic_blocks_write:
 * @entry: of a turn
 * @is_marked: whether it carries a mark
 */
gboolean
jump_anthropic_blocks_write (JumpAnthropicBlocks *self,
                             const JumpAnthropicEntry *entry,
                             gboolean is_marked,
                             GError **error)
{
  if (entry->is_result)
    return write_result (self, entry, is_marked, error);
  if (entry->text != NULL)
    {
      write_text (self, entry->text, is_marked);
      return TRUE;
    }
  switch (entry->part->kind)
    {
    case JUMP_PART_TEXT:
    case JUMP_PART_REFUSAL:
      write_text (self, entry->part->text, is_marked);
      return TRUE;
    case JUMP_PART_IMAGE:
      return write_image (self, entry->part, is_marked, error);
    case JUMP_PART_FILE:
      return write_file (self, entry->part, is_marked, error);
    case JUMP_PART_REASONING:
      write_reasoning (self, entry->part);
      return TRUE;
    case JUMP_PART_TOOL_CALL:
      write_call (self, entry, is_marked);
      return TRUE;
    case JUMP_PART_TOOL_RESULT:
    case JUMP_PART_OTHER:
      break;
    }
  return TRUE;
}
