/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-chat-order.h"

#include "service/dialects/argument-scan.h"
#include "service/dialects/json-splice.h"

#include <string.h>

typedef enum
{
  CALL_WAITS, /* for its name, or for the calls before it */
  CALL_OPEN,
  CALL_ENDED,
} CallState;

typedef struct
{
  CallState state;
  JumpToolKind kind;
  char *id;         /* (owned) (nullable) */
  char *name;       /* (owned) (nullable) */
  char *call_state; /* (owned) (nullable) */
  GString *held;    /* (owned) (nullable): arguments while it waits, inside of a JSON string */
  JumpArgumentScan scan;
  gboolean has_arguments;
} Call;

static void
call_clear (gpointer data)
{
  Call *call = data;

  g_clear_pointer (&call->id, g_free);
  g_clear_pointer (&call->name, g_free);
  g_clear_pointer (&call->call_state, g_free);
  if (call->held != NULL)
    g_string_free (g_steal_pointer (&call->held), TRUE);
}

static inline Call *
get_call (const JumpChatOrder *self, guint i)
{
  return &g_array_index (self->said, Call, i);
}

static inline void
say_text (JumpChatOrder *self, JumpReplyEventKind kind, JumpJsonSpan text)
{
  JumpReplyEvent event = { .kind = kind, .text = text };

  self->emit (&event, self->emit_data);
}

static void
say_part_end (JumpChatOrder *self)
{
  JumpReplyEvent event = { .kind = JUMP_EVENT_PART_END };

  self->emit (&event, self->emit_data);
}

/* @inside: of a JSON string; emptied */
static void
say_held (JumpChatOrder *self, JumpReplyEventKind kind, GString *inside)
{
  g_string_prepend_c (inside, '"');
  g_string_append_c (inside, '"');
  say_text (self, kind, (JumpJsonSpan){ inside->str, inside->len });
  g_string_truncate (inside, 0);
}

static void
say_state (JumpChatOrder *self)
{
  JumpReasoningState state = { JUMP_REASONING_OPAQUE, self->opaque->str, NULL };
  JumpReplyEvent event = { .kind = JUMP_EVENT_STATE, .state = &state };

  self->emit (&event, self->emit_data);
  g_string_truncate (self->opaque, 0);
}

/* An empty string is no JSON (protocol 5.4 quirk 3). */
static void
end_call (JumpChatOrder *self)
{
  static const char nothing[] = "\"{}\"";
  Call *call = get_call (self, self->open);

  if (call->kind == JUMP_TOOL_FUNCTION && !call->has_arguments)
    say_text (self, JUMP_EVENT_ARGUMENTS, (JumpJsonSpan){ nothing, sizeof nothing - 1 });
  call->state = CALL_ENDED;
}

/* State belongs to the reasoning in front of it; without any it is a part of its own. */
static void
end_part (JumpChatOrder *self)
{
  if (self->part == JUMP_CHAT_PART_CALL)
    end_call (self);
  if (self->part != JUMP_CHAT_PART_NONE)
    {
      if (self->part == JUMP_CHAT_PART_REASONING && self->opaque->len > 0)
        say_state (self);
      say_part_end (self);
    }
  self->part = JUMP_CHAT_PART_NONE;
  if (self->opaque->len > 0)
    {
      say_state (self);
      say_part_end (self);
    }
}

static inline void
begin_part (JumpChatOrder *self, JumpChatPart part)
{
  if (self->part == part && part != JUMP_CHAT_PART_CALL)
    return;
  end_part (self);
  self->part = part;
}

static void
open_call (JumpChatOrder *self, guint i)
{
  Call *call = get_call (self, i);
  g_autofree char *made_id = NULL;
  JumpReplyEvent event = { .kind = JUMP_EVENT_TOOL_CALL };

  begin_part (self, JUMP_CHAT_PART_CALL);
  self->open = i;
  call->state = CALL_OPEN;
  if (call->id == NULL)
    made_id = g_strdup_printf ("call_%s_%u", self->request_id, i);
  event.id = call->id != NULL ? call->id : made_id;
  event.name = call->name != NULL ? call->name : "";
  event.tool_kind = call->kind;
  event.call_state = call->call_state;
  self->emit (&event, self->emit_data);
  if (call->held != NULL && call->held->len > 0)
    say_held (self, JUMP_EVENT_ARGUMENTS, call->held);
}

/* Returns: whether more of the open call must be expected */
static gboolean
is_busy (const JumpChatOrder *self)
{
  const Call *call;

  if (self->part != JUMP_CHAT_PART_CALL)
    return FALSE;
  call = get_call (self, self->open);
  return call->kind == JUMP_TOOL_FUNCTION && !call->scan.is_complete;
}

/* Says what waits, as far as nothing in front of it is open. @is_end: nothing more will come. */
static void
go_on (JumpChatOrder *self, gboolean is_end)
{
  for (guint i = 0; i < self->said->len; i++)
    {
      const Call *call = get_call (self, i);

      if (call->state != CALL_WAITS)
        continue;
      if (!is_end && (is_busy (self) || call->name == NULL))
        return;
      open_call (self, i);
    }
  if (self->held_text->len > 0 && (is_end || !is_busy (self)))
    {
      begin_part (self, JUMP_CHAT_PART_TEXT);
      say_held (self, JUMP_EVENT_TEXT, self->held_text);
    }
}

static void
add_calls_up_to (JumpChatOrder *self, guint position)
{
  while (self->said->len <= position)
    {
      Call call = { CALL_WAITS };

      g_array_append_val (self->said, call);
    }
}

static void
learn (Call *call, const JumpChatFragment *fragment, JumpJsonSpan element)
{
  JumpJsonSpan state;

  if (fragment->is_custom)
    call->kind = JUMP_TOOL_CUSTOM;
  if (call->id == NULL && !jump_json_span_is_empty_string (fragment->id))
    call->id = jump_json_span_dup_string (fragment->id);
  if (call->name != NULL || jump_json_span_kind (fragment->name) != JUMP_JSON_STRING ||
      jump_json_span_is_empty_string (fragment->name))
    return;
  call->name = jump_json_span_dup_string (fragment->name);
  state = jump_json_find_member (fragment->function, "thought_signature");
  if (state.start == NULL)
    state = jump_json_find_member (element, "thought_signature");
  if (jump_json_span_kind (state) == JUMP_JSON_STRING)
    call->call_state = jump_json_span_dup_string (state);
}

static gboolean
is_blank (JumpJsonSpan text)
{
  for (gsize i = 1; i + 1 < text.length; i++)
    {
      if (strchr (" \\nrt", text.start[i]) == NULL)
        return FALSE;
    }
  return TRUE;
}

/* Returns: (nullable): what is wrong */
static const char *
take_arguments (JumpChatOrder *self, guint position, JumpJsonSpan arguments)
{
  Call *call = get_call (self, position);

  if (jump_json_span_kind (arguments) != JUMP_JSON_STRING ||
      jump_json_span_is_empty_string (arguments))
    return NULL;
  if (call->kind == JUMP_TOOL_FUNCTION && !jump_argument_scan_push (&call->scan, arguments))
    return "upstream lost itself in the whitespace of a tool call";
  switch (call->state)
    {
    case CALL_ENDED:
      return is_blank (arguments) ? NULL : "upstream went on with a tool call that was complete";
    case CALL_OPEN:
      call->has_arguments = TRUE;
      say_text (self, JUMP_EVENT_ARGUMENTS, arguments);
      return NULL;
    case CALL_WAITS:
      call->has_arguments = TRUE;
      if (call->held == NULL)
        call->held = g_string_new (NULL);
      jump_splice_put (call->held, arguments.start + 1, arguments.length - 2);
      return NULL;
    }
  return NULL;
}

/**
 * jump_chat_order_init:
 * @self: (out caller-allocates): nothing said yet
 * @request_id: makes ids for calls that have none
 * @emit: gets the events
 * @emit_data: for @emit
 */
void
jump_chat_order_init (JumpChatOrder *self,
                      const char *request_id,
                      JumpReplyEventFunc emit,
                      gpointer emit_data)
{
  memset (self, 0, sizeof *self);
  self->emit = emit;
  self->emit_data = emit_data;
  self->calls = jump_chat_calls_new (request_id);
  self->said = g_array_new (FALSE, FALSE, sizeof (Call));
  g_array_set_clear_func (self->said, call_clear);
  self->opaque = g_string_new (NULL);
  self->held_text = g_string_new (NULL);
  self->request_id = g_strdup (request_id);
}

void
jump_chat_order_clear (JumpChatOrder *self)
{
  g_clear_pointer (&self->calls, jump_chat_calls_free);
  g_clear_pointer (&self->said, g_array_unref);
  g_string_free (g_steal_pointer (&self->opaque), TRUE);
  g_string_free (g_steal_pointer (&self->held_text), TRUE);
  g_clear_pointer (&self->request_id, g_free);
}

/**
 * jump_chat_order_text:
 * @text: a JSON string that is not empty
 */
void
jump_chat_order_text (JumpChatOrder *self, JumpJsonSpan text)
{
  if (is_busy (self) || self->held_text->len > 0)
    {
      jump_splice_put (self->held_text, text.start + 1, text.length - 2);
      return;
    }
  begin_part (self, JUMP_CHAT_PART_TEXT);
  say_text (self, JUMP_EVENT_TEXT, text);
}

/**
 * jump_chat_order_annotation:
 * @annotation: a citation; lost when no text is there that it could belong to
 */
void
jump_chat_order_annotation (JumpChatOrder *self, JumpJsonSpan annotation)
{
  if (self->part == JUMP_CHAT_PART_TEXT)
    say_text (self, JUMP_EVENT_ANNOTATION, annotation);
}

/**
 * jump_chat_order_reasoning:
 * @text: JSON string: a piece of what is visible of the reasoning
 */
void
jump_chat_order_reasoning (JumpChatOrder *self, JumpJsonSpan text)
{
  begin_part (self, JUMP_CHAT_PART_REASONING);
  say_text (self, JUMP_EVENT_REASONING, text);
}

/**
 * jump_chat_order_opaque:
 * @piece: JSON string: of the state that comes with a text or with reasoning
 *
 * Kept until its part ends, because pieces come before and behind what they belong to.
 */
void
jump_chat_order_opaque (JumpChatOrder *self, JumpJsonSpan piece)
{
  g_autofree char *text = jump_json_span_dup_string (piece);

  if (text != NULL)
    g_string_append (self->opaque, text);
}

/**
 * jump_chat_order_refusal:
 * @text: JSON string: a piece of it
 */
void
jump_chat_order_refusal (JumpChatOrder *self, JumpJsonSpan text)
{
  self->has_refusal = TRUE;
  begin_part (self, JUMP_CHAT_PART_REFUSAL);
  say_text (self, JUMP_EVENT_REFUSAL, text);
}

/**
 * jump_chat_order_call:
 * @source: position of the choice at the upstream
 * @element: begins or continues a call; anything but an object is ignored
 *
 * The call that is open streams; others wait until its arguments are a whole JSON object.
 *
 * Returns: (nullable): why the reply cannot go on
 */
const char *
jump_chat_order_call (JumpChatOrder *self, guint source, JumpJsonSpan element)
{
  JumpChatFragment fragment;
  const char *problem;
  guint position;

  if (jump_json_span_kind (element) != JUMP_JSON_OBJECT)
    return NULL;
  position = jump_chat_calls_take (self->calls, source, 0, element, &fragment);
  if (position == JUMP_CHAT_NO_CALL)
    return "upstream made too many tool calls";
  add_calls_up_to (self, position);
  learn (get_call (self, position), &fragment, element);
  problem = take_arguments (self, position, fragment.arguments);
  if (problem == NULL)
    go_on (self, FALSE);
  return problem;
}

/**
 * jump_chat_order_has_calls:
 *
 * Returns: whether any call came so far
 */
gboolean
jump_chat_order_has_calls (const JumpChatOrder *self)
{
  return self->said->len > 0;
}

/**
 * jump_chat_order_finish:
 *
 * Says all that was kept back and ends the last part.
 */
void
jump_chat_order_finish (JumpChatOrder *self)
{
  go_on (self, TRUE);
  end_part (self);
}

/**
 * jump_chat_order_break_off:
 *
 * For a reply that fails: calls that are not whole must not be run.
 */
void
jump_chat_order_break_off (JumpChatOrder *self)
{
  end_part (self);
}
