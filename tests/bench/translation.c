/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/translate-pipe.h"
#include "service/relay/prepared-request.h"
#include "service/sse/sse-parser.h"
#include "tests/bench/translation-input.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* bench-translation [ROUNDS]: what a chunk costs on its way through each lane, and how long a big request
 * takes to be translated; no network, processor time of this process, medians of rounds in turns.
 * Prints one JSON object: nanoseconds per chunk, milliseconds per request. */

#define N_CHUNKS      20000
#define REQUEST_BYTES (1024 * 1024)
#define READ_SIZE     2048 /* what one read of a stream brings at most */
#define MAX_ROUNDS    64

typedef struct
{
  const char *name;
  JumpDialectId upstream;
  JumpDialectId client;
  double rounds[MAX_ROUNDS];
} Lane;

typedef struct
{
  JumpReplyPipe *pipe;
  GString *out;
  gsize total;
} Drain;

static double
processor_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static gboolean
on_event (const JumpSseEvent *event, gpointer user_data)
{
  Drain *drain = user_data;

  return jump_reply_pipe_event (drain->pipe, event, drain->out) == JUMP_PIPE_GO_ON;
}

static JumpReplyPipe *
new_pipe (const Lane *lane)
{
  JumpReplyOptions options = {
    .client_model = "some-model",
    .used_model = "some-model",
    .request_id = "0b1f2a3c-0000-4000-8000-000000000000",
    .now = 1790000000,
    .requested_n = 1,
    .stream = TRUE,
    .wants_thinking = TRUE,
    .estimated_input = 10,
  };
  const JumpDialect *client = jump_dialect_get (lane->client);

  if (lane->upstream == lane->client)
    return client->new_repair (&options);
  return jump_translate_pipe_new (jump_dialect_get (lane->upstream), client, &options);
}

/* Returns: nanoseconds per chunk */
static double
run_lane (const Lane *lane, const GString *stream)
{
  g_autoptr (JumpReplyPipe) pipe = new_pipe (lane);
  Drain drain = { pipe, g_string_new (NULL), 0 };
  g_autoptr (JumpSseParser) parser = jump_sse_parser_new (1 << 20, on_event, NULL, &drain);
  double begin = processor_seconds ();
  double end;

  for (gsize at = 0; at < stream->len; at += READ_SIZE)
    {
      jump_sse_parser_push (parser, stream->str + at, MIN (READ_SIZE, stream->len - at), NULL);
      drain.total += drain.out->len;
      g_string_truncate (drain.out, 0);
    }
  end = processor_seconds ();
  if (pipe->failure != NULL)
    g_error ("%s: %s", lane->name, pipe->failure->message);
  g_assert_cmpuint (drain.total, >, (gsize) N_CHUNKS * 30);
  g_string_free (drain.out, TRUE);
  return (end - begin) / N_CHUNKS * 1e9;
}

/* Returns: milliseconds */
static double
run_request (GBytes *body, JumpDialectId from, JumpDialectId to)
{
  g_auto (JumpPreparedRequest) prepared = { NULL };
  g_autoptr (GError) error = NULL;
  JumpRequestFacts facts;
  JumpPrepareOrder order = {
    .client = jump_dialect_get (from),
    .choice = { jump_dialect_get (to), from != to },
    .body = body,
    .facts = &facts,
    .model_id = "some-model",
  };
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  double begin = processor_seconds ();

  if (!order.client->scan (&facts, data, length, &error) ||
      !jump_prepared_request_make (&prepared, &order, &error))
    g_error ("translating the request: %s", error->message);
  g_assert_cmpuint (g_bytes_get_size (prepared.body), >, length / 2);
  return (processor_seconds () - begin) * 1e3;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
median (double *numbers, guint n)
{
  qsort (numbers, n, sizeof *numbers, compare_numbers);
  return numbers[n / 2];
}

int
main (int argc, char **argv)
{
  guint n_rounds = argc > 1 ? (guint) CLAMP (atoi (argv[1]), 1, MAX_ROUNDS) : 9;
  Lane lanes[] = {
    { "chat", JUMP_DIALECT_CHAT, JUMP_DIALECT_CHAT, { 0 } },
    { "responses", JUMP_DIALECT_RESPONSES, JUMP_DIALECT_RESPONSES, { 0 } },
    { "messages", JUMP_DIALECT_MESSAGES, JUMP_DIALECT_MESSAGES, { 0 } },
    { "chat>messages", JUMP_DIALECT_CHAT, JUMP_DIALECT_MESSAGES, { 0 } },
    { "responses>messages", JUMP_DIALECT_RESPONSES, JUMP_DIALECT_MESSAGES, { 0 } },
    { "responses>chat", JUMP_DIALECT_RESPONSES, JUMP_DIALECT_CHAT, { 0 } },
    { "messages>chat", JUMP_DIALECT_MESSAGES, JUMP_DIALECT_CHAT, { 0 } },
    { "messages>responses", JUMP_DIALECT_MESSAGES, JUMP_DIALECT_RESPONSES, { 0 } },
    { "chat>ollama-chat", JUMP_DIALECT_CHAT, JUMP_DIALECT_OLLAMA_CHAT, { 0 } },
  };
  GString *streams[] = {
    [JUMP_DIALECT_CHAT] = bench_translation_stream (JUMP_DIALECT_CHAT, N_CHUNKS),
    [JUMP_DIALECT_RESPONSES] = bench_translation_stream (JUMP_DIALECT_RESPONSES, N_CHUNKS),
    [JUMP_DIALECT_MESSAGES] = bench_translation_stream (JUMP_DIALECT_MESSAGES, N_CHUNKS),
  };
  g_autoptr (GBytes) request = bench_translation_request (REQUEST_BYTES);
  double to_chat[MAX_ROUNDS];
  double to_responses[MAX_ROUNDS];
  double to_messages[MAX_ROUNDS];

  for (guint i = 0; i < n_rounds; i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (lanes); j++)
        lanes[j].rounds[i] = run_lane (&lanes[j], streams[lanes[j].upstream]);
      to_chat[i] = run_request (request, JUMP_DIALECT_MESSAGES, JUMP_DIALECT_CHAT);
      to_responses[i] = run_request (request, JUMP_DIALECT_MESSAGES, JUMP_DIALECT_RESPONSES);
      to_messages[i] = run_request (request, JUMP_DIALECT_MESSAGES, JUMP_DIALECT_MESSAGES);
    }
  printf ("{");
  for (gsize j = 0; j < G_N_ELEMENTS (lanes); j++)
    printf ("\"%s\": %.1f, ", lanes[j].name, median (lanes[j].rounds, n_rounds));
  printf ("\"request messages>chat\": %.3f, \"request messages>responses\": %.3f, "
          "\"request messages\": %.3f}\n",
          median (to_chat, n_rounds),
          median (to_responses, n_rounds),
          median (to_messages, n_rounds));
  for (gsize j = 0; j < G_N_ELEMENTS (streams); j++)
    g_string_free (streams[j], TRUE);
  return 0;
}
