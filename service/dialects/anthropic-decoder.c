/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-decoder.h"

#include "service/base/json-write.h"
#include "service/dialects/anthropic-block.h"
#include "service/dialects/anthropic-content.h"
#include "service/dialects/anthropic-event.h"
#include "service/dialects/anthropic-stop.h"
#include "service/dialects/anthropic-usage.h"
#include "service/dialects/upstream-failure.h"

#define NOT_UNDERSTOOD "upstream sent an event that is no JSON object"
#define CUT_OFF        "upstream ended the stream in the middle of the answer"
#define ENDLESS        "the model wrote nothing but white space into the arguments of a tool"

typedef enum
{
  BLOCK_NONE,
  BLOCK_TEXT,
  BLOCK_THINKING,
  BLOCK_REDACTED,
  BLOCK_TOOL,
  BLOCK_IGNORED,
} BlockKind;

typedef struct
{
  JumpDecoder decoder;
  char *used_model; /* (owned) (nullable) */
  GString *scratch; /* (owned) */
  JumpAnthropicUsage usage;
  gboolean has_started;
  gboolean has_stopped; /* STOP was said */

  BlockKind block;      /* the open one */
  gint64 index;         /* upstream's, of the open one */
  gboolean has_part;    /* an event of the open block was said */
  GString *secret;      /* (owned): the open block's signature, or its redacted thinking */
  GPtrArray *citations; /* (owned) (element-type utf8): JSON, of the open block */
  char *input;          /* (owned) (nullable): arguments that came with the start */
  gboolean has_arguments;
  guint whitespace;
} AnthropicDecoder;

static void
say (AnthropicDecoder *self, const JumpReplyEvent *event)
{
  self->decoder.emit (event, self->decoder.emit_data);
}

static void
say_kind (AnthropicDecoder *self, JumpReplyEventKind kind)
{
  say (self, &(JumpReplyEvent){ .kind = kind });
}

static void
say_text (AnthropicDecoder *self, JumpReplyEventKind kind, JumpJsonSpan text)
{
  self->has_part = TRUE;
  say (self, &(JumpReplyEvent){ .kind = kind, .text = text });
}

static void
say_end (AnthropicDecoder *self)
{
  self->decoder.has_ended = TRUE;
  say_kind (self, JUMP_EVENT_END);
}

/* Takes @failure. */
static void
fail (AnthropicDecoder *self, JumpFailure *failure)
{
  say (self, &(JumpReplyEvent){ .kind = JUMP_EVENT_FAILURE, .failure = failure });
  jump_failure_free (failure);
  say_end (self);
}

static void
fail_with_text (AnthropicDecoder *self, const char *message)
{
  fail (self, jump_failure_new (JUMP_FAILURE_SERVER, 502, "upstream_not_understood", message));
}

static gboolean
is_text (JumpJsonSpan span)
{
  return jump_json_span_kind (span) == JUMP_JSON_STRING && span.length > 2;
}

static void
ensure_start (AnthropicDecoder *self)
{
  if (self->has_started)
    return;
  self->has_started = TRUE;
  say_kind (self, JUMP_EVENT_START);
}

static void
start_message (AnthropicDecoder *self, JumpJsonSpan message)
{
  g_autofree char *id = jump_json_span_dup_string (jump_json_find_member (message, "id"));
  g_autofree char *model = jump_json_span_dup_string (jump_json_find_member (message, "model"));
  JumpUsageCount count;

  if (self->has_started)
    return;
  self->has_started = TRUE;
  jump_anthropic_usage_read (&self->usage,
                             jump_json_find_member (message, "usage"),
                             jump_json_find_member (message, "copilot_usage"));
  self->usage.output = -1; /* of the first moment: it means nothing yet */
  count = jump_anthropic_usage_get_count (&self->usage);
  say (self,
       &(JumpReplyEvent){ .kind = JUMP_EVENT_START, .id = id, .model = model, .usage = &count });
}

static void
say_state (AnthropicDecoder *self, JumpReasoningKind kind)
{
  JumpReasoningState state = { kind, self->secret->str, self->used_model };

  if (self->secret->len == 0)
    return;
  self->has_part = TRUE;
  say (self, &(JumpReplyEvent){ .kind = JUMP_EVENT_STATE, .state = &state });
}

/* Citations may stand before the text that they belong to, so they wait for its end. */
static void
say_citations (AnthropicDecoder *self)
{
  for (guint i = 0; self->has_part && i < self->citations->len; i++)
    {
      const char *json = g_ptr_array_index (self->citations, i);

      say_text (self, JUMP_EVENT_ANNOTATION, (JumpJsonSpan){ json, strlen (json) });
    }
  g_ptr_array_set_size (self->citations, 0);
}

/* All pieces together have to be an object, also when the tool takes nothing. */
static void
say_missing_arguments (AnthropicDecoder *self)
{
  g_autoptr (GString) text = NULL;

  if (self->has_arguments)
    return;
  text = g_string_new ("\"");
  jump_json_append_escaped (text, self->input == NULL ? "{}" : self->input, -1);
  g_string_append_c (text, '"');
  say_text (self, JUMP_EVENT_ARGUMENTS, (JumpJsonSpan){ text->str, text->len });
}

static void
close_block (AnthropicDecoder *self)
{
  switch (self->block)
    {
    case BLOCK_NONE:
    case BLOCK_IGNORED:
      break;
    case BLOCK_TEXT:
      say_citations (self);
      break;
    case BLOCK_THINKING:
      say_state (self, JUMP_REASONING_SIGNATURE);
      break;
    case BLOCK_REDACTED:
      say_state (self, JUMP_REASONING_REDACTED);
      break;
    case BLOCK_TOOL:
      say_missing_arguments (self);
      break;
    }
  if (self->has_part)
    say_kind (self, JUMP_EVENT_PART_END);
  self->has_part = FALSE;
  self->block = BLOCK_NONE;
  g_string_truncate (self->secret, 0);
  g_clear_pointer (&self->input, g_free);
}

static void
add_secret (AnthropicDecoder *self, JumpJsonSpan text)
{
  g_autofree char *decoded = jump_json_span_dup_string (text);

  if (decoded != NULL)
    g_string_append (self->secret, decoded);
}

static void
start_tool (AnthropicDecoder *self, const JumpAnthropicBlock *block)
{
  g_autofree char *id = jump_json_span_dup_string (block->id);
  g_autofree char *name = jump_json_span_dup_string (block->name);

  self->has_arguments = FALSE;
  self->whitespace = 0;
  self->input = jump_anthropic_dup_json (block->input);
  self->has_part = TRUE;
  say (self,
       &(JumpReplyEvent){
           .kind = JUMP_EVENT_TOOL_CALL,
           .id = id,
           .name = name == NULL ? "" : name,
           .tool_kind = JUMP_TOOL_FUNCTION,
       });
}

static void
start_block (AnthropicDecoder *self, const JumpAnthropicEvent *event)
{
  JumpAnthropicBlock block;

  ensure_start (self);
  close_block (self);
  jump_anthropic_block_read (&block, event->content_block);
  self->index = -1;
  jump_json_span_get_int (event->index, &self->index);
  self->block = BLOCK_IGNORED;
  if (jump_json_span_equals (block.type, "text"))
    {
      self->block = BLOCK_TEXT;
      if (is_text (block.text))
        say_text (self, JUMP_EVENT_TEXT, block.text);
    }
  else if (jump_json_span_equals (block.type, "thinking"))
    {
      self->block = BLOCK_THINKING;
      if (is_text (block.thinking))
        say_text (self, JUMP_EVENT_REASONING, block.thinking);
      add_secret (self, block.signature); /* protocol 6.3: it may be there already */
    }
  else if (jump_json_span_equals (block.type, "redacted_thinking"))
    {
      self->block = BLOCK_REDACTED;
      add_secret (self, block.data);
    }
  else if (jump_json_span_equals (block.type, "tool_use"))
    {
      self->block = BLOCK_TOOL;
      start_tool (self, &block);
    }
}

static void
take_arguments (AnthropicDecoder *self, JumpJsonSpan piece)
{
  self->has_arguments = TRUE;
  if (jump_anthropic_whitespace_is_endless (&self->whitespace, piece))
    fail_with_text (self, ENDLESS);
  else
    say_text (self, JUMP_EVENT_ARGUMENTS, piece);
}

/* Whether a delta is for the open block. A forgotten start is made up for where that is possible. */
static gboolean
is_for_block (AnthropicDecoder *self,
              const JumpAnthropicEvent *event,
              const JumpAnthropicDelta *delta)
{
  gint64 index = self->index;

  if (self->block != BLOCK_NONE)
    {
      jump_json_span_get_int (event->index, &index);
      return index == self->index;
    }
  ensure_start (self);
  self->index = -1;
  jump_json_span_get_int (event->index, &self->index);
  if (is_text (delta->text))
    self->block = BLOCK_TEXT;
  else if (is_text (delta->thinking))
    self->block = BLOCK_THINKING;
  return self->block != BLOCK_NONE;
}

static void
take_delta (AnthropicDecoder *self, const JumpAnthropicEvent *event)
{
  JumpAnthropicDelta delta;

  jump_anthropic_delta_read (&delta, event->delta);
  if (!is_for_block (self, event, &delta))
    return;
  switch (self->block)
    {
    case BLOCK_NONE:
    case BLOCK_IGNORED:
    case BLOCK_REDACTED:
      break;
    case BLOCK_TEXT:
      if (is_text (delta.text))
        say_text (self, JUMP_EVENT_TEXT, delta.text);
      if (delta.citation.start != NULL)
        g_ptr_array_add (self->citations, jump_anthropic_dup_json (delta.citation));
      break;
    case BLOCK_THINKING:
      if (is_text (delta.thinking))
        say_text (self, JUMP_EVENT_REASONING, delta.thinking);
      add_secret (self, delta.signature);
      break;
    case BLOCK_TOOL:
      if (is_text (delta.partial_json))
        take_arguments (self, delta.partial_json);
      break;
    }
}

static void
say_usage (AnthropicDecoder *self)
{
  JumpUsageCount count = jump_anthropic_usage_get_count (&self->usage);

  if (jump_usage_count_is_known (&count))
    say (self, &(JumpReplyEvent){ .kind = JUMP_EVENT_USAGE, .usage = &count });
}

static void
say_stop (AnthropicDecoder *self, JumpJsonSpan reason, JumpJsonSpan sequence)
{
  g_autofree char *stop_sequence = jump_json_span_dup_string (sequence);

  if (self->has_stopped)
    return;
  close_block (self);
  say_usage (self);
  self->has_stopped = TRUE;
  say (self,
       &(JumpReplyEvent){ .kind = JUMP_EVENT_STOP,
                          .stop_reason = jump_anthropic_stop_read (reason),
                          .stop_sequence = stop_sequence });
}

static void
take_message_delta (AnthropicDecoder *self, const JumpAnthropicEvent *event)
{
  JumpJsonSpan reason = jump_json_find_member (event->delta, "stop_reason");

  ensure_start (self);
  jump_anthropic_usage_read (&self->usage, event->usage, event->copilot_usage);
  if (self->has_stopped)
    say_usage (self);
  else if (is_text (reason))
    say_stop (self, reason, jump_json_find_member (event->delta, "stop_sequence"));
}

static void
end_message (AnthropicDecoder *self)
{
  ensure_start (self);
  say_stop (self, (JumpJsonSpan){ NULL, 0 }, (JumpJsonSpan){ NULL, 0 });
  say_end (self);
}

static void
finish (JumpDecoder *decoder, const GError *problem)
{
  AnthropicDecoder *self = (AnthropicDecoder *) decoder;

  if (self->has_stopped)
    say_end (self);
  else if (problem != NULL)
    fail (self, jump_failure_new_from_error (problem));
  else
    fail (self, jump_failure_new (JUMP_FAILURE_SERVER, 502, "upstream_error", CUT_OFF));
}

static void
take_event (JumpDecoder *decoder, const JumpSseEvent *sse_event)
{
  AnthropicDecoder *self = (AnthropicDecoder *) decoder;
  JumpAnthropicEvent event;

  jump_anthropic_event_read (&event, sse_event, self->scratch);
  switch (event.kind)
    {
    case JUMP_ANTHROPIC_EVENT_NOTHING:
    case JUMP_ANTHROPIC_EVENT_OTHER:
      break;
    case JUMP_ANTHROPIC_EVENT_DONE:
      finish (decoder, NULL);
      break;
    case JUMP_ANTHROPIC_EVENT_BROKEN:
      fail_with_text (self, NOT_UNDERSTOOD);
      break;
    case JUMP_ANTHROPIC_EVENT_MESSAGE_START:
      start_message (self, event.message);
      break;
    case JUMP_ANTHROPIC_EVENT_BLOCK_START:
      start_block (self, &event);
      break;
    case JUMP_ANTHROPIC_EVENT_BLOCK_DELTA:
      take_delta (self, &event);
      break;
    case JUMP_ANTHROPIC_EVENT_BLOCK_STOP:
      close_block (self);
      break;
    case JUMP_ANTHROPIC_EVENT_MESSAGE_DELTA:
      take_message_delta (self, &event);
      break;
    case JUMP_ANTHROPIC_EVENT_MESSAGE_STOP:
      end_message (self);
      break;
    case JUMP_ANTHROPIC_EVENT_PING:
      if (self->has_started)
        say_kind (self, JUMP_EVENT_PING);
      break;
    case JUMP_ANTHROPIC_EVENT_ERROR:
      fail (self, jump_upstream_failure_read_event (event.object.start, event.object.length));
      break;
    }
}

static void
free_decoder (JumpDecoder *decoder)
{
  AnthropicDecoder *self = (AnthropicDecoder *) decoder;

  g_clear_pointer (&self->used_model, g_free);
  g_string_free (g_steal_pointer (&self->scratch), TRUE);
  g_string_free (g_steal_pointer (&self->secret), TRUE);
  g_clear_pointer (&self->citations, g_ptr_array_unref);
  g_clear_pointer (&self->input, g_free);
  g_free (self);
}

static const JumpDecoderClass decoder_class = {
  .event = take_event,
  .finish = finish,
  .free = free_decoder,
};

/**
 * jump_anthropic_decoder_new:
 * @options: of the request
 * @emit: gets the events
 * @emit_data: for @emit
 *
 * Returns: (transfer full): a decoder before its first event
 */
JumpDecoder *
jump_anthropic_decoder_new (const JumpReplyOptions *options,
                            JumpReplyEventFunc emit,
                            gpointer emit_data)
{
  AnthropicDecoder *self = g_new0 (AnthropicDecoder, 1);

  self->decoder.class = &decoder_class;
  self->decoder.emit = emit;
  self->decoder.emit_data = emit_data;
  self->used_model = g_strdup (options->used_model);
  self->usage = JUMP_ANTHROPIC_USAGE_UNKNOWN;
  self->scratch = g_string_new (NULL);
  self->secret = g_string_new (NULL);
  self->citations = g_ptr_array_new_with_free_func (g_free);
  return &self->decoder;
}
