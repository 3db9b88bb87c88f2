/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* Requests that nobody would send, prepared for every kind of model in every upstream's dialect. */

#include "tests/fuzz/fuzz-check-request.h"
#include "tests/fuzz/fuzz-corpus.h"
#include "tests/fuzz/fuzz-json.h"

#define N_ROUNDS 20000

typedef struct
{
  FuzzCorpus corpus;               /* (owned) */
  FuzzModel models[FUZZ_N_MODELS]; /* (owned) */
} Stage;

static void
play (FuzzRun *run, gpointer user_data)
{
  Stage *stage = user_data;
  const FuzzSeed *seed = fuzz_corpus_pick (&stage->corpus, run);
  const FuzzSeed *donor = fuzz_corpus_pick (&stage->corpus, run);
  g_autoptr (GBytes) body = fuzz_json_mutate (run, seed->bytes, donor->bytes);
  const FuzzModel *model = &stage->models[fuzz_roll (run, FUZZ_N_MODELS)];

  fuzz_run_show (run, seed->path, body);
  fuzz_check_request (run, seed->dialect, body, model);
}

static void
test_requests (void)
{
  Stage stage;

  fuzz_corpus_init (&stage.corpus, "request.json");
  fuzz_models_init (stage.models);
  fuzz_run (N_ROUNDS, play, &stage);
  fuzz_models_clear (stage.models);
  fuzz_corpus_clear (&stage.corpus);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fuzz/requests", test_requests);
  return g_test_run ();
}
