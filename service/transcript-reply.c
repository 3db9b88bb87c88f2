/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/transcript-reply.h"

#include "service/base/limits.h"
#include "service/conversation/reply-builder.h"
#include "service/dialects/upstream-failure.h"
#include "service/transcript-lines.h"
#include "service/transcript-part.h"

#include <string.h>

/* The status of a request whose client left before the reply was complete. */
#define STATUS_CLIENT_CLOSED 499

static void
add_text (GPtrArray *list, JumpTranscriptKind kind, const char *text)
{
  jump_transcript_add (list, kind, NULL, text, strlen (text));
}

/* ---- streams of the dialects that upstreams speak ---- */

static void
on_reply_event (const JumpReplyEvent *event, gpointer user_data)
{
  jump_reply_builder_event (user_data, event);
}

static gboolean
on_sse_event (const JumpSseEvent *event, gpointer user_data)
{
  jump_decoder_event (user_data, event);
  return TRUE;
}

/* Returns: whether the stream told its end, a bad one included. */
static gboolean
add_stream (GPtrArray *list,
            const JumpDialect *dialect,
            const JumpExchangeRecord *record,
            const char *data,
            gsize length)
{
  JumpReplyOptions options = {
    .client_model = record->asked_model != NULL ? record->asked_model : "",
    .used_model = record->used_model != NULL ? record->used_model : "",
    .request_id = record->id,
    .requested_n = 1,
    .stream = TRUE,
    .show_usage = TRUE,
    .wants_thinking = TRUE,
    .estimated_input = -1,
  };
  g_autoptr (JumpReplyBuilder) builder = jump_reply_builder_new ();
  g_autoptr (JumpDecoder) decoder = dialect->new_decoder (&options, on_reply_event, builder);
  g_autoptr (JumpSseParser) parser =
      jump_sse_parser_new (JUMP_LIMIT_SSE_EVENT, on_sse_event, NULL, decoder);
  g_autoptr (JumpReply) reply = NULL;
  g_autoptr (JumpFailure) told = NULL;
  gboolean is_complete;

  /* Not finished: half an event at the end of what there is would be taken for a broken one. */
  jump_sse_parser_push (parser, data, length, NULL);
  if (jump_reply_builder_get_failure (builder) != NULL)
    told = jump_failure_copy (jump_reply_builder_get_failure (builder));
  /* What it still holds back has to come out; that something is missing it calls a failure. */
  jump_decoder_finish (decoder, NULL);
  is_complete = jump_reply_builder_get_failure (builder) == NULL;
  reply = jump_reply_builder_finish (builder);
  jump_transcript_add_parts (list, JUMP_TRANSCRIPT_ASSISTANT, NULL, reply->parts);
  if (told != NULL)
    add_text (list, JUMP_TRANSCRIPT_ERROR, told->message);
  return is_complete || told != NULL;
}

/* ---- whole replies ---- */

static gboolean
add_whole (GPtrArray *list, const JumpDialect *dialect, const char *data, gsize length)
{
  g_autoptr (JumpReply) reply = dialect->read_reply (data, length, NULL);

  if (reply != NULL)
    jump_transcript_add_parts (list, JUMP_TRANSCRIPT_ASSISTANT, NULL, reply->parts);
  return reply != NULL;
}

static gboolean
add_count (GPtrArray *list, const char *data, gsize length)
{
  JumpJsonSpan object;
  gint64 n_tokens;
  g_autofree char *text = NULL;

  if (!jump_json_validate (data, length, JUMP_LIMIT_JSON_DEPTH, NULL))
    return FALSE;
  object = jump_json_span_trim (data, length);
  if (!jump_json_span_get_int (jump_json_find_member (object, "input_tokens"), &n_tokens))
    return FALSE;
  text = g_strdup_printf ("%" G_GINT64_FORMAT " tokens", n_tokens);
  add_text (list, JUMP_TRANSCRIPT_ASSISTANT, text);
  return TRUE;
}

/* ---- all of them ---- */

static gboolean
looks_like_json (const char *data, gsize length)
{
  gsize i = 0;

  while (i < length && g_ascii_isspace (data[i]))
    i++;
  return i < length && (data[i] == '{' || data[i] == '[');
}

/* Returns: whether there is nothing to add about the end. */
static gboolean
add_answer (GPtrArray *list,
            const JumpDialect *dialect,
            const JumpExchangeRecord *record,
            const char *data,
            gsize length)
{
  gboolean is_json = looks_like_json (data, length);

  if (g_strcmp0 (record->api, "embeddings") == 0)
    return jump_transcript_add_vectors (list, data, length);
  if (g_strcmp0 (record->api, "count") == 0)
    return add_count (list, data, length);
  if (dialect == NULL)
    return TRUE;
  if (dialect->id == JUMP_DIALECT_OLLAMA_CHAT || dialect->id == JUMP_DIALECT_OLLAMA_GENERATE)
    return jump_transcript_add_lines (list, data, length);
  if (dialect->id == JUMP_DIALECT_COMPLETIONS)
    return is_json ? jump_transcript_add_completion (list, data, length)
                   : jump_transcript_add_completions (list, data, length);
  return is_json ? add_whole (list, dialect, data, length)
                 : add_stream (list, dialect, record, data, length);
}

static void
add_refusal (GPtrArray *list, const JumpExchangeRecord *record)
{
  g_autoptr (GBytes) body = g_bytes_new (record->reply_body->data, record->reply_body->len);
  g_autoptr (JumpFailure) failure = jump_upstream_failure_read (record->status, body);

  add_text (list, JUMP_TRANSCRIPT_ERROR, failure->message);
}

/* Why there is no more of it. */
static void
add_end (GPtrArray *list, const JumpExchangeRecord *record)
{
  if (record->is_reply_cut)
    add_text (list, JUMP_TRANSCRIPT_ERROR, "The reply went on: only its beginning was kept.");
  else if (record->error != NULL)
    add_text (list, JUMP_TRANSCRIPT_ERROR, record->error);
  else if (record->status == STATUS_CLIENT_CLOSED)
    add_text (list, JUMP_TRANSCRIPT_ERROR, "The client left before the reply was complete.");
  else if (record->reply_body != NULL)
    add_text (list, JUMP_TRANSCRIPT_ERROR, "The reply cannot be read: see the raw view.");
}

void
jump_transcript_add_reply (GPtrArray *list,
                           const JumpDialect *dialect,
                           const JumpExchangeRecord *record)
{
  const GByteArray *body = record->reply_body;
  gboolean has_ended = record->state == JUMP_EXCHANGE_ENDED;
  gboolean is_told = FALSE;

  if (body != NULL && has_ended && record->status >= 400 && record->status != STATUS_CLIENT_CLOSED)
    {
      add_refusal (list, record);
      return;
    }
  if (body != NULL && body->len > 0)
    is_told = add_answer (list, dialect, record, (const char *) body->data, body->len);
  if (!is_told && has_ended)
    add_end (list, record);
}
