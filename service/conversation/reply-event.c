/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/reply-event.h"

#include "service/base/json-write.h"

typedef struct
{
  JumpReplyEventFunc func;
  gpointer user_data;
  GString *text; /* (owned): the JSON string of the event being said */
} Speaker;

static void
say (const Speaker *self, JumpReplyEvent event)
{
  self->func (&event, self->user_data);
}

/* @text: (nullable): %NULL counts as "" */
static void
say_text (Speaker *self, JumpReplyEventKind kind, const char *text)
{
  g_string_assign (self->text, "\"");
  if (text != NULL)
    jump_json_append_escaped (self->text, text, -1);
  g_string_append_c (self->text, '"');
  say (self, (JumpReplyEvent){ .kind = kind, .text = { self->text->str, self->text->len } });
}

/* Encoders put it into one line: whoever wrote the reply may have set it for reading. */
static void
say_json (Speaker *self, JumpReplyEventKind kind, JumpJsonSpan json)
{
  g_string_truncate (self->text, 0);
  for (gsize i = 0; i < json.length; i++)
    g_string_append_c (self->text, (guchar) json.start[i] < ' ' ? ' ' : json.start[i]);
  say (self, (JumpReplyEvent){ .kind = kind, .text = { self->text->str, self->text->len } });
}

static void
say_annotations (Speaker *self, const char *annotations)
{
  JumpJsonCursor cursor;
  JumpJsonSpan array = jump_json_span_trim (annotations, strlen (annotations));
  JumpJsonSpan key;
  JumpJsonSpan value;

  if (jump_json_span_kind (array) != JUMP_JSON_ARRAY)
    return;
  jump_json_cursor_init (&cursor, array);
  while (jump_json_cursor_next (&cursor, &key, &value))
    say_json (self, JUMP_EVENT_ANNOTATION, value);
}

static void
say_reasoning (Speaker *self, const JumpPart *part)
{
  gboolean has_text = part->text != NULL && *part->text != '\0';
  gboolean has_state = part->state.kind != JUMP_REASONING_NONE;

  if (has_text)
    say_text (self, JUMP_EVENT_REASONING, part->text);
  if (has_state)
    say (self, (JumpReplyEvent){ .kind = JUMP_EVENT_STATE, .state = &part->state });
  if (has_text || has_state)
    say (self, (JumpReplyEvent){ .kind = JUMP_EVENT_PART_END });
}

static void
say_call (Speaker *self, const JumpPart *part)
{
  gboolean is_empty = part->arguments == NULL || *part->arguments == '\0';

  say (self,
       (JumpReplyEvent){ .kind = JUMP_EVENT_TOOL_CALL,
                         .id = part->call_id,
                         .name = part->name,
                         .tool_kind = part->tool_kind,
                         .call_state = part->call_state });
  if (part->tool_kind == JUMP_TOOL_FUNCTION && is_empty)
    say_text (self, JUMP_EVENT_ARGUMENTS, "{}");
  else if (!is_empty)
    say_text (self, JUMP_EVENT_ARGUMENTS, part->arguments);
  say (self, (JumpReplyEvent){ .kind = JUMP_EVENT_PART_END });
}

static void
say_part (Speaker *self, const JumpPart *part)
{
  switch (part->kind)
    {
    case JUMP_PART_TEXT:
      say_text (self, JUMP_EVENT_TEXT, part->text);
      if (part->annotations != NULL)
        say_annotations (self, part->annotations);
      say (self, (JumpReplyEvent){ .kind = JUMP_EVENT_PART_END });
      break;
    case JUMP_PART_REFUSAL:
      say_text (self, JUMP_EVENT_REFUSAL, part->text);
      say (self, (JumpReplyEvent){ .kind = JUMP_EVENT_PART_END });
      break;
    case JUMP_PART_REASONING:
      say_reasoning (self, part);
      break;
    case JUMP_PART_TOOL_CALL:
      say_call (self, part);
      break;
    case JUMP_PART_IMAGE:
    case JUMP_PART_FILE:
    case JUMP_PART_TOOL_RESULT:
    case JUMP_PART_OTHER:
      break;
    }
}

/**
 * jump_reply_foreach_event:
 * @self: a reply
 * @func: is called for each event, END last
 *
 * Parts of kinds that no stream has an event for are left out; replies do not hold such.
 */
void
jump_reply_foreach_event (const JumpReply *self, JumpReplyEventFunc func, gpointer user_data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Speaker speaker = { func, user_data, text };
  JumpUsageCount input = JUMP_USAGE_COUNT_UNKNOWN;

  input.input_tokens = self->usage.input_tokens;
  input.cache_read_tokens = self->usage.cache_read_tokens;
  input.cache_write_tokens = self->usage.cache_write_tokens;
  say (&speaker,
       (JumpReplyEvent){ .kind = JUMP_EVENT_START,
                         .id = self->id,
                         .model = self->model,
                         .usage = jump_usage_count_is_known (&input) ? &input : NULL });
  for (guint i = 0; i < self->parts->len; i++)
    say_part (&speaker, g_ptr_array_index (self->parts, i));
  if (jump_usage_count_is_known (&self->usage))
    say (&speaker, (JumpReplyEvent){ .kind = JUMP_EVENT_USAGE, .usage = &self->usage });
  say (&speaker,
       (JumpReplyEvent){ .kind = JUMP_EVENT_STOP,
                         .stop_reason = self->stop_reason,
                         .stop_sequence = self->stop_sequence });
  say (&speaker, (JumpReplyEvent){ .kind = JUMP_EVENT_END });
}
