/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/base/json-scan.h"
#include "service/dialects/dialect.h"

#include <string.h>

#define EVENT(type, rest) "event: " type "\ndata: {\"type\":\"" type "\"" rest "}\n\n"
#define FAILED_TAIL                                                                           \
  ",\"incomplete_details\":null,\"model\":\"my-model\",\"instructions\":null,"                \
  "\"max_output_tokens\":null,\"max_tool_calls\":null,\"metadata\":{},"                       \
  "\"parallel_tool_calls\":true,\"previous_response_id\":null,\"prompt_cache_key\":null,"     \
  "\"reasoning\":{\"effort\":null,\"summary\":null},\"safety_identifier\":null,"              \
  "\"service_tier\":\"default\",\"store\":false,\"temperature\":1.0,"                         \
  "\"text\":{\"format\":{\"type\":\"text\"}},\"tool_choice\":\"auto\",\"tools\":[],"          \
  "\"top_logprobs\":0,\"top_p\":1.0,\"truncation\":\"disabled\",\"user\":null,\"output\":[]," \
  "\"usage\":null}"
#define FAILED_HEAD(code, message)                                                      \
  ",\"response\":{\"id\":\"resp_R\",\"object\":\"response\",\"created_at\":1700000000," \
  "\"status\":\"failed\",\"background\":false,\"error\":{\"code\":\"" code              \
  "\",\"message\":\"" message "\"}"
#define ERROR(sequence, code, message, type, inner_code)                                      \
  "event: error\ndata: {\"type\":\"error\",\"sequence_number\":" sequence ",\"code\":\"" code \
  "\",\"message\":\"" message "\",\"param\":null,\"error\":{\"message\":\"" message           \
  "\",\"type\":\"" type "\",\"param\":null,\"code\":" inner_code "}}\n\n"

typedef struct
{
  const char *name;
  const char *upstream;
  const char *client;
  const char *changes;
  JumpPipeStep step; /* after the last event and the end */
  gboolean has_output;
} Case;

#define CUT_OFF "upstream's stream ended before the response was complete"

static const Case cases[] = {
  { "ids",
    EVENT ("response.created",
           ",\"sequence_number\":0,\"response\":{\"id\":\"A\",\"model\":\"gpt\",\"output\":[]}")
        EVENT ("response.output_item.added",
               ",\"sequence_number\":1,\"output_index\":0,\"item\":{\"type\":\"reasoning\","
               "\"id\":\"B\",\"summary\":[]}")
            EVENT ("response.reasoning_summary_text.delta",
                   ",\"sequence_number\":2,\"item_id\":\"C\",\"output_index\":0,\"delta\":\"x\"")
                EVENT ("response.output_item.added",
                       ",\"sequence_number\":3,\"output_index\":1,\"item\":{\"id\":\"D\","
                       "\"type\":\"web_search_call\"}")
                    EVENT ("response.web_search_call.searching",
                           ",\"sequence_number\":4,\"output_index\":1,\"item_id\":\"E\"")
                        EVENT (
                            "response.completed",
                            ",\"sequence_number\":5,\"response\":{\"id\":\"F\",\"model\":\"gpt\","
                            "\"output\":[{\"id\":\"G\",\"type\":\"reasoning\"},"
                            "{\"type\":\"web_search_call\",\"id\":\"H\"}],\"new\":1}"),
    EVENT ("response.created",
           ",\"sequence_number\":0,\"response\":{\"id\":\"resp_R\",\"model\":\"my-model\","
           "\"output\":[]}")
        EVENT ("response.output_item.added",
               ",\"sequence_number\":1,\"output_index\":0,\"item\":{\"type\":\"reasoning\","
               "\"id\":\"rs_R_0\",\"summary\":[]}")
            EVENT ("response.reasoning_summary_text.delta",
                   ",\"sequence_number\":2,\"item_id\":\"rs_R_0\",\"output_index\":0,"
                   "\"delta\":\"x\"")
                EVENT ("response.output_item.added",
                       ",\"sequence_number\":3,\"output_index\":1,\"item\":{\"id\":\"ws_R_1\","
                       "\"type\":\"web_search_call\"}")
                    EVENT ("response.web_search_call.searching",
                           ",\"sequence_number\":4,\"output_index\":1,\"item_id\":\"ws_R_1\"")
                        EVENT ("response.completed",
                               ",\"sequence_number\":5,\"response\":{\"id\":\"resp_R\","
                               "\"model\":\"my-model\",\"output\":[{\"id\":\"rs_R_0\","
                               "\"type\":\"reasoning\"},{\"type\":\"web_search_call\","
                               "\"id\":\"ws_R_1\"}],\"new\":1}"),
    "ids-normalised",
    JUMP_PIPE_DONE,
    TRUE },
  { "filled",
    "event: response.output_item.added\ndata: {\"item\":{\"type\":\"message\"},\ndata: \"x\":1}\n\n"
    "event: response.output_text.delta\ndata: {\"delta\":\"a\"}\n\n"
    "data: {\"type\":\"response.completed\",\"response\":{\"output\":[]}}\n\n",
    EVENT ("response.output_item.added",
           ",\"sequence_number\":0,\"output_index\":0,"
           "\"item\":{\"id\":\"msg_R_0\",\"type\":\"message\"}, \"x\":1")
        EVENT (
            "response.output_text.delta",
            ",\"sequence_number\":1,\"output_index\":0,\"item_id\":\"msg_R_0\","
            "\"delta\":\"a\"") "event: response.completed\ndata: {\"sequence_number\":2,"
                               "\"type\":\"response.completed\",\"response\":{\"id\":\"resp_R\",\"output\":[]}}\n\n",
    "ids-normalised,fields-filled",
    JUMP_PIPE_DONE,
    TRUE },
  { "numbers-that-fall",
    EVENT ("response.in_progress", ",\"sequence_number\":7,\"response\":{\"id\":\"a\"}")
        EVENT ("response.in_progress", ",\"sequence_number\":7,\"response\":{\"id\":\"a\"}")
            EVENT ("response.completed", ",\"sequence_number\":8,\"response\":{\"id\":\"a\"}"),
    EVENT ("response.in_progress", ",\"sequence_number\":7,\"response\":{\"id\":\"resp_R\"}")
        EVENT ("response.in_progress", ",\"sequence_number\":8,\"response\":{\"id\":\"resp_R\"}")
            EVENT ("response.completed", ",\"sequence_number\":9,\"response\":{\"id\":\"resp_R\"}"),
    "ids-normalised,fields-filled",
    JUMP_PIPE_DONE,
    FALSE },
  { "keepalive-and-nothing",
    "event: keepalive\ndata: {\"type\":\"keepalive\",\"sequence_number\":0}\n\ndata:\n\n"
    "data: {\"a\":1}\n\n" EVENT ("response.completed",
                                 ",\"sequence_number\":1,\"response\":{\"id\":\"a\"}"),
    ": keepalive\n\n" EVENT ("response.completed",
                             ",\"sequence_number\":1,\"response\":{\"id\":\"resp_R\"}"),
    "ids-normalised",
    JUMP_PIPE_DONE,
    FALSE },
  { "absurd-number",
    EVENT ("a", ",\"sequence_number\":9223372036854775807") EVENT ("b", ",\"sequence_number\":7")
        EVENT ("response.completed", ",\"sequence_number\":8,\"response\":{\"id\":\"x\"}"),
    EVENT ("a", ",\"sequence_number\":0") EVENT ("b", ",\"sequence_number\":1")
        EVENT ("response.completed", ",\"sequence_number\":2,\"response\":{\"id\":\"resp_R\"}"),
    "ids-normalised,fields-filled",
    JUMP_PIPE_DONE,
    FALSE },
  { "copilot-usage",
    EVENT ("response.completed",
           ",\"sequence_number\":0,\"response\":{\"id\":\"a\",\"copilot_usage\":{}},"
           "\"copilot_usage\":{\"total_nano_aiu\":5}"),
    EVENT ("response.completed", ",\"sequence_number\":0,\"response\":{\"id\":\"resp_R\"}"),
    "ids-normalised,extras-hidden",
    JUMP_PIPE_DONE,
    FALSE },
  { "behind-the-end",
    EVENT ("response.completed", ",\"sequence_number\":0,\"response\":{\"id\":\"a\"}")
        EVENT ("response.created", ",\"sequence_number\":1") "data: [DONE]\n\n",
    EVENT ("response.completed", ",\"sequence_number\":0,\"response\":{\"id\":\"resp_R\"}"),
    "ids-normalised",
    JUMP_PIPE_DONE,
    FALSE },
  { "failed-at-once",
    EVENT ("response.failed",
           ",\"sequence_number\":3,\"response\":{\"id\":\"a\",\"error\":"
           "{\"code\":\"cyber_policy\",\"message\":\"no\"}}"),
    ERROR ("0", "invalid_prompt", "no", "invalid_request_error", "\"cyber_policy\"")
        EVENT ("response.failed",
               ",\"sequence_number\":1,\"response\":{\"id\":\"resp_R\",\"error\":"
               "{\"code\":\"cyber_policy\",\"message\":\"no\"}}"),
    "ids-normalised,fields-filled",
    JUMP_PIPE_ERROR,
    FALSE },
  { "failed-by-overflow",
    EVENT ("response.failed",
           ",\"sequence_number\":3,\"response\":{\"id\":\"a\",\"error\":"
           "{\"code\":\"model_max_prompt_tokens_exceeded\",\"message\":\"too long\"}}"),
    "event: error\ndata: {\"type\":\"error\",\"sequence_number\":0,"
    "\"code\":\"context_length_exceeded\",\"message\":\"too long\",\"param\":null,"
    "\"error\":{\"message\":\"too long\",\"type\":\"invalid_request_error\",\"param\":\"input\","
    "\"code\":\"context_length_exceeded\"}}\n\n" EVENT (
        "response.failed",
        ",\"sequence_number\":1,\"response\":{\"id\":\"resp_R\",\"error\":"
        "{\"code\":\"context_length_exceeded\",\"message\":\"too long\"}}"),
    "ids-normalised,fields-filled",
    JUMP_PIPE_ERROR,
    FALSE },
  { "error",
    EVENT ("error", ",\"code\":\"server_error\",\"message\":\"oh\",\"param\":null"),
    ERROR ("0", "server_error", "oh", "api_error", "\"server_error\"")
        EVENT ("response.failed",
               ",\"sequence_number\":1" FAILED_HEAD ("server_error", "oh") FAILED_TAIL),
    "ids-normalised",
    JUMP_PIPE_ERROR,
    FALSE },
  { "cut-off",
    EVENT ("response.output_text.delta",
           ",\"sequence_number\":4,\"item_id\":\"a\",\"output_index\":0,\"delta\":\"x\""),
    EVENT ("response.output_text.delta",
           ",\"sequence_number\":4,\"item_id\":\"msg_R_0\",\"output_index\":0,\"delta\":\"x\"")
        ERROR ("5", "server_error", CUT_OFF, "api_error", "null")
            EVENT ("response.failed",
                   ",\"sequence_number\":6" FAILED_HEAD ("server_error", CUT_OFF) FAILED_TAIL),
    "ids-normalised",
    JUMP_PIPE_ERROR,
    TRUE },
};

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

  run->step = jump_reply_pipe_event (run->pipe, event, run->out);
  return TRUE;
}

static JumpReplyPipe *
new_pipe (const char *echo)
{
  JumpReplyOptions options = { .client_model = "my-model",
                               .request_id = "R",
                               .now = 1700000000,
                               .echo = echo };

  return jump_dialect_responses.new_repair (&options);
}

/* @cut: how many bytes to push at once, 0 for all */
static void
run_case (const Case *self, gsize cut)
{
  g_autoptr (JumpReplyPipe) pipe = new_pipe (NULL);
  g_autoptr (GString) out = g_string_new (NULL);
  Run run = { pipe, out, JUMP_PIPE_GO_ON };
  g_autoptr (JumpSseParser) parser = jump_sse_parser_new (1 << 20, on_event, NULL, &run);
  gsize length = strlen (self->upstream);

  for (gsize at = 0; at < length; at += cut == 0 ? length : cut)
    g_assert_true (jump_sse_parser_push (parser,
                                         self->upstream + at,
                                         cut == 0 ? length : MIN (cut, length - at),
                                         NULL));
  if (run.step == JUMP_PIPE_GO_ON)
    run.step = jump_reply_pipe_finish (pipe, NULL, out);
  g_assert_cmpstr (out->str, ==, self->client);
  g_assert_cmpint (run.step, ==, self->step);
  g_assert_cmpstr (jump_changes_get (&pipe->changes), ==, self->changes);
  g_assert_cmpint (pipe->has_output, ==, self->has_output);
  g_assert_cmpint (pipe->failure != NULL, ==, self->step == JUMP_PIPE_ERROR);
}

static void
test_case (gconstpointer data)
{
  run_case (data, 0);
  run_case (data, 1);
  run_case (data, 7);
}

static void
push (JumpReplyPipe *pipe, const char *data, GString *out)
{
  JumpSseEvent event = { NULL, 0, data, strlen (data) };

  jump_reply_pipe_event (pipe, &event, out);
}

static void
test_kept_response (void)
{
  g_autoptr (JumpReplyPipe) pipe =
      new_pipe ("\"store\":true,\"previous_response_id\":\"resp_0\",\"new\":[1]");
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *response = NULL;

  pipe->keep_response = TRUE;
  push (pipe,
        "{\"type\":\"response.completed\",\"sequence_number\":1,\"response\":{\"id\":\"a\","
        "\"store\":false,\"usage\":{\"input_tokens\":3,\"output_tokens\":4}}}",
        out);
  response = g_strndup (g_bytes_get_data (pipe->response, NULL), g_bytes_get_size (pipe->response));
  g_assert_cmpstr (response,
                   ==,
                   "{\"previous_response_id\":\"resp_0\",\"new\":[1],\"id\":\"resp_R\","
                   "\"store\":true,\"usage\":{\"input_tokens\":3,\"output_tokens\":4}}");
  g_assert_nonnull (strstr (out->str, response));
  g_assert_cmpint (pipe->usage.input_tokens, ==, 3);
  g_assert_cmpint (pipe->usage.output_tokens, ==, 4);
}

static void
test_white_space (void)
{
  g_autoptr (JumpReplyPipe) pipe = new_pipe (NULL);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < 10 && pipe->failure == NULL; i++)
    push (pipe,
          "{\"type\":\"response.function_call_arguments.delta\",\"sequence_number\":1,"
          "\"output_index\":0,\"item_id\":\"a\",\"delta\":\" \\n\\n\\t\"}",
          out);
  g_assert_nonnull (pipe->failure);
  g_assert_nonnull (strstr (out->str, "event: response.failed"));
}

static void
test_whole (void)
{
  static const char text[] =
      "{ \"id\":\"a\",\"model\":\"gpt\",\"output\":[{\"type\":\"function_call\",\"id\":\"b\"},"
      "{\"type\":\"message\"}],\"usage\":{\"input_tokens\":3},"
      "\"copilot_usage\":{\"total_nano_aiu\":9},\"x\": 1}";
  g_autoptr (JumpReplyPipe) pipe = new_pipe (NULL);
  g_autoptr (GBytes) body = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (GBytes) mended = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = NULL;

  pipe->keep_response = TRUE;
  mended = jump_reply_pipe_whole (pipe, body, &error);
  g_assert_no_error (error);
  shown = g_strndup (g_bytes_get_data (mended, NULL), g_bytes_get_size (mended));
  g_assert_cmpstr (shown,
                   ==,
                   "{ \"id\":\"resp_R\",\"model\":\"my-model\",\"output\":["
                   "{\"type\":\"function_call\",\"id\":\"fc_R_0\"},"
                   "{\"id\":\"msg_R_1\",\"type\":\"message\"}],\"usage\":{\"input_tokens\":3},"
                   "\"x\": 1}");
  g_assert_true (g_bytes_equal (pipe->response, mended));
  g_assert_cmpint (pipe->usage.nano_aiu, ==, 9);
}

static const struct
{
  const char *body;
  int code;
  const char *message;
} wrong[] = {
  { "{\"error\":{\"message\":\"quota\"}}", JUMP_ERROR_UPSTREAM, "quota" },
  { "{\"id\":\"a\",\"status\":\"failed\",\"error\":{\"code\":\"x\",\"message\":\"oh\"},"
    "\"output\":[]}",
    JUMP_ERROR_UPSTREAM,
    "oh" },
  { "{\"status\":\"failed\",\"error\":null,\"output\":[]}",
    JUMP_ERROR_UPSTREAM,
    "upstream broke the answer off without saying why" },
  { "{\"choices\":[]}", JUMP_ERROR_PROTOCOL, "upstream's reply has no output" },
  { "[]", JUMP_ERROR_PROTOCOL, "upstream's reply is no response" },
};

static void
test_wrong_whole (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (JumpReplyPipe) pipe = new_pipe (NULL);
      g_autoptr (GBytes) body = g_bytes_new_static (wrong[i].body, strlen (wrong[i].body));
      g_autoptr (GError) error = NULL;

      g_assert_null (jump_reply_pipe_whole (pipe, body, &error));
      g_assert_error (error, JUMP_ERROR, wrong[i].code);
      g_assert_cmpstr (error->message, ==, wrong[i].message);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/openai-responses-pipe/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/openai-responses-pipe/kept-response", test_kept_response);
  g_test_add_func ("/openai-responses-pipe/white-space", test_white_space);
  g_test_add_func ("/openai-responses-pipe/whole", test_whole);
  g_test_add_func ("/openai-responses-pipe/wrong-whole", test_wrong_whole);
  return g_test_run ();
}
