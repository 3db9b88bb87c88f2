/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* Streams that no upstream should send, for every client: put right in their own dialect, or translated. */

#include "service/base/error.h"
#include "tests/fuzz/fuzz-check-stream.h"
#include "tests/fuzz/fuzz-corpus.h"
#include "tests/fuzz/fuzz-stream.h"

#define N_ROUNDS 10000

static void
play (FuzzRun *run, gpointer user_data)
{
  const FuzzCorpus *corpus = user_data;
  const FuzzSeed *seed = fuzz_corpus_pick (corpus, run);
  const FuzzSeed *donor = fuzz_once_in (run, 4) ? fuzz_corpus_pick (corpus, run)
                                                : fuzz_corpus_pick_of (corpus, run, seed->dialect);
  g_autoptr (GBytes) bytes = fuzz_stream_mutate (run, seed->bytes, donor->bytes);
  g_autoptr (GError) problem = g_error_new_literal (JUMP_ERROR, JUMP_ERROR_UPSTREAM, "cut off");
  JumpReplyOptions options = {
    .client_model = "client-model",
    .used_model = "used-model",
    .request_id = "req_fuzz",
    .now = 1767225600,
    .requested_n = 1 + fuzz_roll (run, 2),
    .stream = TRUE,
    .show_usage = fuzz_once_in (run, 2),
    .wants_thinking = fuzz_once_in (run, 2),
    .estimated_input = fuzz_once_in (run, 2) ? -1 : 10,
  };

  fuzz_run_show (run, seed->path, bytes);
  fuzz_check_stream (run, seed->dialect, bytes, &options, fuzz_once_in (run, 8) ? problem : NULL);
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
