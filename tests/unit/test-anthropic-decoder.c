/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/dialects/anthropic-decoder.h"
#include "service/sse/sse-parser.h"

#include <string.h>

#define EVENT(data) "data: " data "\n\n"
#define MESSAGE_START                                                                        \
  EVENT ("{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"claude-x\"," \
         "\"usage\":{\"input_tokens\":10,\"cache_read_input_tokens\":100,"                   \
         "\"cache_creation_input_tokens\":5,\"output_tokens\":1}}}")
#define START "START msg_1 claude-x 115/100/5/-1"
#define BLOCK(i, block) \
  EVENT ("{\"type\":\"content_block_start\",\"index\":" i ",\"content_block\":{" block "}}")
#define DELTA(i, delta) \
  EVENT ("{\"type\":\"content_block_delta\",\"index\":" i ",\"delta\":{" delta "}}")
#define BLOCK_STOP(i) EVENT ("{\"type\":\"content_block_stop\",\"index\":" i "}")
#define STOP(reason)                                                        \
  EVENT ("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"" reason \
         "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":7}}")
#define USAGE        "USAGE 115/100/5/7"
#define MESSAGE_STOP EVENT ("{\"type\":\"message_stop\"}")
#define TEXT(i, text)                          \
  BLOCK (i, "\"type\":\"text\",\"text\":\"\"") \
  DELTA (i, "\"type\":\"text_delta\",\"text\":\"" text "\"") BLOCK_STOP (i)
#define TOOL(i)                                                                                \
  BLOCK (i,                                                                                    \
         "\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"read\",\"input\":{},\"caller\":" \
         "{\"type\":\"direct\"}")
#define ARGUMENTS(i, json) DELTA (i, "\"type\":\"input_json_delta\",\"partial_json\":\"" json "\"")

typedef struct
{
  const char *name;
  const char *upstream;
  const char *events; /* joined by a bar */
  gboolean is_broken; /* the connection broke */
} Case;

static const Case cases[] = {
  { "text",
    MESSAGE_START EVENT ("{\"type\":\"ping\"}") TEXT ("0", "Hi\\n\\u00e4") STOP ("end_turn")
        MESSAGE_STOP,
    START "|PING|TEXT \"Hi\\n\\u00e4\"|PART_END|" USAGE "|STOP 1|END",
    FALSE },
  { "done-behind",
    MESSAGE_START TEXT ("0", "Hi") STOP ("max_tokens") MESSAGE_STOP EVENT ("[DONE]"),
    START "|TEXT \"Hi\"|PART_END|" USAGE "|STOP 3|END",
    FALSE },
  { "done-instead",
    MESSAGE_START TEXT ("0", "Hi") STOP ("end_turn") EVENT ("[DONE]"),
    START "|TEXT \"Hi\"|PART_END|" USAGE "|STOP 1|END",
    FALSE },
  { "no-message-stop",
    MESSAGE_START TEXT ("0", "Hi") STOP ("end_turn"),
    START "|TEXT \"Hi\"|PART_END|" USAGE "|STOP 1|END",
    FALSE },
  { "broken-behind-stop",
    MESSAGE_START TEXT ("0", "Hi") STOP ("end_turn"),
    START "|TEXT \"Hi\"|PART_END|" USAGE "|STOP 1|END",
    TRUE },
  { "cut-off",
    MESSAGE_START TEXT ("0", "Hi"),
    START "|TEXT \"Hi\"|PART_END|FAILURE 12 502|END",
    FALSE },
  { "broken", MESSAGE_START, START "|FAILURE 10 504|END", TRUE },
  { "no-stop-reason",
    MESSAGE_START TEXT ("0", "Hi") MESSAGE_STOP,
    START "|TEXT \"Hi\"|PART_END|USAGE 115/100/5/-1|STOP 0|END",
    FALSE },
  { "nothing", MESSAGE_START STOP ("end_turn") MESSAGE_STOP, START "|" USAGE "|STOP 1|END", FALSE },
  { "thinking",
    MESSAGE_START BLOCK ("0", "\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"")
        DELTA ("0", "\"type\":\"thinking_delta\",\"thinking\":\"Hm\"")
            DELTA ("0", "\"type\":\"signature_delta\",\"signature\":\"ab\"")
                DELTA ("0", "\"type\":\"signature_delta\",\"signature\":\"cd\"") BLOCK_STOP ("0")
                    TEXT ("1", "Hi") STOP ("end_turn") MESSAGE_STOP,
    START "|REASONING \"Hm\"|STATE 3 abcd used|PART_END|TEXT \"Hi\"|PART_END|" USAGE "|STOP 1|END",
    FALSE },
  { "signature-in-start",
    MESSAGE_START BLOCK ("0", "\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"xy\"")
        BLOCK_STOP ("0") STOP ("end_turn") MESSAGE_STOP,
    START "|STATE 3 xy used|PART_END|" USAGE "|STOP 1|END",
    FALSE },
  { "redacted",
    MESSAGE_START BLOCK ("0", "\"type\":\"redacted_thinking\",\"data\":\"zz\"") BLOCK_STOP ("0")
        STOP ("end_turn") MESSAGE_STOP,
    START "|STATE 4 zz used|PART_END|" USAGE "|STOP 1|END",
    FALSE },
  { "tools",
    MESSAGE_START TOOL ("0") ARGUMENTS ("0", "") ARGUMENTS ("0", "{\\\"a\\\"")
        ARGUMENTS ("0", ":1}") BLOCK_STOP ("0") TOOL ("1") BLOCK_STOP ("1") STOP ("tool_use")
            MESSAGE_STOP,
    START "|TOOL_CALL toolu_1 read|ARGUMENTS \"{\\\"a\\\"\"|ARGUMENTS \":1}\"|PART_END|"
          "TOOL_CALL toolu_1 read|ARGUMENTS \"{}\"|PART_END|" USAGE "|STOP 5|END",
    FALSE },
  { "arguments-in-start",
    MESSAGE_START BLOCK (
        "0",
        "\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"n\",\"input\":{\"a\":\"b\"}")
        BLOCK_STOP ("0") STOP ("tool_use") MESSAGE_STOP,
    START "|TOOL_CALL t n|ARGUMENTS \"{\\\"a\\\":\\\"b\\\"}\"|PART_END|" USAGE "|STOP 5|END",
    FALSE },
  { "tool-without-id",
    MESSAGE_START BLOCK ("0", "\"type\":\"tool_use\",\"name\":\"n\"") BLOCK_STOP ("0")
        BLOCK ("1", "\"type\":\"tool_use\",\"id\":\"\",\"name\":\"n\"") BLOCK_STOP ("1")
            STOP ("tool_use") MESSAGE_STOP,
    START "|TOOL_CALL toolu_r_0 n|ARGUMENTS \"{}\"|PART_END|"
          "TOOL_CALL toolu_r_1 n|ARGUMENTS \"{}\"|PART_END|" USAGE "|STOP 5|END",
    FALSE },
  { "types-in-the-names-only",
    "event: message_start\ndata: {\"message\":{\"id\":\"msg_1\"}}\n\n" TEXT ("0", "Hi")
        STOP ("end_turn") "event: message_stop\ndata: {}\n\n",
    "START msg_1 - -1/-1/-1/-1|TEXT \"Hi\"|PART_END|USAGE -1/-1/-1/7|STOP 1|END",
    FALSE },
  { "text-behind-stop",
    MESSAGE_START TEXT ("0", "Hi") STOP ("end_turn") TEXT ("1", "ho") MESSAGE_STOP,
    START "|TEXT \"Hi\"|PART_END|" USAGE "|STOP 1|END",
    FALSE },
  { "absurd-counts",
    EVENT ("{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"claude-x\","
           "\"usage\":{\"input_tokens\":9223372036854775807,\"cache_read_input_tokens\":100,"
           "\"cache_creation_input_tokens\":15}}}") TEXT ("0", "Hi") STOP ("end_turn") MESSAGE_STOP,
    "START msg_1 claude-x 115/100/15/-1|TEXT \"Hi\"|PART_END|USAGE 115/100/15/7|STOP 1|END",
    FALSE },
  { "citations-first",
    MESSAGE_START BLOCK ("0", "\"type\":\"text\",\"text\":\"\",\"citations\":[]")
        DELTA ("0", "\"type\":\"citations_delta\",\"citation\":{\"type\":\"char_location\"}")
            DELTA ("0", "\"type\":\"text_delta\",\"text\":\"Hi\"") BLOCK_STOP ("0")
                STOP ("end_turn") MESSAGE_STOP,
    START "|TEXT \"Hi\"|ANNOTATION {\"type\":\"char_location\"}|PART_END|" USAGE "|STOP 1|END",
    FALSE },
  { "server-tools",
    MESSAGE_START BLOCK ("0", "\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\"")
        ARGUMENTS ("0", "{}") BLOCK_STOP ("0")
            BLOCK ("1", "\"type\":\"web_search_tool_result\",\"content\":[]") BLOCK_STOP ("1")
                BLOCK ("2", "\"type\":\"of_next_year\",\"text\":\"x\"") BLOCK_STOP ("2")
                    TEXT ("3", "Hi") EVENT ("{\"type\":\"of_next_year\"}") STOP ("pause_turn")
                        MESSAGE_STOP,
    START "|TEXT \"Hi\"|PART_END|" USAGE "|STOP 8|END",
    FALSE },
  { "forgotten-block-start-and-stop",
    DELTA ("0", "\"type\":\"text_delta\",\"text\":\"Hi\"") TOOL ("1") STOP ("tool_use")
        MESSAGE_STOP,
    "START - - -|TEXT \"Hi\"|PART_END|TOOL_CALL toolu_1 read|ARGUMENTS \"{}\"|PART_END|"
    "USAGE -1/-1/-1/7|STOP 5|END",
    FALSE },
  { "delta-of-another-block",
    MESSAGE_START BLOCK ("0", "\"type\":\"text\",\"text\":\"\"")
        DELTA ("1", "\"type\":\"text_delta\",\"text\":\"no\"")
            DELTA ("0", "\"type\":\"text_delta\",\"text\":\"yes\"") BLOCK_STOP ("0")
                STOP ("end_turn") MESSAGE_STOP,
    START "|TEXT \"yes\"|PART_END|" USAGE "|STOP 1|END",
    FALSE },
  { "error",
    MESSAGE_START "event: error\n" EVENT (
        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}"),
    START "|FAILURE 9 503|END",
    FALSE },
  { "error-without-type",
    MESSAGE_START EVENT ("{\"error\":{\"message\":\"no\",\"code\":\"rate_limited\"}}"),
    START "|FAILURE 8 429|END",
    FALSE },
  { "no-json", MESSAGE_START EVENT ("{\"type\":"), START "|FAILURE 12 502|END", FALSE },
  { "no-object", MESSAGE_START EVENT ("[1]"), START "|FAILURE 12 502|END", FALSE },
  { "endless-white-space",
    MESSAGE_START TOOL ("0") ARGUMENTS ("0", "{\\n\\t\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n")
        ARGUMENTS ("0", "\\n \\n\\r\\n\\t\\n\\n\\n\\n\\n\\n") ARGUMENTS ("0", "x"),
    START "|TOOL_CALL toolu_1 read|ARGUMENTS \"{\\n\\t\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\"|"
          "FAILURE 12 502|END",
    FALSE },
  { "white-space-in-a-string",
    MESSAGE_START TOOL ("0") ARGUMENTS (
        "0",
        "{\\\"a\\\":\\\"\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n"
        "\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\"}") BLOCK_STOP ("0") STOP ("tool_use")
        MESSAGE_STOP,
    START
    "|TOOL_CALL toolu_1 read|ARGUMENTS \"{\\\"a\\\":\\\"\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n"
    "\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\\n\\\"}\"|PART_END|" USAGE
    "|STOP 5|END",
    FALSE },
  { "usage-at-the-end",
    EVENT (
        "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"claude-x\",\"usage\":{"
        "\"input_tokens\":0,\"output_tokens\":0,\"cache_read_input_tokens\":0}}}")
        EVENT ("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"stop_sequence\","
               "\"stop_sequence\":\"END\"},\"usage\":{\"input_tokens\":3,\"output_tokens\":4,"
               "\"cache_read_input_tokens\":2,\"output_tokens_details\":{\"thinking_tokens\":1}},"
               "\"copilot_usage\":{\"total_nano_aiu\":99}}") MESSAGE_STOP,
    "START msg_1 claude-x -1/-1/-1/-1|USAGE 5/2/-1/4 thinking 1 aiu 99|STOP 2 END|END",
    FALSE },
  { "several-lines",
    MESSAGE_START
        BLOCK ("0", "\"type\":\"text\",\"text\":\"\"") "data: {\"type\":\"content_block_delta\",\"index\":0,\ndata: \"delta\":{\"text\":\"Hi\"}}\n\n" STOP (
            "refusal") MESSAGE_STOP,
    START "|TEXT \"Hi\"|PART_END|" USAGE "|STOP 7|END",
    FALSE },
};

typedef struct
{
  GString *events; /* (owned) */
  JumpDecoder *decoder;
} Run;

static void
append_usage (GString *out, const JumpUsageCount *usage)
{
  g_string_append_printf (out,
                          " %d/%d/%d/%d",
                          (int) usage->input_tokens,
                          (int) usage->cache_read_tokens,
                          (int) usage->cache_write_tokens,
                          (int) usage->output_tokens);
  if (usage->reasoning_tokens >= 0)
    g_string_append_printf (out, " thinking %d", (int) usage->reasoning_tokens);
  if (usage->nano_aiu >= 0)
    g_string_append_printf (out, " aiu %d", (int) usage->nano_aiu);
}

static void
on_event (const JumpReplyEvent *event, gpointer user_data)
{
  static const char *const names[] = {
    "START",     "TEXT",     "ANNOTATION", "REASONING", "STATE",   "REFUSAL", "TOOL_CALL",
    "ARGUMENTS", "PART_END", "USAGE",      "STOP",      "FAILURE", "PING",    "END",
  };
  GString *out = ((Run *) user_data)->events;

  if (out->len > 0)
    g_string_append_c (out, '|');
  g_string_append (out, names[event->kind]);
  if (event->kind == JUMP_EVENT_START)
    g_string_append_printf (out,
                            " %s %s",
                            event->id == NULL ? "-" : event->id,
                            event->model == NULL ? "-" : event->model);
  if (event->kind == JUMP_EVENT_START && event->usage == NULL)
    g_string_append (out, " -");
  if (event->text.start != NULL)
    g_string_append_printf (out, " %.*s", (int) event->text.length, event->text.start);
  if (event->state != NULL)
    g_string_append_printf (out,
                            " %d %s %s",
                            event->state->kind,
                            event->state->data,
                            event->state->model);
  if (event->kind == JUMP_EVENT_TOOL_CALL)
    g_string_append_printf (out, " %s %s", event->id, event->name);
  if (event->usage != NULL)
    append_usage (out, event->usage);
  if (event->kind == JUMP_EVENT_STOP)
    g_string_append_printf (out, " %d", event->stop_reason);
  if (event->stop_sequence != NULL)
    g_string_append_printf (out, " %s", event->stop_sequence);
  if (event->failure != NULL)
    g_string_append_printf (out, " %d %u", event->failure->kind, event->failure->status);
}

static gboolean
on_sse_event (const JumpSseEvent *event, gpointer user_data)
{
  jump_decoder_event (((Run *) user_data)->decoder, event);
  return TRUE;
}

/* @cut: how many bytes to push at once, 0 for all, -1 for random amounts. */
static char *
run_case (const Case *self, int cut, GRand *random)
{
  Run run = { g_string_new (NULL), NULL };
  JumpReplyOptions options = { .used_model = "used", .client_model = "c", .request_id = "r" };
  g_autoptr (JumpDecoder) decoder = jump_anthropic_decoder_new (&options, on_event, &run);
  g_autoptr (JumpSseParser) parser =
      jump_sse_parser_new (JUMP_LIMIT_SSE_EVENT, on_sse_event, NULL, &run);
  g_autoptr (GError) problem =
      self->is_broken ? g_error_new (JUMP_ERROR, JUMP_ERROR_TIMEOUT, "slow") : NULL;
  gsize length = strlen (self->upstream);

  run.decoder = decoder;
  for (gsize at = 0; at < length;)
    {
      gsize n = cut > 0 ? (gsize) cut : length;

      if (cut < 0)
        n = (gsize) g_rand_int_range (random, 1, 60);
      n = MIN (n, length - at);
      g_assert_true (jump_sse_parser_push (parser, self->upstream + at, n, NULL));
      at += n;
    }
  jump_decoder_finish (decoder, problem);
  g_assert_true (decoder->has_ended);
  return g_string_free (run.events, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *self = data;
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autofree char *whole = run_case (self, 0, random);
  g_autofree char *bytes = run_case (self, 1, random);

  g_assert_cmpstr (whole, ==, self->events);
  g_assert_cmpstr (bytes, ==, self->events);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *pieces = run_case (self, -1, random);

      g_assert_cmpstr (pieces, ==, self->events);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/anthropic-decoder/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
