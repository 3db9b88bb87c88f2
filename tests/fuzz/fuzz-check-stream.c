/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/fuzz/fuzz-check-stream.h"

#include "service/dialects/translate-pipe.h"
#include "tests/fuzz/fuzz-form.h"
#include "tests/fuzz/fuzz-stream.h"
#include "tests/support/event-order.h"

#include <string.h>

typedef struct
{
  FuzzRun *run;
  const JumpDialect *upstream;
  GBytes *bytes;
  JumpReplyOptions options;
  const GError *problem; /* (nullable) */
} Round;

static JumpReplyPipe *
new_pipe (const Round *round, const JumpDialect *client)
{
  JumpReplyPipe *pipe = client == NULL
                            ? round->upstream->new_repair (&round->options)
                            : jump_translate_pipe_new (round->upstream, client, &round->options);

  pipe->keep_response = round->options.show_usage;
  return pipe;
}

/* @client: (nullable): %NULL stays in upstream's dialect */
static void
play_for (const Round *round, const JumpDialect *client)
{
  g_autoptr (JumpReplyPipe) whole_pipe = new_pipe (round, client);
  g_autoptr (JumpReplyPipe) split_pipe = new_pipe (round, client);
  g_auto (FuzzStreamResult) whole = { 0 };
  g_auto (FuzzStreamResult) split = { 0 };
  const JumpDialect *reader = client == NULL ? round->upstream : client;
  const char *name = client == NULL ? "repair" : client->name;
  const char *problem;
  g_autoptr (GBytes) shown = NULL;

  fuzz_stream_play (round->run, whole_pipe, round->bytes, FALSE, round->problem, &whole);
  fuzz_stream_play (round->run, split_pipe, round->bytes, TRUE, round->problem, &split);
  shown = g_bytes_new (whole.out->str, whole.out->len);
  fuzz_run_show (round->run, name, shown);
  if (!g_string_equal (whole.out, split.out) || whole.step != split.step)
    fuzz_run_complain (round->run, "%s > %s: split is not the same", round->upstream->name, name);
  else if (strcmp (whole.facts, split.facts) != 0)
    fuzz_run_complain (round->run, "%s > %s: split counts otherwise", round->upstream->name, name);
  problem = fuzz_form_find_problem (reader, whole.out, whole.step, client != NULL);
  if (problem != NULL)
    fuzz_run_complain (round->run, "%s > %s: %s", round->upstream->name, name, problem);
}

typedef struct
{
  JumpEventOrder order;
  JumpDecoder *decoder; /* (owned) */
} Watch;

static void
on_reply_event (const JumpReplyEvent *event, gpointer user_data)
{
  jump_event_order_watch (&((Watch *) user_data)->order, event);
}

static gboolean
on_sse_event (const JumpSseEvent *event, gpointer user_data)
{
  JumpDecoder *decoder = user_data;

  jump_decoder_event (decoder, event);
  return !decoder->has_ended;
}

/* Decoders keep the order of events whatever happens. */
static void
watch_order (const Round *round)
{
  Watch watch = { 0 };
  g_autoptr (JumpDecoder) decoder =
      round->upstream->new_decoder (&round->options, on_reply_event, &watch);
  g_autoptr (JumpSseParser) parser = jump_sse_parser_new (G_MAXUINT, on_sse_event, NULL, decoder);
  gsize length;
  const char *data = g_bytes_get_data (round->bytes, &length);

  g_assert_true (jump_sse_parser_push (parser, data, length, NULL));
  if (!decoder->has_ended)
    g_assert_true (jump_sse_parser_finish (parser, NULL));
  if (!decoder->has_ended)
    jump_decoder_finish (decoder, round->problem);
  if (watch.order.problem != NULL)
    fuzz_run_complain (round->run, "%s: broken: %s", round->upstream->name, watch.order.problem);
  else if (!watch.order.has_ended || !decoder->has_ended)
    fuzz_run_complain (round->run, "%s: no END", round->upstream->name);
}

void
fuzz_check_stream_for (FuzzRun *run,
                       const JumpDialect *upstream,
                       const JumpDialect *client,
                       GBytes *bytes,
                       const JumpReplyOptions *options,
                       const GError *problem)
{
  Round round = { run, upstream, bytes, *options, problem };

  watch_order (&round);
  play_for (&round, client);
}

void
fuzz_check_stream (FuzzRun *run,
                   const JumpDialect *upstream,
                   GBytes *bytes,
                   const JumpReplyOptions *options,
                   const GError *problem)
{
  Round round = { run, upstream, bytes, *options, problem };

  watch_order (&round);
  play_for (&round, NULL);
  for (guint id = 0; id < JUMP_N_DIALECTS; id++)
    play_for (&round, jump_dialect_get (id));
}
