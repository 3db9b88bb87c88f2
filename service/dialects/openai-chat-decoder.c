/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/dialects/json-splice.h"
#include "service/dialects/openai-chat-chunk.h"
#include "service/dialects/openai-chat-order.h"
#include "service/dialects/openai-chat-stop.h"
#include "service/dialects/openai-chat-usage.h"
#include "service/dialects/openai-chat.h"
#include "service/dialects/upstream-failure.h"

#include <string.h>

/* Choices told apart while looking for the calls that a fragment belongs to. */
#define MAX_SOURCE 127

typedef struct
{
  JumpDecoder decoder;
  JumpChatOrder order; /* (owned) */
  char *id;            /* (owned) (nullable) */
  char *model;         /* (owned) (nullable) */
  char *finish;        /* (owned) (nullable): the last finish reason, JSON string */
  JumpUsageCount usage;
  gboolean is_merged; /* one answer was asked for: whatever choices come are parts of it */
  gboolean has_started;
  gboolean is_open; /* something came behind the last finish reason */
} ChatDecoder;

/* What a delta says, in the order in which it is meant, not in which it stands there. */
typedef struct
{
  JumpJsonSpan reasoning;
  JumpJsonSpan opaque;
  JumpJsonSpan content;
  JumpJsonSpan refusal;
  JumpJsonSpan annotations;
  JumpJsonSpan tool_calls;
} Delta;

static void
say (ChatDecoder *self, const JumpReplyEvent *event)
{
  self->decoder.emit (event, self->decoder.emit_data);
}

static void
start (ChatDecoder *self)
{
  JumpReplyEvent event = { .kind = JUMP_EVENT_START, .id = self->id, .model = self->model };

  if (self->has_started)
    return;
  self->has_started = TRUE;
  say (self, &event);
}

static void
say_usage (ChatDecoder *self)
{
  JumpReplyEvent event = { .kind = JUMP_EVENT_USAGE, .usage = &self->usage };

  if (jump_usage_count_is_known (&self->usage))
    say (self, &event);
}

static void
say_end (ChatDecoder *self)
{
  JumpReplyEvent event = { .kind = JUMP_EVENT_END };

  self->decoder.has_ended = TRUE;
  say (self, &event);
}

/* What was said so far is ended properly, so that encoders have nothing open. */
static void
fail (ChatDecoder *self, const JumpFailure *failure)
{
  JumpReplyEvent event = { .kind = JUMP_EVENT_FAILURE, .failure = failure };

  if (self->has_started)
    {
      jump_chat_order_break_off (&self->order);
      say_usage (self);
    }
  say (self, &event);
  say_end (self);
}

static void
fail_with_text (ChatDecoder *self, const char *code, const char *message)
{
  g_autoptr (JumpFailure) failure = jump_failure_new (JUMP_FAILURE_SERVER, 502, code, message);

  fail (self, failure);
}

/* By length first, because this runs for every member of every chunk. */
static JumpJsonSpan *
slot_in_delta (Delta *self, JumpJsonSpan key)
{
  switch (key.length - 2)
    {
    case 6:
      return jump_splice_key_is (key, "cot_id") ? &self->opaque : NULL;
    case 7:
      if (jump_splice_key_is (key, "content"))
        return &self->content;
      return jump_splice_key_is (key, "refusal") ? &self->refusal : NULL;
    case 9:
      return jump_splice_key_is (key, "reasoning") ? &self->reasoning : NULL;
    case 10:
      return jump_splice_key_is (key, "tool_calls") ? &self->tool_calls : NULL;
    case 11:
      if (jump_splice_key_is (key, "cot_summary"))
        return &self->reasoning;
      return jump_splice_key_is (key, "annotations") ? &self->annotations : NULL;
    case 14:
      return jump_splice_key_is (key, "reasoning_text") ? &self->reasoning : NULL;
    case 16:
      return jump_splice_key_is (key, "reasoning_opaque") ? &self->opaque : NULL;
    case 17:
      return jump_splice_key_is (key, "reasoning_content") ? &self->reasoning : NULL;
    default:
      return NULL;
    }
}

static void
read_delta (Delta *self, JumpJsonSpan body)
{
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  memset (self, 0, sizeof *self);
  jump_json_cursor_init (&cursor, body);
  while (cursor.is_object && jump_json_cursor_next (&cursor, &key, &value))
    {
      JumpJsonSpan *slot = slot_in_delta (self, key);

      if (slot != NULL && (slot->start == NULL || !jump_json_span_has_text (*slot)))
        *slot = value;
    }
}

static void
take_annotations (ChatDecoder *self, JumpJsonSpan annotations)
{
  JumpJsonCursor cursor;
  JumpJsonSpan element;

  if (jump_json_span_kind (annotations) != JUMP_JSON_ARRAY)
    return;
  jump_json_cursor_init (&cursor, annotations);
  while (jump_json_cursor_next (&cursor, NULL, &element))
    {
      if (jump_json_span_kind (element) == JUMP_JSON_OBJECT)
        jump_chat_order_annotation (&self->order, element);
    }
}

/* Returns: (nullable): what is wrong */
static const char *
take_calls (ChatDecoder *self, guint source, JumpJsonSpan calls)
{
  const char *problem = NULL;
  JumpJsonCursor cursor;
  JumpJsonSpan element;

  if (jump_json_span_kind (calls) != JUMP_JSON_ARRAY)
    return NULL;
  jump_json_cursor_init (&cursor, calls);
  while (problem == NULL && jump_json_cursor_next (&cursor, NULL, &element))
    {
      self->is_open = TRUE;
      problem = jump_chat_order_call (&self->order, source, element);
    }
  return problem;
}

/* Returns: (nullable): what is wrong */
static const char *
take_delta (ChatDecoder *self, guint source, JumpJsonSpan body)
{
  Delta delta;

  read_delta (&delta, body);
  if (jump_json_span_has_text (delta.reasoning))
    {
      self->is_open = TRUE;
      jump_chat_order_reasoning (&self->order, delta.reasoning);
    }
  if (jump_json_span_has_text (delta.opaque))
    jump_chat_order_opaque (&self->order, delta.opaque);
  if (jump_json_span_has_text (delta.content))
    {
      self->is_open = TRUE;
      jump_chat_order_text (&self->order, delta.content);
    }
  if (delta.annotations.start != NULL)
    take_annotations (self, delta.annotations);
  if (jump_json_span_has_text (delta.refusal))
    {
      self->is_open = TRUE;
      jump_chat_order_refusal (&self->order, delta.refusal);
    }
  return delta.tool_calls.start == NULL ? NULL : take_calls (self, source, delta.tool_calls);
}

static gboolean
take_choice (ChatDecoder *self, JumpJsonCursor *choices, guint position)
{
  const char *problem;
  JumpChatChoice choice;
  guint source;

  jump_chat_choice_read (&choice, choices, "delta", NULL);
  source = jump_chat_choice_get_index (&choice, position, MAX_SOURCE);
  if (!self->is_merged && source > 0)
    return TRUE; /* another alternative: events can hold only one */
  start (self);
  problem = take_delta (self, source, choice.body);
  if (problem != NULL)
    {
      fail_with_text (self, "upstream_not_understood", problem);
      return FALSE;
    }
  if (!jump_json_span_has_text (choice.finish_reason))
    return TRUE;
  g_free (self->finish);
  self->finish = g_strndup (choice.finish_reason.start, choice.finish_reason.length);
  self->is_open = FALSE;
  return TRUE;
}

static void
learn (ChatDecoder *self, const JumpChatChunk *chunk)
{
  if (!self->has_started && self->id == NULL && jump_json_span_has_text (chunk->id))
    self->id = jump_json_span_dup_string (chunk->id);
  if (!self->has_started && self->model == NULL && jump_json_span_has_text (chunk->model))
    self->model = jump_json_span_dup_string (chunk->model);
  if (chunk->usage.start != NULL || chunk->copilot_usage.start != NULL)
    jump_chat_usage_read (chunk->usage, chunk->copilot_usage, &self->usage);
}

static void
take_chunk (ChatDecoder *self, JumpJsonSpan span)
{
  g_autoptr (JumpFailure) failure = NULL;
  JumpChatChunk chunk;
  JumpJsonCursor cursor;
  JumpJsonSpan error;

  if (!jump_chat_chunk_read (&chunk, span, NULL, NULL) ||
      jump_json_span_kind (span) != JUMP_JSON_OBJECT)
    {
      fail_with_text (self,
                      "upstream_not_understood",
                      "upstream sent a chunk that is no JSON object");
      return;
    }
  error = jump_chat_chunk_find_error (&chunk);
  if (error.start != NULL)
    {
      failure = jump_upstream_failure_read_event (error.start, error.length);
      fail (self, failure);
      return;
    }
  learn (self, &chunk);
  if (jump_json_span_kind (chunk.choices) != JUMP_JSON_ARRAY)
    return;
  jump_json_cursor_init (&cursor, chunk.choices);
  for (guint i = 0; jump_json_cursor_next_key (&cursor, NULL); i++)
    {
      if (*cursor.position != '{')
        jump_json_cursor_take_value (&cursor);
      else if (!take_choice (self, &cursor, i))
        return;
    }
}

static gboolean
is_error_word (const char *finish)
{
  return g_strcmp0 (finish, "\"error\"") == 0;
}

/* The answer is complete. */
static void
complete (ChatDecoder *self)
{
  JumpReplyEvent event = { .kind = JUMP_EVENT_STOP };
  JumpJsonSpan word = { self->finish, self->finish == NULL ? 0 : strlen (self->finish) };

  if (is_error_word (self->finish))
    {
      fail_with_text (self, "upstream_error", "upstream ended the answer with an error");
      return;
    }
  start (self);
  jump_chat_order_finish (&self->order);
  say_usage (self);
  event.stop_reason =
      jump_chat_stop_read (word, jump_chat_order_has_calls (&self->order), self->order.has_refusal);
  say (self, &event);
  say_end (self);
}

static void
take_done (ChatDecoder *self)
{
  if (!self->has_started)
    fail_with_text (self, "upstream_error", "upstream ended the stream without an answer");
  else
    complete (self); /* a finish reason that it forgot is no loss */
}

static void
take_event (JumpDecoder *decoder, const JumpSseEvent *event)
{
  ChatDecoder *self = (ChatDecoder *) decoder;
  JumpJsonSpan span = jump_json_span_trim (event->data, event->data_length);
  g_autofree char *one_line = NULL;

  if (span.start == NULL)
    return;
  if (span.length == 6 && memcmp (span.start, "[DONE]", 6) == 0)
    {
      take_done (self);
      return;
    }
  if (jump_chat_chunk_needs_one_line (span))
    {
      one_line = jump_chat_chunk_dup_one_line (span);
      if (one_line != NULL)
        span.start = one_line;
    }
  take_chunk (self, span);
}

static void
finish (JumpDecoder *decoder, const GError *problem)
{
  ChatDecoder *self = (ChatDecoder *) decoder;
  g_autoptr (JumpFailure) failure = NULL;

  if (self->finish != NULL && !self->is_open)
    {
      complete (self); /* [DONE] is not always there (protocol 5.5 quirk 9) */
      return;
    }
  if (problem == NULL)
    {
      fail_with_text (self,
                      "upstream_error",
                      "upstream ended the stream before the answer was complete");
      return;
    }
  failure = jump_failure_new_from_error (problem);
  fail (self, failure);
}

static void
free_decoder (JumpDecoder *decoder)
{
  ChatDecoder *self = (ChatDecoder *) decoder;

  jump_chat_order_clear (&self->order);
  g_free (self->id);
  g_free (self->model);
  g_free (self->finish);
  g_free (self);
}

static const JumpDecoderClass chat_decoder_class = {
  .event = take_event,
  .finish = finish,
  .free = free_decoder,
};

/**
 * jump_chat_decoder_new:
 * @options: of the request
 * @emit: gets the events
 * @emit_data: for @emit
 *
 * Returns: (transfer full): a decoder before the first chunk
 */
JumpDecoder *
jump_chat_decoder_new (const JumpReplyOptions *options, JumpReplyEventFunc emit, gpointer emit_data)
{
  ChatDecoder *self = g_new0 (ChatDecoder, 1);

  self->decoder.class = &chat_decoder_class;
  self->decoder.emit = emit;
  self->decoder.emit_data = emit_data;
  self->is_merged = options->requested_n <= 1;
  self->usage = JUMP_USAGE_COUNT_UNKNOWN;
  jump_chat_order_init (&self->order, options->request_id, emit, emit_data);
  return &self->decoder;
}
