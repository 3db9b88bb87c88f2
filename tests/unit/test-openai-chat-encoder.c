/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/dialect.h"
#include "service/dialects/translate-pipe.h"

#include <string.h>

/* Each delta stands in the same envelope; tests show what is inside. */
#define CHUNK(inside)                                                                \
  "data: {\"id\":\"chatcmpl-r\",\"object\":\"chat.completion.chunk\",\"created\":5," \
  "\"model\":\"mine\",\"choices\":[" inside "}\n\n"
#define DELTA(delta) CHUNK ("{\"index\":0,\"delta\":{" delta "},\"finish_reason\":null}]")
#define STOP(reason) CHUNK ("{\"index\":0,\"delta\":{},\"finish_reason\":\"" reason "\"}]")
#define ROLE         DELTA ("\"role\":\"assistant\",\"content\":\"\"")
#define DONE         "data: [DONE]\n\n"

#define SAY(event_kind, ...)                     \
  {                                              \
    .kind = JUMP_EVENT_##event_kind, __VA_ARGS__ \
  }
#define PIECE(json) .text = { (json), sizeof (json) - 1 }

static JumpReplyOptions
make_options (void)
{
  return (JumpReplyOptions){ .client_model = "mine",
                             .used_model = "used",
                             .request_id = "r",
                             .now = 5,
                             .requested_n = 1,
                             .stream = TRUE };
}

/* Returns: (transfer full): what the client gets */
static char *
encode (const JumpReplyOptions *options, const JumpReplyEvent *events, guint n)
{
  g_autoptr (JumpEncoder) encoder = jump_dialect_chat.new_encoder (options);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    jump_encoder_event (encoder, &events[i], out);
  g_assert_null (jump_encoder_dup_response (encoder));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
check (const JumpReplyOptions *options, const JumpReplyEvent *events, guint n, const char *expected)
{
  g_autofree char *out = encode (options, events, n);

  g_assert_cmpstr (out, ==, expected);
}

static void
test_text (void)
{
  static const JumpReplyEvent events[] = {
    SAY (START, .id = "msg_1", .model = "claude"),
    SAY (TEXT, PIECE ("\"a\\n\"")),
    SAY (PING),
    SAY (TEXT, PIECE ("\"b\"")),
    SAY (PART_END),
    SAY (STOP, .stop_reason = JUMP_STOP_END),
    SAY (END),
  };
  JumpReplyOptions options = make_options ();

  check (&options,
         events,
         G_N_ELEMENTS (events),
         ROLE DELTA ("\"content\":\"a\\n\"") ": ping\n\n" DELTA ("\"content\":\"b\"") STOP ("stop")
             DONE);
}

/* Usage comes from wherever it was told, and only when the client wants to see it. */
static void
test_usage (void)
{
  static const JumpUsageCount input = { 100, -1, 40, -1, -1, -1 };
  static const JumpUsageCount output = { -1, 7, -1, -1, 3, 12 };
  static const JumpReplyEvent events[] = {
    SAY (START, .usage = &input),
    SAY (STOP, .stop_reason = JUMP_STOP_LIMIT),
    SAY (USAGE, .usage = &output),
    SAY (END),
  };
  JumpReplyOptions options = make_options ();

  check (&options, events, G_N_ELEMENTS (events), ROLE STOP ("length") DONE);
  options.show_usage = TRUE;
  check (&options,
         events,
         G_N_ELEMENTS (events),
         ROLE STOP ("length")
             CHUNK ("],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":7,"
                    "\"total_tokens\":107,\"prompt_tokens_details\":{\"cached_tokens\":40},"
                    "\"completion_tokens_details\":{\"reasoning_tokens\":3}},"
                    "\"copilot_usage\":{\"total_nano_aiu\":12}") DONE);
}

static void
test_own_id (void)
{
  static const JumpReplyEvent events[] = { SAY (START, .id = "chatcmpl-x\"y") };
  JumpReplyOptions options = make_options ();
  g_autofree char *out = encode (&options, events, 1);

  g_assert_true (g_str_has_prefix (out, "data: {\"id\":\"chatcmpl-x\\\"y\",\"object\""));
}

static void
test_reasoning (void)
{
  static const JumpReasoningState bare = { JUMP_REASONING_OPAQUE, (char *) "b\"=", NULL };
  static const JumpReasoningState signature = { JUMP_REASONING_SIGNATURE, (char *) "s=", NULL };
  static const JumpReplyEvent with_bare[] = {
    SAY (REASONING, PIECE ("\"hm\"")),
    SAY (STATE, .state = &bare),
    SAY (PART_END),
  };
  static const JumpReplyEvent with_two[] = {
    SAY (REASONING, PIECE ("\"h\\u00e4\"")), SAY (STATE, .state = &signature), SAY (PART_END),
    SAY (REASONING, PIECE ("\"x\"")),        SAY (STATE, .state = &signature), SAY (PART_END),
  };
  JumpReplyOptions options = make_options ();

  check (&options,
         with_bare,
         G_N_ELEMENTS (with_bare),
         DELTA ("\"reasoning_content\":\"hm\"") DELTA ("\"reasoning_opaque\":\"b\\\"=\""));
  options.reasoning_field = JUMP_REASONING_FIELD_TEXT;
  check (&options,
         with_two,
         G_N_ELEMENTS (with_two),
         DELTA ("\"reasoning_text\":\"h\\u00e4\"")
             DELTA ("\"reasoning_opaque\":\"jumpseat1.signature.used.s=\"")
                 DELTA ("\"reasoning_text\":\"x\"")
                     DELTA ("\"reasoning_opaque\":\" 3:jumpseat1.signature.used.s=\""));
}

static void
test_calls (void)
{
  static const JumpReplyEvent events[] = {
    SAY (TOOL_CALL, .id = "c1", .name = "f", .call_state = "sig"),
    SAY (ARGUMENTS, PIECE ("\"{\\\"a\\\"\"")),
    SAY (ARGUMENTS, PIECE ("\":1}\"")),
    SAY (PART_END),
    SAY (TOOL_CALL, .id = NULL, .name = "g"),
    SAY (PART_END),
    SAY (STOP, .stop_reason = JUMP_STOP_TOOLS),
  };
  JumpReplyOptions options = make_options ();

  check (&options,
         events,
         G_N_ELEMENTS (events),
         DELTA ("\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":"
                "{\"name\":\"f\",\"arguments\":\"\",\"thought_signature\":\"sig\"}}]")
             DELTA ("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\"\"}}]")
                 DELTA ("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\":1}\"}}]")
                     DELTA ("\"tool_calls\":[{\"index\":1,\"id\":\"call_r_1\",\"type\":"
                            "\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"\"}}]")
                         DELTA ("\"tool_calls\":[{\"index\":1,\"function\":"
                                "{\"arguments\":\"{}\"}}]") STOP ("tool_calls"));
}

/* A custom tool, a function with an odd name, and what upstream makes of each. */
static JumpToolNames *
make_names (void)
{
  static const char request[] = "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tools\":["
                                "{\"type\":\"custom\",\"custom\":{\"name\":\"patch\"}},"
                                "{\"type\":\"function\",\"function\":{\"name\":\"fs.read\"}}]}";
  g_autoptr (JumpPrompt) prompt = jump_dialect_chat.read_prompt (request, strlen (request), NULL);

  return jump_tool_names_new (prompt);
}

static void
test_custom_call (void)
{
  static const JumpReplyEvent as_function[] = {
    SAY (TOOL_CALL, .id = "c1", .name = "patch"),
    SAY (ARGUMENTS, PIECE ("\"{\\\"inp\"")),
    SAY (ARGUMENTS, PIECE ("\"ut\\\":\\\"a\\\\n\\\\\\\"b\\\"}\"")),
    SAY (PART_END),
  };
  static const JumpReplyEvent as_custom[] = {
    SAY (TOOL_CALL, .id = "c1", .name = "patch", .tool_kind = JUMP_TOOL_CUSTOM),
    SAY (ARGUMENTS, PIECE ("\"a\\n\"")),
    SAY (PART_END),
  };
  static const JumpReplyEvent unasked[] = {
    SAY (TOOL_CALL, .id = "c1", .name = "other", .tool_kind = JUMP_TOOL_CUSTOM),
    SAY (ARGUMENTS, PIECE ("\"a\\n\"")),
    SAY (PART_END),
  };
  g_autoptr (JumpToolNames) names = make_names ();
  JumpReplyOptions options = make_options ();

  options.names = names;
  check (&options,
         as_function,
         G_N_ELEMENTS (as_function),
         DELTA ("\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"custom\",\"custom\":"
                "{\"name\":\"patch\",\"input\":\"\"}}]")
             DELTA ("\"tool_calls\":[{\"index\":0,\"custom\":{\"input\":\"a\\n\\\"b\"}}]"));
  check (&options,
         as_custom,
         G_N_ELEMENTS (as_custom),
         DELTA ("\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"custom\",\"custom\":"
                "{\"name\":\"patch\",\"input\":\"\"}}]")
             DELTA ("\"tool_calls\":[{\"index\":0,\"custom\":{\"input\":\"a\\n\"}}]"));
  check (&options,
         unasked,
         G_N_ELEMENTS (unasked),
         DELTA ("\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":"
                "{\"name\":\"other\",\"arguments\":\"\"}}]")
             DELTA ("\"tool_calls\":[{\"index\":0,\"function\":"
                    "{\"arguments\":\"{\\\"input\\\":\\\"a\\\\n\\\"}\"}}]"));
}

static void
test_client_names (void)
{
  g_autoptr (JumpToolNames) names = make_names ();
  JumpReplyEvent event =
      SAY (TOOL_CALL, .id = "c1", .name = jump_tool_names_to_wire (names, NULL, "fs.read"));
  JumpReplyOptions options = make_options ();
  g_autofree char *out = NULL;

  options.names = names;
  g_assert_cmpstr (event.name, !=, "fs.read");
  out = encode (&options, &event, 1);
  g_assert_nonnull (strstr (out, "\"name\":\"fs.read\""));
}

static void
test_citations (void)
{
  static const JumpReplyEvent events[] = {
    SAY (ANNOTATION, PIECE ("{\"type\":\"url_citation\",\n\"url_citation\":{\"url\":\"u\"}}")),
    SAY (ANNOTATION,
         PIECE ("{\"type\":\"url_citation\",\"url\":\"u\",\"title\":\"t\",\"start_index\":1}")),
    SAY (ANNOTATION, PIECE ("{\"type\":\"char_location\",\"cited_text\":\"x\"}")),
  };
  JumpReplyOptions options = make_options ();

  check (&options,
         events,
         G_N_ELEMENTS (events),
         DELTA ("\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"u\"}}]")
             DELTA ("\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"u\","
                    "\"title\":\"t\",\"start_index\":1}}]"));
}

static void
test_failure (void)
{
  g_autoptr (JumpFailure) failure =
      jump_failure_new (JUMP_FAILURE_OVERLOADED, 529, NULL, "Overloaded");
  const JumpReplyEvent events[] = {
    SAY (START, .id = NULL),
    SAY (FAILURE, .failure = failure),
    SAY (END),
  };
  JumpReplyOptions options = make_options ();

  options.show_usage = TRUE;
  check (&options,
         events,
         G_N_ELEMENTS (events),
         ROLE "data: {\"error\":{\"message\":\"Overloaded\",\"type\":\"api_error\",\"param\":null,"
              "\"code\":\"service_unavailable\"}}\n\n");
}

static void
test_stops (void)
{
  static const struct
  {
    JumpStopReason reason;
    const char *word;
  } rows[] = {
    { JUMP_STOP_UNKNOWN, "stop" },
    { JUMP_STOP_END, "stop" },
    { JUMP_STOP_SEQUENCE, "stop" },
    { JUMP_STOP_LIMIT, "length" },
    { JUMP_STOP_CONTEXT, "length" },
    { JUMP_STOP_TOOLS, "tool_calls" },
    { JUMP_STOP_FILTER, "content_filter" },
    { JUMP_STOP_REFUSAL, "content_filter" },
    { JUMP_STOP_PAUSE, "stop" },
  };
  JumpReplyOptions options = make_options ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JumpReplyEvent event = SAY (STOP, .stop_reason = rows[i].reason);
      g_autofree char *out = encode (&options, &event, 1);
      g_autofree char *word = g_strdup_printf ("\"finish_reason\":\"%s\"", rows[i].word);

      g_assert_nonnull (strstr (out, word));
    }
}

/* For counting instructions: valgrind --tool=callgrind test-openai-chat-encoder -m perf; the same
 * chunk as in test-openai-chat-stream. */
static void
test_typical_chunks (void)
{
  static const char chunk[] =
      "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\" the\",\"role\":null}}],"
      "\"created\":1717764806,\"id\":\"chatcmpl-AYkqVbVv0FqL2oG0s7yVjR1dGzQ9n\","
      "\"model\":\"gpt-4o-2024-11-20\",\"system_fingerprint\":\"fp_6deacce395\","
      "\"usage\":null,\"padding\":\"abcdefgh\"}";
  JumpReplyOptions options = make_options ();
  g_autoptr (JumpReplyPipe) pipe =
      jump_translate_pipe_new (&jump_dialect_chat, &jump_dialect_chat, &options);
  g_autoptr (GString) out = g_string_sized_new (4096);
  JumpSseEvent event = { NULL, 0, chunk, sizeof chunk - 1 };

  if (!g_test_perf ())
    {
      g_test_skip ("only with -m perf");
      return;
    }
  for (int i = 0; i < 10000; i++)
    {
      g_string_truncate (out, 0);
      jump_reply_pipe_event (pipe, &event, out);
    }
  g_assert_true (g_str_has_suffix (out->str, "\n\n"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/openai-chat-encoder/text", test_text);
  g_test_add_func ("/openai-chat-encoder/usage", test_usage);
  g_test_add_func ("/openai-chat-encoder/own-id", test_own_id);
  g_test_add_func ("/openai-chat-encoder/reasoning", test_reasoning);
  g_test_add_func ("/openai-chat-encoder/calls", test_calls);
  g_test_add_func ("/openai-chat-encoder/custom-call", test_custom_call);
  g_test_add_func ("/openai-chat-encoder/client-names", test_client_names);
  g_test_add_func ("/openai-chat-encoder/citations", test_citations);
  g_test_add_func ("/openai-chat-encoder/failure", test_failure);
  g_test_add_func ("/openai-chat-encoder/stops", test_stops);
  g_test_add_func ("/openai-chat-encoder/typical-chunks", test_typical_chunks);
  return g_test_run ();
}
