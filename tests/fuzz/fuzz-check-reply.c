/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/fuzz/fuzz-check-reply.h"

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/conversation/reply-builder.h"
#include "service/dialects/translate-pipe.h"
#include "service/dialects/upstream-failure.h"
#include "tests/fuzz/fuzz-form.h"
#include "tests/support/event-order.h"

#include <string.h>

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

void
fuzz_check_reply (FuzzRun *run,
                  const JumpDialect *upstream,
                  GBytes *body,
                  const JumpReplyOptions *options)
{
  Round round = { run, upstream, body, *options };
  g_autoptr (JumpReply) reply = NULL;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  play_for (&round, NULL);
  for (guint id = 0; id < JUMP_N_DIALECTS; id++)
    play_for (&round, jump_dialect_get (id));
  round.options.stream = TRUE;
  reply = upstream->read_reply (data, length, NULL);
  for (guint id = 0; reply != NULL && id < JUMP_N_DIALECTS; id++)
    stream (&round, reply, jump_dialect_get (id));
}

void
fuzz_check_refusal (FuzzRun *run, guint status, GBytes *body)
{
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
