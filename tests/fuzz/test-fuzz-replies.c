/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* Whole replies that no upstream should send, for every client. */

#include "tests/fuzz/fuzz-check-reply.h"
#include "tests/fuzz/fuzz-corpus.h"
#include "tests/fuzz/fuzz-json.h"

#include <string.h>

#define N_ROUNDS 8000

static void
play (FuzzRun *run, gpointer user_data)
{
  const FuzzCorpus *corpus = user_data;
  const FuzzSeed *seed = fuzz_corpus_pick (corpus, run);
  const FuzzSeed *donor = fuzz_corpus_pick (corpus, run);
  g_autoptr (GBytes) body = fuzz_json_mutate (run, seed->bytes, donor->bytes);
  JumpReplyOptions options = {
    .client_model = "client-model",
    .used_model = "used-model",
    .request_id = "req_fuzz",
    .now = 1767225600,
    .requested_n = 1 + fuzz_roll (run, 2),
    .show_usage = TRUE,
    .wants_thinking = fuzz_once_in (run, 2),
    .estimated_input = -1,
  };

  fuzz_run_show (run, seed->path, body);
  fuzz_check_reply (run, seed->dialect, body, &options);
}

static void
test_replies (void)
{
  g_auto (FuzzCorpus) corpus;

  fuzz_corpus_init (&corpus, "reply.json");
  fuzz_run (N_ROUNDS, play, &corpus);
}

/* ---- upstream's refusals ---- */

static const char *const refusals[] = {
  "{\"error\":{\"message\":\"prompt token count of 200001 exceeds the limit of 128000\","
  "\"code\":\"model_max_prompt_tokens_exceeded\"}}",
  "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":"
  "\"prompt is too long: 250000 tokens > 200000 maximum\"},\"request_id\":\"r\"}",
  "{\"message\":\"Bad credentials\",\"documentation_url\":\"https://docs.example\"}",
  "{\"error\":\"{\\\"error\\\":{\\\"message\\\":\\\"inside\\\",\\\"code\\\":\\\"c\\\"}}\"}",
  "{\"error\":{\"message\":\"Unknown parameter: 'a.b'.\",\"type\":\"invalid_request_error\","
  "\"param\":\"a.b\",\"code\":\"unknown_parameter\"}}",
  "{\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"x\",\"message\":\"m\"}}}",
  "quota exceeded\n",
  "<html><body>502</body></html>",
  "",
};

static void
refuse (FuzzRun *run, gpointer user_data G_GNUC_UNUSED)
{
  static const guint statuses[] = { 200, 400, 401, 402, 403, 404, 408, 413, 422, 429, 500, 529, 0 };
  guint status = statuses[fuzz_roll (run, G_N_ELEMENTS (statuses))];
  const char *seed = refusals[fuzz_roll (run, G_N_ELEMENTS (refusals))];
  const char *other = refusals[fuzz_roll (run, G_N_ELEMENTS (refusals))];
  g_autoptr (GBytes) first = g_bytes_new_static (seed, strlen (seed));
  g_autoptr (GBytes) donor = g_bytes_new_static (other, strlen (other));
  g_autoptr (GBytes) body = fuzz_json_mutate (run, first, donor);

  fuzz_check_refusal (run, status, body);
}

static void
test_refusals (void)
{
  fuzz_run (N_ROUNDS, refuse, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fuzz/replies", test_replies);
  g_test_add_func ("/fuzz/refusals", test_refusals);
  return g_test_run ();
}
