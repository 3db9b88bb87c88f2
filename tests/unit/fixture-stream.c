/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/unit/fixture-stream.h"

#include "service/base/limits.h"
#include "service/sse/sse-parser.h"
#include "tests/support/reply-core.h"

#include <string.h>

/* The longest piece of a stream that is cut at random. */
#define MAX_PIECE 60

void
fixture_run_init (FixtureRun *self)
{
  memset (self, 0, sizeof *self);
  jump_event_dump_init (&self->dump);
  self->builder = jump_reply_builder_new ();
}

void
fixture_run_clear (FixtureRun *self)
{
  jump_event_dump_clear (&self->dump);
  jump_reply_builder_free (self->builder);
}

void
fixture_run_event (const JumpReplyEvent *event, gpointer user_data)
{
  FixtureRun *self = user_data;

  jump_event_order_watch (&self->order, event);
  jump_event_dump_event (event, &self->dump);
  jump_reply_builder_event (self->builder, event);
  if (self->encoder != NULL)
    jump_encoder_event (self->encoder, event, self->out);
}

char *
fixture_run_get_core (FixtureRun *self, const JumpToolNames *names)
{
  g_autoptr (JumpReply) reply = jump_reply_builder_finish (self->builder);

  return jump_reply_core (reply, jump_reply_builder_get_failure (self->builder), names);
}

static gboolean
on_event (const JumpSseEvent *event, gpointer user_data)
{
  JumpDecoder *decoder = user_data;

  jump_decoder_event (decoder, event);
  return !decoder->has_ended;
}

void
fixture_decode (FixtureRun *run,
                const JumpDialect *dialect,
                const JumpReplyOptions *options,
                GBytes *bytes,
                gboolean is_bytewise,
                GRand *random)
{
  g_autoptr (JumpDecoder) decoder = dialect->new_decoder (options, fixture_run_event, run);
  g_autoptr (JumpSseParser) parser =
      jump_sse_parser_new (JUMP_LIMIT_SSE_EVENT, on_event, NULL, decoder);
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  gsize at = 0;

  while (at < length && !decoder->has_ended)
    {
      gsize piece = is_bytewise ? 1 : length;
      /* A copy of exactly this size: reading behind it is found by the sanitizer. */
      g_autofree char *copy = NULL;

      if (random != NULL)
        piece = (gsize) g_rand_int_range (random, 1, MAX_PIECE);
      piece = MIN (piece, length - at);
      copy = g_memdup2 (data + at, piece);
      g_assert_true (jump_sse_parser_push (parser, copy, piece, &error));
      g_assert_no_error (error);
      at += piece;
    }
  if (!decoder->has_ended)
    g_assert_true (jump_sse_parser_finish (parser, &error));
  jump_decoder_finish (decoder, NULL);
}

typedef struct
{
  const JumpDialect *dialect;
  const char *problem; /* (nullable) */
  guint n_events;
} Form;

/* In those dialects that name their events, the name stands in the data as well. */
static gboolean
on_client_event (const JumpSseEvent *event, gpointer user_data)
{
  Form *form = user_data;
  JumpJsonSpan type = { NULL, 0 };
  g_autofree char *word = NULL;

  form->n_events++;
  if (event->data_length == 6 && memcmp (event->data, "[DONE]", 6) == 0)
    return TRUE;
  if (!jump_json_validate (event->data, event->data_length, JUMP_LIMIT_JSON_DEPTH, NULL))
    {
      form->problem = "data is no JSON";
      return FALSE;
    }
  if (form->dialect->id != JUMP_DIALECT_RESPONSES && form->dialect->id != JUMP_DIALECT_MESSAGES)
    return TRUE;
  type = jump_json_find_member (jump_json_span_trim (event->data, event->data_length), "type");
  word = jump_json_span_dup_string (type);
  if (word == NULL || event->event == NULL || strlen (word) != event->event_length ||
      memcmp (word, event->event, event->event_length) != 0)
    form->problem = "event's name is not its type";
  return form->problem == NULL;
}

static const char *
find_line_problem (const GString *stream)
{
  g_auto (GStrv) lines = g_strsplit (stream->str, "\n", -1);
  guint n = g_strv_length (lines);

  if (n < 2 || *lines[n - 1] != '\0')
    return "no line, or the last one is not ended";
  for (guint i = 0; i < n - 1; i++)
    if (!jump_json_validate (lines[i], strlen (lines[i]), JUMP_LIMIT_JSON_DEPTH, NULL))
      return "line is no JSON";
  return NULL;
}

const char *
fixture_find_problem (const JumpDialect *dialect, const GString *stream)
{
  Form form = { dialect, NULL, 0 };
  g_autoptr (JumpSseParser) parser = NULL;

  if (strlen (stream->str) != stream->len)
    return "it holds a zero byte";
  if (strcmp (dialect->stream_type, "application/x-ndjson") == 0)
    return find_line_problem (stream);
  parser = jump_sse_parser_new (JUMP_LIMIT_SSE_EVENT, on_client_event, NULL, &form);
  if (!jump_sse_parser_push (parser, stream->str, stream->len, NULL))
    return "it is no event stream";
  if (form.problem == NULL && jump_sse_parser_get_pending (parser) > 0)
    return "the last event is not ended";
  return form.n_events == 0 ? "it is empty" : form.problem;
}
