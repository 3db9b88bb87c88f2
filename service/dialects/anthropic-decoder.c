/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-decoder.h"

#include "service/dialects/anthropic-event.h"
#include "service/dialects/anthropic-open-block.h"
#include "service/dialects/anthropic-stop.h"
#include "service/dialects/anthropic-usage.h"
#include "service/dialects/upstream-failure.h"

#define NOT_UNDERSTOOD "upstream sent an event that is no JSON object"
#define CUT_OFF        "upstream ended the stream in the middle of the answer"
#define ENDLESS        "the model wrote nothing but white space into the arguments of a tool"

typedef struct
{
  JumpDecoder decoder;
  GString *scratch;             /* (owned) */
  JumpAnthropicOpenBlock block; /* (owned) */
  JumpAnthropicUsage usage;
  gboolean has_started;
  gboolean has_stopped; /* STOP was said */
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
  jump_anthropic_open_block_close (&self->block);
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
  else if (jump_json_span_kind (reason) == JUMP_JSON_STRING && reason.length > 2)
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
      ensure_start (self);
      if (!self->has_stopped)
        jump_anthropic_open_block_start (&self->block, &event);
      break;
    case JUMP_ANTHROPIC_EVENT_BLOCK_DELTA:
      ensure_start (self);
      if (!self->has_stopped && !jump_anthropic_open_block_delta (&self->block, &event))
        fail_with_text (self, ENDLESS);
      break;
    case JUMP_ANTHROPIC_EVENT_BLOCK_STOP:
      jump_anthropic_open_block_close (&self->block);
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

  g_string_free (g_steal_pointer (&self->scratch), TRUE);
  jump_anthropic_open_block_clear (&self->block);
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
  self->usage = JUMP_ANTHROPIC_USAGE_UNKNOWN;
  self->scratch = g_string_new (NULL);
  jump_anthropic_open_block_init (&self->block, options, emit, emit_data);
  return &self->decoder;
}
