/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* Requests that nobody would send, prepared for every kind of model in every upstream's dialect. */

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/relay/model-traits-reader.h"
#include "service/relay/prepared-request.h"
#include "service/relay/request-patch.h"
#include "tests/fuzz/fuzz-corpus.h"
#include "tests/fuzz/fuzz-json.h"
#include "tests/fuzz/fuzz-models.h"
#include "tests/fuzz/fuzz-sent.h"

#include <string.h>

#define N_ROUNDS 20000
/* A path and a few words: anything longer holds what the client has said. */
#define MAX_MESSAGE 300

typedef struct
{
  FuzzCorpus corpus;               /* (owned) */
  FuzzModel models[FUZZ_N_MODELS]; /* (owned) */
} Stage;

/* What is said of a request that has nothing left in it that could be sent, or too much. */
static gboolean
is_nothing_to_send (const GError *error)
{
  return strstr (error->message, "expected at least one") != NULL ||
         strstr (error->message, "at most 128 are possible") != NULL ||
         strstr (error->message, "at most 100 levels") != NULL;
}

static void
check_error (FuzzRun *run, const JumpDialect *client, const char *where, const GError *error)
{
  if (error == NULL)
    fuzz_run_complain (run, "%s: %s fails without an error", client->name, where);
  else if (error->domain != JUMP_ERROR || error->code != JUMP_ERROR_BAD_REQUEST)
    fuzz_run_complain (run, "%s: %s: %s is no bad request", client->name, where, error->message);
  else if (strlen (error->message) > MAX_MESSAGE)
    fuzz_run_complain (run, "%s: %s says too much: %.80s", client->name, where, error->message);
}

/* What was patched once needs nothing more. */
static void
check_again (FuzzRun *run,
             const JumpDialect *client,
             const JumpDialect *upstream,
             GBytes *body,
             const FuzzModel *model)
{
  g_auto (JumpChanges) changes = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) again = NULL;
  JumpRequestFacts facts;
  JumpModelTraits traits;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  if (!upstream->scan (&facts, data, length, &error))
    {
      if (!is_nothing_to_send (error))
        fuzz_run_complain (run,
                           "%s > %s: cannot be scanned: %s",
                           client->name,
                           upstream->name,
                           error->message);
      return;
    }
  jump_model_traits_read (&traits, model->id, model->model);
  again = jump_request_patch (upstream, body, &facts, &traits, &changes, &error);
  if (again == NULL)
    fuzz_run_complain (run,
                       "%s > %s: patched twice: %s",
                       client->name,
                       upstream->name,
                       error->message);
  else if (again != body)
    {
      fuzz_run_complain (run,
                         "%s > %s: patched again: %s",
                         client->name,
                         upstream->name,
                         jump_changes_get (&changes));
      fuzz_run_show (run, "again", again);
    }
}

static void
prepare (FuzzRun *run,
         const JumpDialect *client,
         const JumpDialect *upstream,
         GBytes *body,
         const JumpRequestFacts *facts,
         const FuzzModel *model)
{
  g_auto (JumpPreparedRequest) prepared = { NULL };
  g_autoptr (GError) error = NULL;
  JumpPrepareOrder order = {
    .client = client,
    .choice = { upstream, upstream != client || facts->has_odd_tool_names },
    .body = body,
    .facts = facts,
    .model_id = model->id,
    .model = model->model,
  };
  const char *problem;

  if (!jump_prepared_request_make (&prepared, &order, &error))
    {
      check_error (run, client, upstream->name, error);
      if (error != NULL && strstr (error->message, "translating to") != NULL &&
          !is_nothing_to_send (error))
        fuzz_run_complain (run, "%s: %s", client->name, error->message);
      return;
    }
  fuzz_run_show (run, upstream->name, prepared.body);
  problem = fuzz_sent_find_problem (upstream, prepared.body, model->id, order.choice.is_translated);
  if (problem != NULL)
    fuzz_run_complain (run, "%s > %s (%s): %s", client->name, upstream->name, model->id, problem);
  else
    check_again (run, client, upstream, prepared.body, model);
}

static void
play (FuzzRun *run, gpointer user_data)
{
  Stage *stage = user_data;
  const FuzzSeed *seed = fuzz_corpus_pick (&stage->corpus, run);
  const FuzzSeed *donor = fuzz_corpus_pick (&stage->corpus, run);
  g_autoptr (GBytes) body = fuzz_json_mutate (run, seed->bytes, donor->bytes);
  const FuzzModel *model = &stage->models[fuzz_roll (run, FUZZ_N_MODELS)];
  g_autoptr (GError) error = NULL;
  JumpRequestFacts facts;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  fuzz_run_show (run, seed->path, body);
  if (!seed->dialect->scan (&facts, data, length, &error))
    {
      check_error (run, seed->dialect, "scan", error);
      return;
    }
  for (guint id = 0; id < JUMP_N_DIALECTS; id++)
    {
      const JumpDialect *upstream = jump_dialect_get (id);

      if (upstream->upstream_path != NULL)
        prepare (run, seed->dialect, upstream, body, &facts, model);
    }
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
