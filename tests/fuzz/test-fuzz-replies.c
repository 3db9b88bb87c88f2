/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* Whole replies that no upstream should send, for every client. */

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/conversation/reply-builder.h"
#include "service/dialects/translate-pipe.h"
#include "service/dialects/upstream-failure.h"
#include "tests/fuzz/fuzz-corpus.h"
#include "tests/fuzz/fuzz-form.h"
#include "tests/fuzz/fuzz-json.h"
#include "tests/support/event-order.h"

#include <string.h>

#define N_ROUNDS 8000

typedef struct
{
  FuzzRun *run;
  const JumpDialect *upstream;
  GBytes *body;
  JumpReplyOptions options;
} Round;

static void
check_json (const Round *round, const char *name, GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  fuzz_run_show (round->run, name, bytes);
  if (!jump_json_validate (data, length, 2 * JUMP_LIMIT_JSON_DEPTH, NULL))
    fuzz_run_complain (round->run, "%s > %s: no JSON", round->upstream->name, name);
  else if (jump_json_span_kind (jump_json_span_trim (data, length)) != JUMP_JSON_OBJECT)
    fuzz_run_complain (round->run, "%s > %s: no object", round->upstream->name, name);
}

/* @client: (nullable): %NULL stays in upstream's dialect */
static void
play_for (const Round *round, const JumpDialect *client)
{
  const char *name = client == NULL ? "repair" : client->name;
  g_autoptr (JumpReplyPipe) pipe =
      client == NULL ? round->upstream->new_repair (&round->options)
                     : jump_translate_pipe_new (round->upstream, client, &round->options);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  pipe->keep_response = TRUE;
  bytes = jump_reply_pipe_whole (pipe, round->body, &error);
  if ((bytes == NULL) != (error != NULL))
    fuzz_run_complain (round->run, "%s > %s: neither reply nor error", round->upstream->name, name);
  else if (bytes != NULL)
    check_json (round, name, bytes);
  else if (error->domain != JUMP_ERROR ||
           (error->code != JUMP_ERROR_UPSTREAM && error->code != JUMP_ERROR_PROTOCOL))
    fuzz_run_complain (round->run, "%s > %s: %s", round->upstream->name, name, error->message);
}

typedef struct
{
  JumpEventOrder order;
  JumpEncoder *encoder; /* (owned) */
  GString *out;         /* (owned) */
} Writer;

static void
on_reply_event (const JumpReplyEvent *event, gpointer user_data)
{
  Writer *writer = user_data;

  jump_event_order_watch (&writer->order, event);
  jump_encoder_event (writer->encoder, event, writer->out);
}

/* The reply as a stream: the events of a whole reply keep the same order. */
static void
stream (const Round *round, const JumpReply *reply, const JumpDialect *client)
{
  g_autoptr (JumpEncoder) encoder = client->new_encoder (&round->options);
  g_autoptr (GString) out = g_string_new (NULL);
  Writer writer = { .encoder = encoder, .out = out };
  const char *problem;

  jump_reply_foreach_event (reply, on_reply_event, &writer);
  problem = writer.order.problem;
  if (problem == NULL)
    problem = fuzz_form_find_problem (client, out, JUMP_PIPE_DONE, TRUE);
  if (problem != NULL)
    fuzz_run_complain (round->run,
                       "%s as a stream > %s: %s",
                       round->upstream->name,
                       client->name,
                       problem);
}

static void
play (FuzzRun *run, gpointer user_data)
{
  const FuzzCorpus *corpus = user_data;
  const FuzzSeed *seed = fuzz_corpus_pick (corpus, run);
  const FuzzSeed *donor = fuzz_corpus_pick (corpus, run);
  g_autoptr (GBytes) body = fuzz_json_mutate (run, seed->bytes, donor->bytes);
  Round round = {
    .run = run,
    .upstream = seed->dialect,
    .body = body,
    .options = {
      .client_model = "client-model",
      .used_model = "used-model",
      .request_id = "req_fuzz",
      .now = 1767225600,
      .requested_n = 1 + fuzz_roll (run, 2),
      .show_usage = TRUE,
      .wants_thinking = fuzz_once_in (run, 2),
      .estimated_input = -1,
    },
  };
  g_autoptr (JumpReply) reply = NULL;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  fuzz_run_show (run, seed->path, body);
  play_for (&round, NULL);
  for (guint id = 0; id < JUMP_N_DIALECTS; id++)
    play_for (&round, jump_dialect_get (id));
  round.options.stream = TRUE;
  reply = seed->dialect->read_reply (data, length, NULL);
  for (guint id = 0; reply != NULL && id < JUMP_N_DIALECTS; id++)
    stream (&round, reply, jump_dialect_get (id));
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
  g_autoptr (JumpFailure) failure = jump_upstream_failure_read (status, body);

  fuzz_run_show (run, "refusal", body);
  if (failure == NULL || failure->message == NULL || *failure->message == '\0')
    {
      fuzz_run_complain (run, "failure without a message");
      return;
    }
  if (!g_utf8_validate (failure->message, -1, NULL))
    fuzz_run_complain (run, "message is no UTF-8");
  for (guint id = 0; id < JUMP_N_DIALECTS; id++)
    {
      const JumpDialect *client = jump_dialect_get (id);
      Round round = { .run = run, .upstream = client };
      g_autoptr (GBytes) written = client->write_failure (failure, "req_fuzz");
      g_autoptr (GBytes) passed =
          client->pass_failure == NULL ? NULL : client->pass_failure (status, body);

      check_json (&round, "failure", written);
      if (passed != NULL)
        check_json (&round, "passed", passed);
    }
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
