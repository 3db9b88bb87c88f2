/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-chat-thought.h"

#include <string.h>

/* Bytes that @string has when decoded: half a pair of surrogates counts as two of the four. */
static gsize
decoded_length (JumpJsonSpan string)
{
  const char *at = string.start + 1;
  const char *end = string.start + string.length - 1;
  gsize length = 0;

  while (at < end)
    {
      const char *escape = memchr (at, '\\', (gsize) (end - at));

      if (escape == NULL || end - escape < 2)
        return length + (gsize) (end - at);
      length += (gsize) (escape - at);
      if (escape[1] == 'u' && end - escape >= 6)
        {
          guint unit = 0;

          for (int i = 2; i < 6; i++)
            unit = unit << 4 | (guint) g_ascii_xdigit_value (escape[i]);
          length += unit < 0x80 ? 1 : unit < 0x800 || (unit & 0xf800) == 0xd800 ? 2 : 3;
          at = escape + 6;
        }
      else
        {
          length++;
          at = escape + 2;
        }
    }
  return length;
}

/**
 * jump_chat_thought_note_text:
 * @self: zeroed before the turn
 * @text: a piece of what is visible of it
 */
void
jump_chat_thought_note_text (JumpChatThought *self, JumpJsonSpan text)
{
  self->n_text += decoded_length (text);
}

/**
 * jump_chat_thought_put_state:
 * @self: the turn so far
 * @state: ends the part at hand
 * @used_model: (nullable): as sent upstream
 * @field: appended to
 *
 * Bare pieces are put in a row as they come, because upstream cuts them as it likes (protocol 5.5 quirk
 * 6). No upstream sends bare state and another kind in one turn.
 */
void
jump_chat_thought_put_state (JumpChatThought *self,
                             const JumpReasoningState *state,
                             const char *used_model,
                             GString *field)
{
  JumpReasoningState named = *state;
  g_autofree char *sealed = NULL;
  gsize start = self->n_start;

  self->n_start = self->n_text;
  if (state->data == NULL || self->has_bare != (state->kind == JUMP_REASONING_OPAQUE))
    {
      if (state->data == NULL || self->has_bare || self->has_sealed)
        return;
    }
  if (state->kind == JUMP_REASONING_OPAQUE)
    {
      self->has_bare = TRUE;
      g_string_append (field, state->data);
      return;
    }
  if (named.model == NULL)
    named.model = (char *) used_model;
  sealed = jump_reasoning_state_seal (&named);
  if (*sealed == '\0')
    return;
  if (self->has_sealed)
    g_string_append_printf (field, " %" G_GSIZE_FORMAT ":", start);
  g_string_append (field, sealed);
  self->has_sealed = TRUE;
}

/* Finds the next " 57:jumpseat1." in @at. Returns: (nullable): where it begins */
static const char *
find_next (const char *at, gsize *out_offset, const char **out_sealed)
{
  while ((at = strchr (at, ' ')) != NULL)
    {
      char *end = NULL;
      guint64 offset = g_ascii_strtoull (at + 1, &end, 10);

      if (g_ascii_isdigit (at[1]) && *end == ':' && jump_reasoning_text_is_sealed (end + 1))
        {
          *out_offset = (gsize) offset;
          *out_sealed = end + 1;
          return at;
        }
      at++;
    }
  return NULL;
}

/* Takes all of @text that stands before @stop, -1: everything. A text that somebody has changed is
 * not cut inside of a character. Returns: (transfer full) (nullable) */
static char *
take_text (const char **text, gsize *taken, gsize stop, gboolean is_last)
{
  gsize left = *text == NULL ? 0 : strlen (*text);
  gsize length = is_last || stop < *taken || stop - *taken > left ? left : stop - *taken;
  char *piece;

  if (length < left && ((guchar) (*text)[length] & 0xc0) == 0x80)
    length = left;
  if (length == 0)
    return NULL;
  piece = g_strndup (*text, length);
  *text += length;
  *taken += length;
  return piece;
}

static void
add_part (GPtrArray *parts, char *text, JumpReasoningState *state)
{
  JumpPart *part;

  if (text == NULL && state->kind == JUMP_REASONING_NONE)
    return;
  part = jump_part_new (JUMP_PART_REASONING);
  part->text = text;
  part->state = *state;
  *state = (JumpReasoningState){ JUMP_REASONING_NONE, NULL, NULL };
  g_ptr_array_add (parts, part);
}

/**
 * jump_chat_thought_read:
 * @parts: (element-type JumpPart): appended to
 * @text: (nullable): what is visible
 * @field: (nullable): the opaque field
 *
 * Returns: whether all state could be read
 */
gboolean
jump_chat_thought_read (GPtrArray *parts, const char *text, const char *field)
{
  gboolean is_readable = TRUE;
  gboolean is_sealed = jump_reasoning_text_is_sealed (field);
  const char *at = field == NULL ? "" : field;
  gsize taken = 0;

  do
    {
      g_auto (JumpReasoningState) state = { JUMP_REASONING_NONE, NULL, NULL };
      const char *next_sealed = NULL;
      gsize offset = 0;
      const char *next = is_sealed ? find_next (at, &offset, &next_sealed) : NULL;
      g_autofree char *one = next != NULL ? g_strndup (at, (gsize) (next - at)) : g_strdup (at);

      is_readable &= jump_reasoning_state_open (&state, one, JUMP_REASONING_OPAQUE);
      add_part (parts, take_text (&text, &taken, offset, next == NULL), &state);
      at = next_sealed;
    }
  while (at != NULL);
  return is_readable;
}
