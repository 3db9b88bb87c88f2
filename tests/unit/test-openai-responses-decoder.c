/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "tests/unit/fixture-stream.h"

#include <string.h>

#define EVENT(type, rest) "event: " type "\ndata: {\"type\":\"" type "\"" rest "}\n\n"
#define CREATED           EVENT ("response.created", ",\"response\":{\"id\":\"r\",\"model\":\"m\"}")
#define ADDED(index, item) \
  EVENT ("response.output_item.added", ",\"output_index\":" #index ",\"item\":" item)
#define DONE(index, item) \
  EVENT ("response.output_item.done", ",\"output_index\":" #index ",\"item\":" item)
#define PIECE(type, index, text)                                                                \
  EVENT (type ".delta",                                                                         \
         ",\"item_id\":\"x\",\"output_index\":" #index ",\"content_index\":0,\"delta\":\"" text \
         "\"")
#define TEXT_PIECE(index, text) PIECE ("response.output_text", index, text)
#define CALL_PIECE(index, text) PIECE ("response.function_call_arguments", index, text)
#define COMPLETED(members)      EVENT ("response.completed", ",\"response\":{" members "}")

#define MESSAGE                 "{\"type\":\"message\",\"id\":\"a\",\"role\":\"assistant\",\"content\":[]}"
#define MESSAGE_WITH(text)                                                                     \
  "{\"type\":\"message\",\"id\":\"b\",\"content\":[{\"type\":\"output_text\",\"text\":\"" text \
  "\",\"annotations\":[]}]}"
#define CALL(name, arguments)                                               \
  "{\"type\":\"function_call\",\"call_id\":\"c_" name "\",\"name\":\"" name \
  "\",\"arguments\":\"" arguments "\"}"

#define START           "{\"event\":\"start\",\"id\":\"r\",\"model\":\"m\"}\n"
#define BARE            "{\"event\":\"start\"}\n"
#define TEXT(text)      "{\"event\":\"text\",\"text\":\"" text "\"}\n"
#define REASONING(text) "{\"event\":\"reasoning\",\"text\":\"" text "\"}\n"
#define TOOL(name) \
  "{\"event\":\"tool_call\",\"id\":\"c_" name "\",\"name\":\"" name "\",\"tool\":\"function\"}\n"
#define ARGUMENTS(text) "{\"event\":\"arguments\",\"text\":\"" text "\"}\n"
#define PART_END        "{\"event\":\"part_end\"}\n"
#define STOP(reason)    "{\"event\":\"stop\",\"reason\":\"" reason "\"}\n{\"event\":\"end\"}\n"
#define STATE(data) \
  "{\"event\":\"state\",\"kind\":\"encrypted\",\"data\":\"" data "\",\"model\":\"used\"}\n"
#define FAILURE(kind, status, message, code)                                                   \
  "{\"event\":\"failure\",\"kind\":\"" kind "\",\"status\":" #status ",\"message\":\"" message \
  "\"" code "}\n{\"event\":\"end\"}\n"
#define CUT_OFF "upstream's stream ended before the response was complete"

typedef struct
{
  const char *name;
  const char *upstream;
  const char *events;
} Case;

static const Case cases[] = {
  /* Texts that come in one of their four forms only. */
  { "text/pieces",
    CREATED ADDED (0, MESSAGE) TEXT_PIECE (0, "a") TEXT_PIECE (0, "b") DONE (0, MESSAGE_WITH ("ab"))
        COMPLETED ("\"output\":[" MESSAGE_WITH ("ab") "]"),
    START TEXT ("a") TEXT ("b") PART_END STOP ("end") },
  { "text/whole",
    CREATED ADDED (0, MESSAGE)
        EVENT ("response.output_text.done", ",\"output_index\":0,\"text\":\"ab\"")
            DONE (0, MESSAGE_WITH ("ab")) COMPLETED (""),
    START TEXT ("ab") PART_END STOP ("end") },
  { "text/part",
    CREATED ADDED (0, MESSAGE) EVENT ("response.content_part.done",
                                      ",\"output_index\":0,\"content_index\":0,\"part\":"
                                      "{\"type\":\"output_text\",\"text\":\"ab\"}")
        DONE (0, MESSAGE_WITH ("ab")) COMPLETED (""),
    START TEXT ("ab") PART_END STOP ("end") },
  { "text/item",
    CREATED DONE (0, MESSAGE_WITH ("ab")) COMPLETED (""),
    START TEXT ("ab") PART_END STOP ("end") },
  { "text/final-only",
    CREATED COMPLETED ("\"output\":[" MESSAGE_WITH ("ab") "," CALL ("f", "{}") "]"),
    START TEXT ("ab") PART_END TOOL ("f") ARGUMENTS ("{}") PART_END STOP ("tools") },
  { "text/not-announced",
    TEXT_PIECE (0, "a") COMPLETED ("\"output\":[" MESSAGE_WITH ("a") "]"),
    BARE TEXT ("a") PART_END STOP ("end") },
  { "text/announced-full",
    CREATED ADDED (0, MESSAGE_WITH ("a")) TEXT_PIECE (0, "a") DONE (0, MESSAGE_WITH ("a"))
        COMPLETED (""),
    START TEXT ("a") PART_END STOP ("end") },
  { "text/two-parts",
    CREATED ADDED (0, MESSAGE) TEXT_PIECE (0, "a")
        DONE (0,
              "{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"a\"},"
              "{\"type\":\"refusal\",\"refusal\":\"no\"}]}") COMPLETED (""),
    START TEXT ("a") PART_END "{\"event\":\"refusal\",\"text\":\"no\"}\n" PART_END STOP ("end") },
  { "text/two-kinds-in-one-part",
    CREATED ADDED (0, MESSAGE)
        EVENT ("response.refusal.done", ",\"output_index\":0,\"refusal\":\"no\"")
            TEXT_PIECE (0, "a") DONE (0, MESSAGE) COMPLETED (""),
    START "{\"event\":\"refusal\",\"text\":\"no\"}\n" PART_END TEXT ("a") PART_END STOP ("end") },
  { "text/citation-of-a-refusal",
    CREATED ADDED (0, MESSAGE) PIECE ("response.refusal", 0, "no")
        EVENT ("response.output_text.annotation.added",
               ",\"output_index\":0,\"content_index\":0,\"annotation\":{\"type\":\"url_citation\"}")
            DONE (0, MESSAGE) COMPLETED (""),
    START "{\"event\":\"refusal\",\"text\":\"no\"}\n" PART_END STOP ("refusal") },
  { "call/with-a-content-part",
    CREATED ADDED (0, CALL ("f", "")) CALL_PIECE (0, "{")
        EVENT ("response.content_part.done",
               ",\"output_index\":0,\"content_index\":0,\"part\":{\"type\":\"output_text\","
               "\"text\":\"a\"}") CALL_PIECE (0, "}") DONE (0, CALL ("f", "{}")) COMPLETED (""),
    START TOOL ("f") ARGUMENTS ("{") ARGUMENTS ("}") PART_END STOP ("tools") },
  { "text/empty",
    CREATED ADDED (0, MESSAGE) DONE (0, MESSAGE_WITH ("")) COMPLETED (""),
    START STOP ("end") },
  { "text/without-index",
    CREATED EVENT ("response.output_item.added",
                   ",\"item\":" MESSAGE) EVENT ("response.output_text.delta", ",\"delta\":\"a\"")
        EVENT ("response.output_item.done", ",\"item\":" MESSAGE_WITH ("a"))
            EVENT ("response.output_item.added", ",\"item\":" CALL ("f", ""))
                EVENT ("response.output_item.done", ",\"item\":" CALL ("f", "{}")) COMPLETED (""),
    START TEXT ("a") PART_END TOOL ("f") ARGUMENTS ("{}") PART_END STOP ("tools") },
  /* The types that only SSE tells, data on several lines, a keepalive. */
  { "form/untyped",
    "event: response.created\ndata: {\"response\":{\"id\":\"r\",\"model\":\"m\"}}\n\n"
    "event: response.output_text.delta\ndata: {\"output_index\":0,\ndata: \"delta\":\"a\"}\n\n"
    "event: keepalive\ndata: {\"sequence_number\":3}\n\n"
    "event: response.completed\ndata: {\"response\":{}}\n\n",
    START TEXT ("a") "{\"event\":\"ping\"}\n" PART_END STOP ("end") },
  { "form/unnamed",
    "data: {\"type\":\"response.output_text.delta\",\"output_index\":0,\"delta\":\"a\"}\n\n"
    "data: {\"type\":\"response.completed\",\"response\":{}}\n\n",
    BARE TEXT ("a") PART_END STOP ("end") },
  { "form/unknown",
    CREATED EVENT ("response.new", ",\"output_index\":7") COMPLETED (""),
    START STOP ("end") },
  /* Calls. */
  { "call/pieces",
    CREATED ADDED (0, CALL ("f", "")) CALL_PIECE (0, "{\\\"a") CALL_PIECE (0, "\\\":1}")
        DONE (0, CALL ("f", "{\\\"a\\\":1}")) COMPLETED (""),
    START TOOL ("f") ARGUMENTS ("{\\\"a") ARGUMENTS ("\\\":1}") PART_END STOP ("tools") },
  { "call/whole",
    CREATED ADDED (0, CALL ("f", "")) EVENT ("response.function_call_arguments.done",
                                             ",\"output_index\":0,\"arguments\":\"{\\\"a\\\":1}\"")
        DONE (0, CALL ("f", "{\\\"a\\\":1}")) COMPLETED (""),
    START TOOL ("f") ARGUMENTS ("{\\\"a\\\":1}") PART_END STOP ("tools") },
  { "call/without-arguments",
    CREATED ADDED (0, CALL ("f", "")) DONE (0, CALL ("f", "")) COMPLETED (""),
    START TOOL ("f") ARGUMENTS ("{}") PART_END STOP ("tools") },
  { "call/announced-without-name",
    CREATED ADDED (0, "{\"type\":\"function_call\"}") CALL_PIECE (0, "{}")
        DONE (0, CALL ("f", "{}")) COMPLETED (""),
    START TOOL ("f") ARGUMENTS ("{}") PART_END STOP ("tools") },
  { "call/without-id",
    CREATED DONE (0, "{\"type\":\"function_call\",\"name\":\"f\",\"arguments\":\"{}\"}")
        COMPLETED (""),
    START
    "{\"event\":\"tool_call\",\"id\":\"call_req_0\",\"name\":\"f\",\"tool\":\"function\"}\n" ARGUMENTS (
        "{}") PART_END STOP ("tools") },
  { "call/custom",
    CREATED ADDED (
        0,
        "{\"type\":\"custom_tool_call\",\"call_id\":\"c\",\"name\":\"p\",\"input\":\"\"}")
        PIECE ("response.custom_tool_call_input", 0, "x y") DONE (
            0,
            "{\"type\":\"custom_tool_call\",\"call_id\":\"c\",\"name\":\"p\",\"input\":\"x y\"}")
            COMPLETED (""),
    START "{\"event\":\"tool_call\",\"id\":\"c\",\"name\":\"p\",\"tool\":\"custom\"}\n" ARGUMENTS (
        "x y") PART_END STOP ("tools") },
  { "call/parallel-interleaved",
    CREATED ADDED (0, CALL ("f", "")) ADDED (1, CALL ("g", "")) CALL_PIECE (1, "{\\\"b\\\"")
        CALL_PIECE (0, "{\\\"a\\\":1}") CALL_PIECE (1, ":2}") DONE (1, CALL ("g", "{\\\"b\\\":2}"))
            DONE (0, CALL ("f", "{\\\"a\\\":1}")) COMPLETED (""),
    START TOOL ("f") ARGUMENTS ("{\\\"a\\\":1}") PART_END TOOL ("g") ARGUMENTS ("{\\\"b\\\"")
        ARGUMENTS (":2}") PART_END STOP ("tools") },
  { "call/three-mixed",
    CREATED ADDED (0, MESSAGE) ADDED (1, CALL ("f", "")) ADDED (2, CALL ("g", ""))
        CALL_PIECE (2, "{}") TEXT_PIECE (0, "a") DONE (1, CALL ("f", "{}"))
            DONE (0, MESSAGE_WITH ("a")) DONE (2, CALL ("g", "{}")) COMPLETED (""),
    START TEXT ("a") PART_END TOOL ("f") ARGUMENTS ("{}") PART_END TOOL ("g") ARGUMENTS ("{}")
        PART_END STOP ("tools") },
  { "call/never-ended",
    CREATED ADDED (0, MESSAGE) TEXT_PIECE (0, "a") ADDED (1, CALL ("f", "")) CALL_PIECE (1, "{}")
        COMPLETED ("\"output\":[" MESSAGE_WITH ("a") "," CALL ("f", "{}") "]"),
    START TEXT ("a") PART_END TOOL ("f") ARGUMENTS ("{}") PART_END STOP ("tools") },
  { "call/list-without-hidden-items",
    CREATED ADDED (0, "{\"type\":\"web_search_call\"}") DONE (0, "{\"type\":\"web_search_call\"}")
        DONE (2, MESSAGE_WITH ("a"))
            COMPLETED ("\"output\":[{\"type\":\"web_search_call\"}," MESSAGE_WITH ("a") "]"),
    START TEXT ("a") PART_END STOP ("end") },
  /* Reasoning. */
  { "reasoning/summaries",
    CREATED ADDED (0, "{\"type\":\"reasoning\",\"encrypted_content\":\"early\"}")
        EVENT ("response.reasoning_summary_text.delta",
               ",\"output_index\":0,\"summary_index\":0,\"delta\":\"a\"")
            EVENT ("response.reasoning_summary_text.done",
                   ",\"output_index\":0,\"summary_index\":1,\"text\":\"b\"")
                DONE (0,
                      "{\"type\":\"reasoning\",\"encrypted_content\":\"late\",\"summary\":["
                      "{\"text\":\"a\"},{\"text\":\"b\"},{\"text\":\"c\"}]}") COMPLETED (""),
    START REASONING ("a") REASONING ("\\n\\n") REASONING ("b") REASONING ("\\n\\n") REASONING ("c")
        STATE ("late") PART_END STOP ("end") },
  { "reasoning/text",
    CREATED ADDED (0, "{\"type\":\"reasoning\"}")
        EVENT ("response.reasoning_text.delta",
               ",\"output_index\":0,\"content_index\":0,\"delta\":\"a\"")
            DONE (0,
                  "{\"type\":\"reasoning\",\"summary\":[],"
                  "\"content\":[{\"type\":\"reasoning_text\",\"text\":\"a\"}]}") COMPLETED (""),
    START REASONING ("a") PART_END STOP ("end") },
  { "reasoning/state-announced",
    CREATED ADDED (0, "{\"type\":\"reasoning\",\"encrypted_content\":\"early\"}")
        DONE (0, "{\"type\":\"reasoning\",\"summary\":[]}") COMPLETED (""),
    START STATE ("early") PART_END STOP ("end") },
  { "reasoning/nothing",
    CREATED DONE (0, "{\"type\":\"reasoning\",\"summary\":[]}") COMPLETED (""),
    START STOP ("end") },
  /* Ends. */
  { "end/limit",
    CREATED TEXT_PIECE (0, "a")
        EVENT ("response.incomplete",
               ",\"response\":{\"incomplete_details\":{\"reason\":\"max_output_tokens\"}}"),
    START TEXT ("a") PART_END STOP ("limit") },
  { "end/filter",
    EVENT ("response.incomplete",
           ",\"response\":{\"incomplete_details\":{\"reason\":\"content_filter\"}}"),
    BARE STOP ("filter") },
  { "end/refusal",
    CREATED PIECE ("response.refusal", 0, "no") COMPLETED (""),
    START "{\"event\":\"refusal\",\"text\":\"no\"}\n" PART_END STOP ("refusal") },
  { "end/usage",
    EVENT ("response.completed",
           ",\"response\":{\"usage\":{\"input_tokens\":9,\"output_tokens\":3,"
           "\"input_tokens_details\":{\"cached_tokens\":4,\"cache_write_tokens\":2},"
           "\"output_tokens_details\":{\"reasoning_tokens\":1}}},"
           "\"copilot_usage\":{\"total_nano_aiu\":77}"),
    BARE "{\"event\":\"usage\",\"usage\":{\"input\":9,\"output\":3,\"cache_read\":4,"
         "\"cache_write\":2,\"reasoning\":1,\"nano_aiu\":77}}\n" STOP ("end") },
  { "end/done",
    CREATED DONE (0, MESSAGE_WITH ("a")) "data: [DONE]\n\n",
    START TEXT ("a") PART_END STOP ("end") },
  { "end/behind-it",
    CREATED COMPLETED ("") TEXT_PIECE (0, "late") "data: [DONE]\n\n",
    START STOP ("end") },
  { "end/cut-off",
    CREATED TEXT_PIECE (0, "a"),
    START TEXT ("a") FAILURE ("server", 502, CUT_OFF, "") },
  { "end/done-too-early",
    CREATED TEXT_PIECE (0, "a") "data: [DONE]\n\n",
    START TEXT ("a") FAILURE ("server", 502, CUT_OFF, "") },
  { "end/nothing", "", FAILURE ("server", 502, CUT_OFF, "") },
  /* Errors. */
  { "error/failed",
    CREATED EVENT ("response.failed",
                   ",\"response\":{\"status\":\"failed\",\"error\":"
                   "{\"code\":\"rate_limit_exceeded\",\"message\":\"slow down\"}}"),
    START FAILURE ("rate_limit", 429, "slow down", ",\"code\":\"rate_limit_exceeded\"") },
  { "error/failed-silently",
    EVENT ("response.failed", ",\"response\":{\"error\":null}"),
    BARE FAILURE ("server", 502, "upstream broke the answer off without saying why", "") },
  { "error/flat",
    CREATED EVENT ("error", ",\"code\":\"server_error\",\"message\":\"oh\",\"param\":null"),
    START FAILURE ("server", 502, "oh", ",\"code\":\"server_error\"") },
  { "error/nested",
    EVENT ("error", ",\"error\":{\"code\":\"server_error\",\"message\":\"oh\"}"),
    FAILURE ("server", 502, "oh", ",\"code\":\"server_error\"") },
  { "error/unnamed",
    "data: {\"error\":{\"code\":\"server_error\",\"message\":\"oh\"}}\n\n",
    FAILURE ("server", 502, "oh", ",\"code\":\"server_error\"") },
  { "error/no-json",
    "data: <html>\n\n",
    FAILURE ("server", 502, "upstream sent an event that is no event of a response", "") },
  { "error/white-space",
    CREATED ADDED (0, CALL ("f", "")) CALL_PIECE (0, "{\\\"a b\\\": \\n\\n\\t\\t      ")
        CALL_PIECE (0, "\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n"),
    START TOOL ("f") ARGUMENTS ("{\\\"a b\\\": \\n\\n\\t\\t      ")
        ARGUMENTS ("\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n")
            FAILURE ("server",
                     502,
                     "the model wrote white space without end into a tool's arguments",
                     "") },
};

static void
run_case (const Case *self, gboolean is_bytewise, GRand *random)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (self->upstream, strlen (self->upstream));
  JumpReplyOptions options = { .client_model = "client",
                               .used_model = "used",
                               .request_id = "req" };
  g_auto (FixtureRun) run;

  fixture_run_init (&run);
  fixture_decode (&run, &jump_dialect_responses, &options, bytes, is_bytewise, random);
  g_assert_cmpstr (run.dump.lines->str, ==, self->events);
  g_assert_cmpstr (run.order.problem, ==, NULL);
}

static void
test_case (gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (6);

  run_case (data, FALSE, NULL);
  run_case (data, TRUE, NULL);
  for (guint i = 0; i < 10; i++)
    run_case (data, FALSE, random);
}

static void
on_reply_event (const JumpReplyEvent *event, gpointer user_data)
{
  jump_event_dump_event (event, user_data);
}

/* What the connection's end was like goes into the failure. */
static void
test_problem (void)
{
  JumpReplyOptions options = { .client_model = "client", .request_id = "req" };
  g_autoptr (GError) problem =
      g_error_new_literal (JUMP_ERROR, JUMP_ERROR_TIMEOUT, "no byte for long");
  g_auto (JumpEventDump) dump;
  g_autoptr (JumpDecoder) decoder = NULL;

  jump_event_dump_init (&dump);
  decoder = jump_dialect_responses.new_decoder (&options, on_reply_event, &dump);
  jump_decoder_finish (decoder, problem);
  g_assert_true (decoder->has_ended);
  g_assert_nonnull (strstr (dump.lines->str, "\"kind\":\"timeout\""));
  g_assert_nonnull (strstr (dump.lines->str, "no byte for long"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/openai-responses-decoder/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/openai-responses-decoder/problem", test_problem);
  return g_test_run ();
}
