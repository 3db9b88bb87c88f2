/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/fuzz/fuzz-check-request.h"

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/relay/model-traits-reader.h"
#include "service/relay/prepared-request.h"
#include "service/relay/request-patch.h"
#include "tests/fuzz/fuzz-sent.h"

#include <string.h>

/* A path and a few words: anything longer holds what the client has said. */
#define MAX_MESSAGE 300

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
      /* Not anywhere: the client's own words stand in many a message. */
      if (error != NULL && g_str_has_prefix (error->message, "translating to") &&
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

void
fuzz_check_request (FuzzRun *run, const JumpDialect *client, GBytes *body, const FuzzModel *model)
{
  g_autoptr (GError) error = NULL;
  JumpRequestFacts facts;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  if (!client->scan (&facts, data, length, &error))
    {
      check_error (run, client, "scan", error);
      return;
    }
  /* The relay puts what was said before in front of the input, or refuses, before anything is prepared. */
  if (jump_json_span_kind (facts.previous_response_id) == JUMP_JSON_STRING)
    return;
  for (guint id = 0; id < JUMP_N_DIALECTS; id++)
    {
      const JumpDialect *upstream = jump_dialect_get (id);

      if (upstream->upstream_path != NULL)
        prepare (run, client, upstream, body, &facts, model);
    }
}
