/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-event.h"

#include "service/base/limits.h"
#include "service/dialects/json-splice.h"

/* Protocol 5.5 quirk 10. */
#define MAX_WHITESPACE 20

static const struct
{
  const char *type;
  JumpAnthropicEventKind kind;
} kinds[] = {
  { "content_block_delta", JUMP_ANTHROPIC_EVENT_BLOCK_DELTA }, /* nearly all */
  { "content_block_start", JUMP_ANTHROPIC_EVENT_BLOCK_START },
  { "content_block_stop", JUMP_ANTHROPIC_EVENT_BLOCK_STOP },
  { "message_start", JUMP_ANTHROPIC_EVENT_MESSAGE_START },
  { "message_delta", JUMP_ANTHROPIC_EVENT_MESSAGE_DELTA },
  { "message_stop", JUMP_ANTHROPIC_EVENT_MESSAGE_STOP },
  { "ping", JUMP_ANTHROPIC_EVENT_PING },
  { "error", JUMP_ANTHROPIC_EVENT_ERROR },
};

/* By length first: this runs for every member of every event. */
static JumpJsonSpan *
find_slot (JumpAnthropicEvent *self, JumpJsonSpan key)
{
  switch (key.length - 2)
    {
    case 4:
      return jump_splice_key_is (key, "type") ? &self->type : NULL;
    case 5:
      if (jump_splice_key_is (key, "index"))
        return &self->index;
      if (jump_splice_key_is (key, "delta"))
        return &self->delta;
      if (jump_splice_key_is (key, "usage"))
        return &self->usage;
      return jump_splice_key_is (key, "error") ? &self->error : NULL;
    case 7:
      return jump_splice_key_is (key, "message") ? &self->message : NULL;
    case 13:
      if (jump_splice_key_is (key, "content_block"))
        return &self->content_block;
      return jump_splice_key_is (key, "copilot_usage") ? &self->copilot_usage : NULL;
    default:
      return NULL;
    }
}

static void
on_member_found (JumpJsonSpan key, JumpJsonSpan value, gpointer user_data)
{
  JumpJsonSpan *slot = find_slot (user_data, key);

  if (slot != NULL)
    *slot = value;
}

/* @event: its name counts where the data has no type. */
static gboolean
has_kind (const JumpAnthropicEvent *self, const JumpSseEvent *event, const char *type)
{
  if (self->type.start != NULL)
    return jump_json_span_equals (self->type, type);
  return event->event != NULL && event->event_length == strlen (type) &&
         memcmp (event->event, type, event->event_length) == 0;
}

/* Errors also come in OpenAI's and GitHub's shapes, which have no type. */
static JumpAnthropicEventKind
find_kind (const JumpAnthropicEvent *self, const JumpSseEvent *event)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (has_kind (self, event, kinds[i].type))
        return kinds[i].kind;
    }
  if (jump_json_span_kind (self->error) != JUMP_JSON_NULL ||
      jump_json_span_kind (self->message) == JUMP_JSON_STRING ||
      (event->event_length == 5 && memcmp (event->event, "error", 5) == 0))
    return JUMP_ANTHROPIC_EVENT_ERROR;
  return JUMP_ANTHROPIC_EVENT_OTHER;
}

static gboolean
read_members (JumpAnthropicEvent *self)
{
  return jump_json_validate_members (self->object.start,
                                     self->object.length,
                                     JUMP_LIMIT_JSON_DEPTH,
                                     on_member_found,
                                     self,
                                     NULL) &&
         jump_json_span_kind (self->object) == JUMP_JSON_OBJECT;
}

/* Data of several lines has line ends between its tokens, where any space will do. */
static void
put_on_one_line (JumpAnthropicEvent *self, GString *scratch)
{
  g_string_truncate (scratch, 0);
  g_string_append_len (scratch, self->object.start, (gssize) self->object.length);
  for (gsize i = 0; i < scratch->len; i++)
    {
      if (scratch->str[i] == '\n' || scratch->str[i] == '\r')
        scratch->str[i] = ' ';
    }
  self->object = (JumpJsonSpan){ scratch->str, scratch->len };
}

/**
 * jump_anthropic_event_read:
 * @self: (out caller-allocates): spans of the event's data, or of @scratch
 * @event: as parsed
 * @scratch: used for the rare event of several data lines
 */
void
jump_anthropic_event_read (JumpAnthropicEvent *self, const JumpSseEvent *event, GString *scratch)
{
  memset (self, 0, sizeof *self);
  self->object = jump_json_span_trim (event->data, event->data_length);
  if (self->object.start == NULL)
    {
      self->kind = JUMP_ANTHROPIC_EVENT_NOTHING;
      return;
    }
  if (self->object.length == 6 && memcmp (self->object.start, "[DONE]", 6) == 0)
    {
      self->kind = JUMP_ANTHROPIC_EVENT_DONE;
      return;
    }
  if (!read_members (self))
    {
      self->kind = JUMP_ANTHROPIC_EVENT_BROKEN;
      return;
    }
  if (memchr (self->object.start, '\n', self->object.length) != NULL ||
      memchr (self->object.start, '\r', self->object.length) != NULL)
    {
      put_on_one_line (self, scratch);
      read_members (self);
    }
  self->kind = find_kind (self, event);
}

/**
 * jump_anthropic_delta_read:
 * @self: (out caller-allocates): what is not there is absent
 * @delta: of a content_block_delta
 */
void
jump_anthropic_delta_read (JumpAnthropicDelta *self, JumpJsonSpan delta)
{
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  memset (self, 0, sizeof *self);
  jump_json_cursor_init (&cursor, delta);
  while (cursor.is_object && jump_json_cursor_next (&cursor, &key, &value))
    {
      if (jump_splice_key_is (key, "text"))
        self->text = value;
      else if (jump_splice_key_is (key, "partial_json"))
        self->partial_json = value;
      else if (jump_splice_key_is (key, "thinking"))
        self->thinking = value;
      else if (jump_splice_key_is (key, "signature"))
        self->signature = value;
      else if (jump_splice_key_is (key, "citation"))
        self->citation = value;
    }
}

/**
 * jump_anthropic_whitespace_is_endless:
 * @run: (inout): how many in a row so far
 * @piece: a piece of arguments as a JSON string
 *
 * Inside the strings of the arguments line ends and tabs are escaped twice, so those that are escaped
 * once stand between tokens, where nobody needs many. Spaces could be anywhere and do not count.
 */
gboolean
jump_anthropic_whitespace_is_endless (guint *run, JumpJsonSpan piece)
{
  for (gsize i = 1; i + 1 < piece.length; i++)
    {
      char byte = piece.start[i];

      if (byte == ' ')
        continue;
      if (byte != '\\')
        {
          *run = 0;
          continue;
        }
      i++;
      if (piece.start[i] != 'n' && piece.start[i] != 'r' && piece.start[i] != 't')
        *run = 0;
      else if (++*run > MAX_WHITESPACE)
        return TRUE;
    }
  return FALSE;
}
