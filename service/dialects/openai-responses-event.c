/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-responses-event.h"

#include "service/base/limits.h"
#include "service/dialects/json-splice.h"
#include "service/dialects/upstream-failure.h"

typedef struct
{
  const char *name;
  gsize length;
  JumpResponsesEventType type;
} EventName;

#define NAME(name, type)                                   \
  {                                                        \
    (name), sizeof (name) - 1, JUMP_RESPONSES_EVENT_##type \
  }

/* The frequent ones first. */
static const EventName event_names[] = {
  NAME ("response.output_text.delta", TEXT_DELTA),
  NAME ("response.function_call_arguments.delta", ARGUMENTS_DELTA),
  NAME ("response.reasoning_summary_text.delta", SUMMARY_DELTA),
  NAME ("response.reasoning_text.delta", REASONING_DELTA),
  NAME ("response.custom_tool_call_input.delta", ARGUMENTS_DELTA),
  NAME ("response.refusal.delta", REFUSAL_DELTA),
  NAME ("response.output_item.added", ITEM_ADDED),
  NAME ("response.output_item.done", ITEM_DONE),
  NAME ("response.content_part.added", PART_ADDED),
  NAME ("response.content_part.done", PART_DONE),
  NAME ("response.output_text.done", TEXT_DONE),
  NAME ("response.output_text.annotation.added", ANNOTATION),
  NAME ("response.refusal.done", REFUSAL_DONE),
  NAME ("response.reasoning_summary_text.done", SUMMARY_DONE),
  NAME ("response.reasoning_text.done", REASONING_DONE),
  NAME ("response.function_call_arguments.done", ARGUMENTS_DONE),
  NAME ("response.custom_tool_call_input.done", ARGUMENTS_DONE),
  NAME ("response.created", CREATED),
  NAME ("response.queued", CREATED),
  NAME ("response.in_progress", CREATED),
  NAME ("response.completed", COMPLETED),
  NAME ("response.incomplete", INCOMPLETE),
  NAME ("response.failed", FAILED),
  NAME ("keepalive", KEEPALIVE),
  NAME ("ping", KEEPALIVE),
  NAME ("error", ERROR),
};

static JumpResponsesEventType
type_of_name (const char *name, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (event_names); i++)
    {
      const EventName *known = &event_names[i];

      if (known->length == length && memcmp (known->name, name, length) == 0)
        return known->type;
    }
  return JUMP_RESPONSES_EVENT_OTHER;
}

/* By length first, because this runs for every member of every event. */
static JumpJsonSpan *
slot_of (JumpResponsesEvent *self, JumpJsonSpan key)
{
  switch (key.length - 2)
    {
    case 4:
      if (jump_splice_key_is (key, "type"))
        return &self->type_value;
      if (jump_splice_key_is (key, "text"))
        return &self->text;
      if (jump_splice_key_is (key, "part"))
        return &self->content_part;
      return jump_splice_key_is (key, "item") ? &self->item : NULL;
    case 5:
      if (jump_splice_key_is (key, "delta"))
        return &self->delta;
      if (jump_splice_key_is (key, "input"))
        return &self->text;
      return jump_splice_key_is (key, "error") ? &self->error : NULL;
    case 7:
      if (jump_splice_key_is (key, "item_id"))
        return &self->item_id;
      return jump_splice_key_is (key, "refusal") ? &self->text : NULL;
    case 8:
      return jump_splice_key_is (key, "response") ? &self->response : NULL;
    case 9:
      return jump_splice_key_is (key, "arguments") ? &self->text : NULL;
    case 10:
      return jump_splice_key_is (key, "annotation") ? &self->annotation : NULL;
    case 12:
      return jump_splice_key_is (key, "output_index") ? &self->output_index : NULL;
    case 13:
      return jump_splice_key_is (key, "copilot_usage") ? &self->copilot_usage : NULL;
    case 15:
      return jump_splice_key_is (key, "sequence_number") ? &self->sequence_number : NULL;
    default:
      return NULL;
    }
}

static void
on_member_found (JumpJsonSpan key, JumpJsonSpan value, gpointer user_data)
{
  JumpResponsesEvent *self = user_data;
  JumpJsonSpan *slot;
  gint64 part;

  if (jump_splice_key_is (key, "content_index") || jump_splice_key_is (key, "summary_index"))
    {
      if (jump_json_span_get_int (value, &part) && part >= 0 && part < G_MAXINT)
        self->part = (guint) part;
      return;
    }
  slot = slot_of (self, key);
  if (slot != NULL)
    *slot = value;
}

/* An event of several data lines has line ends between its tokens, where any space will do. Inside
 * strings they are wrong, so that the copy is only made of what is valid. */
static gboolean
put_on_one_line (JumpJsonSpan *text, GString *scratch)
{
  if (memchr (text->start, '\n', text->length) == NULL &&
      memchr (text->start, '\r', text->length) == NULL)
    return TRUE;
  if (!jump_json_validate (text->start, text->length, JUMP_LIMIT_JSON_DEPTH, NULL))
    return FALSE;
  g_string_truncate (scratch, 0);
  g_string_append_len (scratch, text->start, (gssize) text->length);
  g_strdelimit (scratch->str, "\n\r", ' ');
  *text = (JumpJsonSpan){ scratch->str, scratch->len };
  return TRUE;
}

static void
find_type (JumpResponsesEvent *self, const JumpSseEvent *event)
{
  if (jump_json_span_kind (self->type_value) == JUMP_JSON_STRING && self->type_value.length > 2)
    {
      self->name = self->type_value.start + 1;
      self->name_length = self->type_value.length - 2;
    }
  else
    {
      self->name = event->event;
      self->name_length = event->event == NULL ? 0 : event->event_length;
    }
  self->type = self->name == NULL ? JUMP_RESPONSES_EVENT_OTHER
                                  : type_of_name (self->name, self->name_length);
  /* Nested errors come without any name from some gateways. */
  if (self->type == JUMP_RESPONSES_EVENT_OTHER &&
      jump_json_span_kind (self->error) == JUMP_JSON_OBJECT &&
      !(self->name_length > 9 && memcmp (self->name, "response.", 9) == 0))
    self->type = JUMP_RESPONSES_EVENT_ERROR;
}

/**
 * jump_responses_event_read:
 * @self: (out caller-allocates): spans inside @event or @scratch
 * @event: as the parser gave it
 * @scratch: (inout): replaced when it is needed; has to live as long as @self
 *
 * Returns: what it is; @self is only set for an event
 */
JumpResponsesReading
jump_responses_event_read (JumpResponsesEvent *self, const JumpSseEvent *event, GString *scratch)
{
  JumpJsonSpan text = jump_json_span_trim (event->data, event->data_length);

  if (text.start == NULL)
    return JUMP_RESPONSES_READ_NOTHING;
  if (text.length == 6 && memcmp (text.start, "[DONE]", 6) == 0)
    return JUMP_RESPONSES_READ_DONE;
  if (jump_json_span_kind (text) != JUMP_JSON_OBJECT || !put_on_one_line (&text, scratch))
    return JUMP_RESPONSES_READ_BAD;
  memset (self, 0, sizeof *self);
  self->object = text;
  if (!jump_json_validate_members (text.start,
                                   text.length,
                                   JUMP_LIMIT_JSON_DEPTH,
                                   on_member_found,
                                   self,
                                   NULL))
    return JUMP_RESPONSES_READ_BAD;
  self->index = -1;
  if (!jump_json_span_get_int (self->output_index, &self->index) || self->index < 0)
    self->index = -1;
  find_type (self, event);
  return JUMP_RESPONSES_READ_EVENT;
}

/**
 * jump_responses_event_read_failure:
 * @self: response.failed or an error, flat or nested
 *
 * Returns: (transfer full): what it says, or that it says nothing
 */
JumpFailure *
jump_responses_event_read_failure (const JumpResponsesEvent *self)
{
  JumpJsonSpan error = self->object;

  if (self->type == JUMP_RESPONSES_EVENT_FAILED)
    error = jump_json_find_member (self->response, "error");
  if (jump_json_span_kind (error) == JUMP_JSON_NULL)
    return jump_upstream_failure_read_event ("", 0);
  return jump_upstream_failure_read_event (self->object.start, self->object.length);
}
