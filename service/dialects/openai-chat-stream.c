/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-chat-stream.h"

#include "service/base/error.h"
#include "service/dialects/json-splice.h"
#include "service/dialects/openai-chat-usage.h"
#include "service/dialects/openai-chat-writer.h"
#include "service/dialects/openai-error.h"
#include "service/dialects/upstream-failure.h"

#define NO_CHUNK "upstream sent a chunk that is no JSON object"
#define LOOPING  "upstream lost itself in the whitespace of a tool call"

struct _JumpChatStream
{
  gboolean is_merged; /* one answer was asked for: whatever choices come are parts of it */
  gboolean show_usage;
  JumpChatStreamStep step;
  JumpChatWriter writer; /* (owned) */

  GString *rest;        /* (owned): scratch: other members of the chunk at hand */
  GString *choice_rest; /* (owned): scratch: other members of the choice at hand */
  GString *held_finish; /* (owned): finish reason as JSON string, empty when there is none */
  GString *held_rest;   /* (owned): other members of the chunk that brought it */
  GString *held_usage;  /* (owned): members for the usage chunk */

  gboolean has_finish_reason;
  gboolean is_open; /* output came after the last finish reason */
  JumpUsageCount usage;
  JumpFailure *failure; /* (owned) (nullable) */
};

static inline void
put_text (GString *out, const GString *text)
{
  jump_splice_put (out, text->str, text->len);
}

/* With split choices each part brings a finish reason and only the last one counts, so it waits;
 * what the model says never does. */
static void
take_finish (JumpChatStream *self, guint target, JumpJsonSpan reason, GString *out)
{
  self->has_finish_reason = TRUE;
  self->is_open = FALSE;
  if (!self->is_merged)
    {
      jump_chat_writer_put_finish (&self->writer, target, reason, self->rest, out);
      return;
    }
  if (self->held_finish->len > 0)
    jump_chat_writer_note (&self->writer, JUMP_CHAT_CHANGE_CHOICES_MERGED);
  g_string_truncate (self->held_finish, 0);
  jump_splice_put_span (self->held_finish, reason);
  g_string_truncate (self->held_rest, 0);
  put_text (self->held_rest, self->rest);
}

static void
take_choice (JumpChatStream *self, JumpJsonCursor *choices, guint position, GString *out)
{
  gboolean is_finish, says;
  JumpChatChoice choice;
  guint source, target;

  jump_chat_choice_read (&choice, choices, "delta", self->choice_rest);
  source = jump_chat_choice_get_index (&choice, position, JUMP_CHAT_MAX_CHOICES - 1);
  target = self->is_merged ? 0 : source;
  is_finish = jump_json_span_has_text (choice.finish_reason);
  if (choice.hidden.start != NULL)
    jump_chat_writer_note (&self->writer, JUMP_CHAT_CHANGE_EXTRAS_HIDDEN);
  if (choice.index.start == NULL)
    jump_chat_writer_note (&self->writer, JUMP_CHAT_CHANGE_FIELDS_FILLED);
  if (source != target || (self->is_merged && position > 0))
    jump_chat_writer_note (&self->writer, JUMP_CHAT_CHANGE_CHOICES_MERGED);

  says = jump_chat_writer_put_delta (&self->writer,
                                     source,
                                     target,
                                     choice.body,
                                     self->choice_rest,
                                     self->rest,
                                     is_finish && !choice.has_rest,
                                     out);
  self->is_open |= says || choice.has_rest;
  if (is_finish)
    take_finish (self, target, choice.finish_reason, out);
}

/* Usage stands on the finish chunk, on a chunk after it or on both (protocol 5.5 quirk 3); clients
 * get it where OpenAI puts it, at the very end. */
static void
take_usage (JumpChatStream *self, const JumpChatChunk *chunk)
{
  gboolean has_usage = jump_json_span_kind (chunk->usage) == JUMP_JSON_OBJECT;
  gboolean has_copilot_usage = jump_json_span_kind (chunk->copilot_usage) == JUMP_JSON_OBJECT;

  if (!has_usage && !has_copilot_usage)
    return;
  jump_chat_usage_read (chunk->usage, chunk->copilot_usage, &self->usage);
  if (!self->show_usage)
    {
      jump_chat_writer_note (&self->writer, JUMP_CHAT_CHANGE_USAGE_HIDDEN);
      return;
    }
  if (!has_usage)
    return;
  g_string_truncate (self->held_usage, 0);
  jump_splice_put_literal (self->held_usage, ",\"usage\":");
  jump_splice_put_span (self->held_usage, chunk->usage);
  if (has_copilot_usage)
    {
      jump_splice_put_literal (self->held_usage, ",\"copilot_usage\":");
      jump_splice_put_span (self->held_usage, chunk->copilot_usage);
    }
}

/* Writes what waited for the end. @is_done: upstream said so itself; a finish reason it forgot is
 * added then, because clients fail without one. */
static void
put_held (JumpChatStream *self, gboolean is_done, GString *out)
{
  static const char stop[] = "\"stop\"";
  JumpJsonSpan reason = { self->held_finish->str, self->held_finish->len };

  if (self->is_merged && reason.length == 0 && is_done && self->writer.has_output)
    {
      reason = (JumpJsonSpan){ stop, sizeof stop - 1 };
      jump_chat_writer_note (&self->writer, JUMP_CHAT_CHANGE_FINISH_CORRECTED);
    }
  if (reason.length > 0)
    jump_chat_writer_put_finish (&self->writer, 0, reason, self->held_rest, out);
  if (self->held_usage->len > 0)
    jump_chat_writer_put_members (&self->writer, self->held_usage, out);
}

/* The client gets upstream's error as it is where that is OpenAI's shape. */
static JumpChatStreamStep
fail (JumpChatStream *self, JumpJsonSpan error, GString *out)
{
  g_autoptr (GString) text = g_string_new ("{\"error\":");
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) shown = NULL;
  JumpJsonSpan span;

  jump_splice_put_span (text, error);
  jump_splice_put_literal (text, "}");
  self->failure = jump_upstream_failure_read_event (text->str, text->len);
  body = g_bytes_new (text->str, text->len);
  shown = jump_openai_error_from_upstream (self->failure->status, body);
  span.start = g_bytes_get_data (shown, &span.length);
  jump_splice_put_literal (out, "data: ");
  jump_splice_put_span (out, span);
  jump_splice_put_literal (out, "\n\n");
  self->step = JUMP_CHAT_STREAM_ERROR;
  return self->step;
}

static JumpChatStreamStep
fail_with_text (JumpChatStream *self, const char *message, GString *out)
{
  g_autoptr (GError) error = g_error_new_literal (JUMP_ERROR, JUMP_ERROR_PROTOCOL, message);

  self->failure = jump_failure_new_from_error (error);
  jump_openai_error_append_failure (out, self->failure);
  self->step = JUMP_CHAT_STREAM_ERROR;
  return self->step;
}

static JumpChatStreamStep
take_chunk (JumpChatStream *self, JumpJsonSpan span, GString *out)
{
  JumpChatChunk chunk;
  JumpJsonCursor cursor;
  JumpJsonSpan error;
  guint position = 0;

  if (!jump_chat_chunk_read (&chunk, span, self->rest, NULL) ||
      jump_json_span_kind (span) != JUMP_JSON_OBJECT)
    return fail_with_text (self, NO_CHUNK, out);
  error = jump_chat_chunk_find_error (&chunk);
  if (error.start != NULL)
    return fail (self, error, out);
  if (chunk.hidden.start != NULL)
    jump_chat_writer_note (&self->writer, JUMP_CHAT_CHANGE_EXTRAS_HIDDEN);
  if (!jump_chat_head_learn (&self->writer.head, &chunk))
    jump_chat_writer_note (&self->writer, JUMP_CHAT_CHANGE_FIELDS_FILLED);
  take_usage (self, &chunk);
  if (jump_json_span_kind (chunk.choices) != JUMP_JSON_ARRAY)
    return self->step;
  jump_json_cursor_init (&cursor, chunk.choices);
  while (jump_json_cursor_next_key (&cursor, NULL))
    {
      if (*cursor.position == '{')
        take_choice (self, &cursor, position, out);
      else
        jump_json_cursor_take_value (&cursor);
      position++;
    }
  if (jump_chat_calls_is_looping (self->writer.calls))
    return fail_with_text (self, LOOPING, out);
  return self->step;
}

/**
 * jump_chat_stream_new:
 * @options: of the request; with a requested_n of 1 all choices are parts of one answer
 *
 * Returns: (transfer full): a stream before its first chunk
 */
JumpChatStream *
jump_chat_stream_new (const JumpReplyOptions *options)
{
  JumpChatStream *self = g_new0 (JumpChatStream, 1);

  self->is_merged = options->requested_n <= 1;
  self->show_usage = options->show_usage;
  self->step = JUMP_CHAT_STREAM_GO_ON;
  jump_chat_writer_init (&self->writer, options->client_model, options->request_id, options->now);
  self->writer.renames_reasoning = options->reasoning_field == JUMP_REASONING_FIELD_CONTENT;
  self->rest = g_string_new (NULL);
  self->choice_rest = g_string_new (NULL);
  self->held_finish = g_string_new (NULL);
  self->held_rest = g_string_new (NULL);
  self->held_usage = g_string_new (NULL);
  self->usage = JUMP_USAGE_COUNT_UNKNOWN;
  return self;
}

/**
 * jump_chat_stream_free:
 * @self: (transfer full): a stream
 */
void
jump_chat_stream_free (JumpChatStream *self)
{
  jump_chat_writer_clear (&self->writer);
  g_string_free (g_steal_pointer (&self->rest), TRUE);
  g_string_free (g_steal_pointer (&self->choice_rest), TRUE);
  g_string_free (g_steal_pointer (&self->held_finish), TRUE);
  g_string_free (g_steal_pointer (&self->held_rest), TRUE);
  g_string_free (g_steal_pointer (&self->held_usage), TRUE);
  g_clear_pointer (&self->failure, jump_failure_free);
  g_free (self);
}

/**
 * jump_chat_stream_event:
 * @self: a stream
 * @data: the data of one event, not terminated; empty ones are keep-alives
 * @length: bytes of @data
 * @out: gets whole events or nothing
 *
 * What comes after the end or an error is ignored.
 *
 * Returns: how the stream stands
 */
JumpChatStreamStep
jump_chat_stream_event (JumpChatStream *self, const char *data, gsize length, GString *out)
{
  g_autofree char *one_line = NULL;
  JumpJsonSpan span = jump_json_span_trim (data, length);

  if (self->step != JUMP_CHAT_STREAM_GO_ON || span.start == NULL)
    return self->step;
  if (span.length == 6 && memcmp (span.start, "[DONE]", 6) == 0)
    {
      put_held (self, TRUE, out);
      jump_splice_put_literal (out, "data: [DONE]\n\n");
      self->step = JUMP_CHAT_STREAM_DONE;
      return self->step;
    }
  if (jump_chat_chunk_needs_one_line (span))
    {
      span.start = one_line = jump_chat_chunk_dup_one_line (span);
      if (one_line == NULL)
        return fail_with_text (self, NO_CHUNK, out);
    }
  return take_chunk (self, span, out);
}

/**
 * jump_chat_stream_end:
 * @self: a stream whose upstream has ended
 * @out: gets what was held back, if the answer is complete
 *
 * Tolerates an upstream that ends without [DONE] (protocol 5.5 quirk 9); [DONE] is then left to the caller.
 *
 * Returns: whether the answer is complete
 */
gboolean
jump_chat_stream_end (JumpChatStream *self, GString *out)
{
  if (self->step == JUMP_CHAT_STREAM_GO_ON)
    {
      gboolean is_complete = self->has_finish_reason && !self->is_open;

      if (is_complete)
        put_held (self, FALSE, out);
      self->step = is_complete ? JUMP_CHAT_STREAM_DONE : JUMP_CHAT_STREAM_ERROR;
    }
  return self->step == JUMP_CHAT_STREAM_DONE;
}

/**
 * jump_chat_stream_get_usage:
 *
 * Returns: (transfer none): what upstream reported so far, hidden or not
 */
const JumpUsageCount *
jump_chat_stream_get_usage (const JumpChatStream *self)
{
  return &self->usage;
}

/**
 * jump_chat_stream_get_changes:
 *
 * Returns: (transfer none): names of the repairs made so far, comma-separated, "" for none
 */
const char *
jump_chat_stream_get_changes (const JumpChatStream *self)
{
  return self->writer.change_log->str;
}

/**
 * jump_chat_stream_get_failure:
 *
 * Returns: (transfer none) (nullable): why jump_chat_stream_event() said that there was an error
 */
const JumpFailure *
jump_chat_stream_get_failure (const JumpChatStream *self)
{
  return self->failure;
}
