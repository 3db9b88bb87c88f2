/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-chat-chunk.h"

#include "service/base/limits.h"
#include "service/dialects/json-splice.h"

/* Where the members of a chunk go while it is validated. */
typedef struct
{
  JumpChatChunk *chunk;
  GString *rest;
} ChunkReading;

static gboolean
is_filter_result (JumpJsonSpan key)
{
  return jump_splice_key_is (key, "content_filter_results") ||
         jump_splice_key_is (key, "content_filter_offsets");
}

/* Where a member of a chunk belongs; NULL: it passes. By length first, because this runs for every
 * member of every chunk. */
static JumpJsonSpan *
slot_in_chunk (JumpChatChunk *self, JumpJsonSpan key)
{
  switch (key.length - 2)
    {
    case 2:
      return jump_splice_key_is (key, "id") ? &self->id : NULL;
    case 5:
      if (jump_splice_key_is (key, "model"))
        return &self->model;
      if (jump_splice_key_is (key, "usage"))
        return &self->usage;
      return jump_splice_key_is (key, "error") ? &self->error : NULL;
    case 6:
      return jump_splice_key_is (key, "object") ? &self->object : NULL;
    case 7:
      if (jump_splice_key_is (key, "choices"))
        return &self->choices;
      if (jump_splice_key_is (key, "created"))
        return &self->created;
      return jump_splice_key_is (key, "padding") ? &self->hidden : NULL;
    case 11:
      return jump_splice_key_is (key, "obfuscation") ? &self->hidden : NULL;
    case 13:
      return jump_splice_key_is (key, "copilot_usage") ? &self->copilot_usage : NULL;
    case 14:
      return jump_splice_key_is (key, "copilot_errors") ? &self->copilot_errors : NULL;
    case 21:
      return jump_splice_key_is (key, "prompt_filter_results") ? &self->hidden : NULL;
    case 22:
      return is_filter_result (key) ? &self->hidden : NULL;
    default:
      return NULL;
    }
}

static JumpJsonSpan *
slot_in_choice (JumpChatChoice *self,
                JumpJsonSpan key,
                const char *body_name,
                gsize body_name_length)
{
  if (key.length == body_name_length + 2 &&
      memcmp (key.start + 1, body_name, body_name_length) == 0)
    return &self->body;
  switch (key.length - 2)
    {
    case 5:
      return jump_splice_key_is (key, "index") ? &self->index : NULL;
    case 7:
      return jump_splice_key_is (key, "padding") ? &self->hidden : NULL;
    case 13:
      return jump_splice_key_is (key, "finish_reason") ? &self->finish_reason : NULL;
    case 22:
      return is_filter_result (key) ? &self->hidden : NULL;
    default:
      return NULL;
    }
}

static void
put_rest (GString *rest, JumpJsonSpan key, JumpJsonSpan value)
{
  jump_splice_put_literal (rest, ",");
  jump_splice_put (rest, key.start, (gsize) (value.start + value.length - key.start));
}

static void
on_chunk_member_found (JumpJsonSpan key, JumpJsonSpan value, gpointer user_data)
{
  ChunkReading *reading = user_data;
  JumpJsonSpan *slot = slot_in_chunk (reading->chunk, key);

  if (slot != NULL)
    *slot = value;
  else if (reading->rest != NULL)
    put_rest (reading->rest, key, value);
}

/**
 * jump_chat_chunk_read:
 * @self: (out caller-allocates): spans inside @text
 * @text: a chunk, or a whole reply: their members have the same names. Anything but an object has
 *   no members
 * @rest: (nullable): replaced by the members that pass
 * @error: what is wrong with @text, see jump_json_validate()
 *
 * Returns: whether @text is JSON
 */
gboolean
jump_chat_chunk_read (JumpChatChunk *self, JumpJsonSpan text, GString *rest, GError **error)
{
  ChunkReading reading = { self, rest };

  memset (self, 0, sizeof *self);
  if (rest != NULL)
    g_string_truncate (rest, 0);
  return jump_json_validate_members (text.start,
                                     text.length,
                                     JUMP_LIMIT_JSON_DEPTH,
                                     on_chunk_member_found,
                                     &reading,
                                     error);
}

/**
 * jump_chat_choice_read:
 * @self: (out caller-allocates): spans inside the choice
 * @choices: in front of one element of "choices", afterwards behind it; anything but an object has
 *   no members
 * @body_name: the member that holds what the model said
 * @rest: (nullable): replaced by the members that pass
 */
void
jump_chat_choice_read (JumpChatChoice *self,
                       JumpJsonCursor *choices,
                       const char *body_name,
                       GString *rest)
{
  gsize body_name_length = strlen (body_name);
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  memset (self, 0, sizeof *self);
  if (rest != NULL)
    g_string_truncate (rest, 0);
  if (*choices->position != '{')
    {
      jump_json_cursor_take_value (choices);
      return;
    }
  jump_json_cursor_enter (choices, &cursor);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      JumpJsonSpan *slot = slot_in_choice (self, key, body_name, body_name_length);

      if (slot != NULL)
        {
          *slot = value;
          continue;
        }
      if (rest != NULL)
        put_rest (rest, key, value);
      if (jump_json_span_kind (value) != JUMP_JSON_NULL)
        self->has_rest = TRUE;
    }
  jump_json_cursor_leave (choices, &cursor);
}

/**
 * jump_chat_choice_get_index:
 * @self: a choice
 * @fallback: its place in the array (P-06)
 * @max: what larger or wrong numbers become
 *
 * Returns: where the choice belongs
 */
guint
jump_chat_choice_get_index (const JumpChatChoice *self, guint fallback, guint max)
{
  gint64 index = fallback;

  if (self->index.length == 1 && g_ascii_isdigit (*self->index.start))
    index = *self->index.start - '0'; /* all real ones */
  else if (jump_json_span_get_int (self->index, &index) && index < 0)
    index = fallback;
  return (guint) MIN (index, max);
}

/**
 * jump_chat_is_hidden:
 * @key: of a member of a delta or message
 * @value: its value
 *
 * OpenAI's own annotations are an array (of citations), Copilot's an object (protocol 5.5 quirk 7).
 *
 * Returns: whether clients should not see it
 */
gboolean
jump_chat_is_hidden (JumpJsonSpan key, JumpJsonSpan value)
{
  switch (key.length - 2)
    {
    case 7:
      return jump_splice_key_is (key, "padding");
    case 11:
      return jump_splice_key_is (key, "obfuscation") ||
             (jump_splice_key_is (key, "annotations") &&
              jump_json_span_kind (value) != JUMP_JSON_ARRAY);
    case 19:
      return jump_splice_key_is (key, "copilot_annotations");
    case 22:
      return is_filter_result (key);
    default:
      return FALSE;
    }
}

/**
 * jump_chat_chunk_needs_one_line:
 * @text: the data of one event
 *
 * An event of several data lines has line ends between its tokens; what is copied from it into
 * another event would be cut there.
 *
 * Returns: whether it has to go through jump_chat_chunk_dup_one_line() first
 */
gboolean
jump_chat_chunk_needs_one_line (JumpJsonSpan text)
{
  return memchr (text.start, '\n', text.length) != NULL ||
         memchr (text.start, '\r', text.length) != NULL;
}

/**
 * jump_chat_chunk_dup_one_line:
 * @text: the data of one event
 *
 * Returns: (transfer full) (nullable): @text with spaces for line ends; %NULL when it is no JSON,
 *   as inside strings they are wrong
 */
char *
jump_chat_chunk_dup_one_line (JumpJsonSpan text)
{
  char *copy;

  if (!jump_json_validate (text.start, text.length, JUMP_LIMIT_JSON_DEPTH, NULL))
    return NULL;
  copy = g_strndup (text.start, text.length);
  for (gsize i = 0; i < text.length; i++)
    {
      if (copy[i] == '\n' || copy[i] == '\r')
        copy[i] = ' ';
    }
  return copy;
}

/**
 * jump_chat_chunk_find_error:
 * @self: a chunk
 *
 * Returns: the error inside, an absent span for none
 */
JumpJsonSpan
jump_chat_chunk_find_error (const JumpChatChunk *self)
{
  JumpJsonKind kind = jump_json_span_kind (self->error);
  JumpJsonSpan error = { NULL, 0 };
  JumpJsonCursor cursor;

  if (kind == JUMP_JSON_OBJECT || (kind == JUMP_JSON_STRING && self->error.length > 2))
    return self->error;
  if (jump_json_span_kind (self->copilot_errors) == JUMP_JSON_ARRAY)
    {
      jump_json_cursor_init (&cursor, self->copilot_errors);
      jump_json_cursor_next (&cursor, NULL, &error);
    }
  return error;
}
