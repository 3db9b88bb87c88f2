/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/dialects/anthropic-repair.h"

#include <string.h>

#define EVENT(type, data) "event: " type "\ndata: {\"type\":\"" type "\"" data "}\n\n"
#define BARE(type, data)  "data: {\"type\":\"" type "\"" data "}\n\n"
#define START(model, usage)                                                       \
  EVENT ("message_start",                                                         \
         ",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"model\":\"" model \
         "\",\"x\":[],\"usage\":{" usage "}}")
#define USAGE "\"input_tokens\":3,\"output_tokens\":1"
#define BLOCK EVENT ("content_block_start", ",\"index\":0,\"content_block\":{\"type\":\"text\"}")
#define DELTA EVENT ("content_block_delta", ",\"index\":0,\"delta\":{\"text\":\"Hi\"}")
#define STOP              \
  EVENT ("message_delta", \
         ",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":7}")
#define END  EVENT ("message_stop", "")
#define PING EVENT ("ping", "")
#define ERROR_(kind, message)                                           \
  "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"" kind \
  "\",\"message\":\"" message "\"},\"request_id\":\"r1\"}\n\n"
#define CUT_OFF ERROR_ ("api_error", "upstream ended the stream in the middle of the answer")

typedef struct
{
  const char *name;
  const char *upstream;
  const char *client;
  JumpPipeStep step;
  const char *changes;
  gboolean has_output;
  gint64 input;
  gint64 output;
} Case;

static const Case cases[] = {
  { "same",
    START ("claude-x", USAGE) PING BLOCK DELTA PING STOP END,
    START ("mine", USAGE) BLOCK DELTA PING STOP END,
    JUMP_PIPE_DONE,
    "",
    TRUE,
    3,
    7 },
  { "done-dropped",
    START ("claude-x", USAGE) BLOCK DELTA STOP END "data: [DONE]\n\n",
    START ("mine", USAGE) BLOCK DELTA STOP END,
    JUMP_PIPE_DONE,
    "",
    TRUE,
    3,
    7 },
  { "names-filled",
    BARE ("message_start",
          ",\"message\":{\"id\":\"msg_1\",\"model\":\"mine\",\"usage\":{" USAGE "}}")
        BARE ("content_block_delta", ",\"delta\":{}") BARE ("message_stop", ""),
    EVENT ("message_start",
           ",\"message\":{\"id\":\"msg_1\",\"model\":\"mine\",\"usage\":{" USAGE "}}")
        EVENT ("content_block_delta", ",\"delta\":{}") EVENT ("message_stop", ""),
    JUMP_PIPE_DONE,
    "",
    TRUE,
    3,
    -1 },
  { "unknown-survives",
    START ("claude-x", USAGE) EVENT ("of_next_year", ",\"a\":[1, 2]")
        BLOCK EVENT ("content_block_delta", ",\"index\":0,\"delta\":{\"of_next_year\":{}},\"b\":1")
            STOP END,
    START ("mine", USAGE) EVENT ("of_next_year", ",\"a\":[1, 2]")
        BLOCK EVENT ("content_block_delta", ",\"index\":0,\"delta\":{\"of_next_year\":{}},\"b\":1")
            STOP END,
    JUMP_PIPE_DONE,
    "",
    TRUE,
    3,
    7 },
  { "extras-hidden",
    START ("claude-x", USAGE) BLOCK EVENT (
        "content_block_delta",
        ",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"copilot_annotations\":{\"a\":1},"
        "\"text\":\"\\\"copilot_x\"}")
        EVENT ("message_delta",
               ",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":7},"
               "\"copilot_usage\":{\"total_nano_aiu\":5}")
            EVENT ("message_stop", ",\"amazon-bedrock-invocationMetrics\":{\"inputTokenCount\":1}"),
    START ("mine", USAGE)
        BLOCK EVENT ("content_block_delta",
                     ",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"\\\"copilot_x\"}")
            EVENT ("message_delta",
                   ",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":7}") END,
    JUMP_PIPE_DONE,
    "extras-hidden",
    TRUE,
    3,
    7 },
  { "usage-estimated",
    START ("claude-x", "\"input_tokens\":0,\"cache_read_input_tokens\":0") BLOCK DELTA STOP END,
    START ("mine", "\"input_tokens\":55,\"cache_read_input_tokens\":0") BLOCK DELTA STOP END,
    JUMP_PIPE_DONE,
    "usage-estimated",
    TRUE,
    -1,
    7 },
  { "usage-of-the-cache-only",
    START ("claude-x", "\"input_tokens\":0,\"cache_read_input_tokens\":9") BLOCK DELTA STOP END,
    START ("mine", "\"input_tokens\":0,\"cache_read_input_tokens\":9") BLOCK DELTA STOP END,
    JUMP_PIPE_DONE,
    "",
    TRUE,
    9,
    7 },
  { "usage-and-id-missing",
    EVENT ("message_start", ",\"message\":{\"type\":\"message\"}") BLOCK DELTA STOP END,
    EVENT ("message_start",
           ",\"message\":{\"id\":\"msg_r1\",\"model\":\"mine\",\"usage\":{\"input_tokens\":55,"
           "\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,\"output_tokens\":0},"
           "\"type\":\"message\"}") BLOCK DELTA STOP END,
    JUMP_PIPE_DONE,
    "fields-filled,usage-estimated",
    TRUE,
    -1,
    7 },
  { "end-added",
    START ("claude-x", USAGE) BLOCK DELTA STOP,
    START ("mine", USAGE) BLOCK DELTA STOP END,
    JUMP_PIPE_DONE,
    "end-added",
    TRUE,
    3,
    7 },
  { "cut-off",
    START ("claude-x", USAGE) BLOCK DELTA,
    START ("mine", USAGE) BLOCK DELTA CUT_OFF,
    JUMP_PIPE_ERROR,
    "",
    TRUE,
    3,
    -1 },
  { "cut-off-at-once", START ("claude-x", USAGE), CUT_OFF, JUMP_PIPE_ERROR, "", FALSE, 3, -1 },
  { "error",
    START ("claude-x", USAGE) BLOCK DELTA
    "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":"
    "\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n",
    START ("mine", USAGE) BLOCK DELTA ERROR_ ("overloaded_error", "Overloaded"),
    JUMP_PIPE_ERROR,
    "",
    TRUE,
    3,
    -1 },
  { "flat-error",
    "data: {\"error\":{\"message\":\"slow down\",\"code\":\"rate_limited\"}}\n\n",
    ERROR_ ("rate_limit_error", "slow down"),
    JUMP_PIPE_ERROR,
    "",
    FALSE,
    -1,
    -1 },
  { "no-json",
    START ("claude-x", USAGE) "data: {\"type\"\n\n",
    ERROR_ ("api_error", "upstream sent an event that is no JSON object"),
    JUMP_PIPE_ERROR,
    "",
    FALSE,
    3,
    -1 },
};

static JumpReplyPipe *
new_pipe (void)
{
  const JumpReplyOptions options = {
    .client_model = "mine",
    .request_id = "r1",
    .estimated_input = 55,
  };

  return jump_anthropic_repair_new (&options);
}

typedef struct
{
  JumpReplyPipe *pipe;
  GString *out;
  JumpPipeStep step;
} Run;

static gboolean
on_event (const JumpSseEvent *event, gpointer user_data)
{
  Run *run = user_data;

  if (run->step == JUMP_PIPE_GO_ON)
    run->step = jump_reply_pipe_event (run->pipe, event, run->out);
  return TRUE;
}

/* @cut: how many bytes to push at once, 0 for all, -1 for random amounts. */
static void
run_case (const Case *self, int cut, GRand *random)
{
  g_autoptr (JumpReplyPipe) pipe = new_pipe ();
  g_autoptr (GString) out = g_string_new (NULL);
  Run run = { pipe, out, JUMP_PIPE_GO_ON };
  g_autoptr (JumpSseParser) parser =
      jump_sse_parser_new (JUMP_LIMIT_SSE_EVENT, on_event, NULL, &run);
  gsize length = strlen (self->upstream);

  for (gsize at = 0; at < length;)
    {
      gsize n = cut > 0 ? (gsize) cut : length;

      if (cut < 0)
        n = (gsize) g_rand_int_range (random, 1, 60);
      n = MIN (n, length - at);
      g_assert_true (jump_sse_parser_push (parser, self->upstream + at, n, NULL));
      at += n;
    }
  if (run.step == JUMP_PIPE_GO_ON)
    run.step = jump_reply_pipe_finish (pipe, NULL, out);
  g_assert_cmpstr (out->str, ==, self->client);
  g_assert_cmpint (run.step, ==, self->step);
  g_assert_cmpstr (jump_changes_get (&pipe->changes), ==, self->changes);
  g_assert_cmpint (pipe->has_output, ==, self->has_output);
  g_assert_cmpint (pipe->failure != NULL, ==, self->step == JUMP_PIPE_ERROR);
  g_assert_cmpint (pipe->usage.input_tokens, ==, self->input);
  g_assert_cmpint (pipe->usage.output_tokens, ==, self->output);
}

static void
test_stream (gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (9);

  run_case (data, 0, random);
  run_case (data, 1, random);
  for (guint i = 0; i < 20; i++)
    run_case (data, -1, random);
}

#define BODY(id, model, rest) \
  "{\"id\":" id ",\"type\":\"message\",\"model\":" model ",\"content\":[" rest "}"

static void
test_whole (void)
{
  static const struct
  {
    const char *upstream;
    const char *client;
    const char *changes;
  } rows[] = {
    { BODY ("\"msg_1\"", "\"mine\"", "],\"usage\":{\"input_tokens\":1},\"x\":null"), NULL, "" },
    { BODY ("\"msg_1\"", "\"claude-x\"", "],\"usage\":{\"input_tokens\":1},\"x\":null"),
      BODY ("\"msg_1\"", "\"mine\"", "],\"usage\":{\"input_tokens\":1},\"x\":null"),
      "" },
    { BODY ("\"\"",
            "\"mine\"",
            "{\"type\":\"tool_use\",\"input\":{\"copilot_usage\":1},\"copilot_annotations\":{}}],"
            "\"usage\":{},\"copilot_usage\":{}"),
      BODY ("\"msg_r1\"",
            "\"mine\"",
            "{\"type\":\"tool_use\",\"input\":{\"copilot_usage\":1}}],\"usage\":{}"),
      "fields-filled,extras-hidden" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpReplyPipe) pipe = new_pipe ();
      g_autoptr (GBytes) body = g_bytes_new_static (rows[i].upstream, strlen (rows[i].upstream));
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) client = jump_reply_pipe_whole (pipe, body, &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      text = g_strndup (g_bytes_get_data (client, NULL), g_bytes_get_size (client));
      g_assert_cmpstr (text, ==, rows[i].client == NULL ? rows[i].upstream : rows[i].client);
      g_assert_cmpint (client == body, ==, rows[i].client == NULL);
      g_assert_cmpstr (jump_changes_get (&pipe->changes), ==, rows[i].changes);
    }
}

static void
test_whole_refused (void)
{
  static const struct
  {
    const char *upstream;
    JumpError code;
    const char *message;
  } rows[] = {
    { "{\"error\":{\"message\":\"no way\",\"code\":\"x\"}}", JUMP_ERROR_UPSTREAM, "no way" },
    { "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"no\"}}",
      JUMP_ERROR_UPSTREAM,
      "no" },
    { "{}", JUMP_ERROR_PROTOCOL, "upstream's reply is no message" },
    { "", JUMP_ERROR_PROTOCOL, "upstream's reply is no JSON" },
    { "<html>", JUMP_ERROR_PROTOCOL, "upstream's reply is no JSON" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpReplyPipe) pipe = new_pipe ();
      g_autoptr (GBytes) body = g_bytes_new_static (rows[i].upstream, strlen (rows[i].upstream));
      g_autoptr (GError) error = NULL;

      g_assert_null (jump_reply_pipe_whole (pipe, body, &error));
      g_assert_error (error, JUMP_ERROR, (int) rows[i].code);
      g_assert_cmpstr (error->message, ==, rows[i].message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/anthropic-repair/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_stream);
    }
  g_test_add_func ("/anthropic-repair/whole", test_whole);
  g_test_add_func ("/anthropic-repair/whole-refused", test_whole_refused);
  return g_test_run ();
}
