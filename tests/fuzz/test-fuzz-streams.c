/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* Streams that no upstream should send, for every client: put right in their own dialect, or translated. */

#include "service/base/error.h"
#include "service/dialects/translate-pipe.h"
#include "tests/fuzz/fuzz-corpus.h"
#include "tests/fuzz/fuzz-form.h"
#include "tests/fuzz/fuzz-stream.h"
#include "tests/support/event-order.h"

#include <string.h>

#define N_ROUNDS 10000

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

static void
play (FuzzRun *run, gpointer user_data)
{
  const FuzzCorpus *corpus = user_data;
  const FuzzSeed *seed = fuzz_corpus_pick (corpus, run);
  const FuzzSeed *donor = fuzz_once_in (run, 4) ? fuzz_corpus_pick (corpus, run)
                                                : fuzz_corpus_pick_of (corpus, run, seed->dialect);
  g_autoptr (GBytes) bytes = fuzz_stream_mutate (run, seed->bytes, donor->bytes);
  g_autoptr (GError) problem = g_error_new_literal (JUMP_ERROR, JUMP_ERROR_UPSTREAM, "cut off");
  Round round = {
    .run = run,
    .upstream = seed->dialect,
    .bytes = bytes,
    .options = {
      .client_model = "client-model",
      .used_model = "used-model",
      .request_id = "req_fuzz",
      .now = 1767225600,
      .requested_n = 1 + fuzz_roll (run, 2),
      .stream = TRUE,
      .show_usage = fuzz_once_in (run, 2),
      .wants_thinking = fuzz_once_in (run, 2),
      .estimated_input = fuzz_once_in (run, 2) ? -1 : 10,
    },
    .problem = fuzz_once_in (run, 8) ? problem : NULL,
  };

  fuzz_run_show (run, seed->path, bytes);
  watch_order (&round);
  play_for (&round, NULL);
  for (guint id = 0; id < JUMP_N_DIALECTS; id++)
    play_for (&round, jump_dialect_get (id));
}

static void
test_streams (void)
{
  g_auto (FuzzCorpus) corpus;

  fuzz_corpus_init (&corpus, "upstream.sse");
  fuzz_run (N_ROUNDS, play, &corpus);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fuzz/streams", test_streams);
  return g_test_run ();
}
