/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/dialects/dialect.h"
#include "tests/support/event-order.h"

#include <string.h>

typedef struct
{
  GString *words; /* (owned): one for each event */
  JumpEventOrder order;
} Run;

static void
add_span (GString *words, const char *name, JumpJsonSpan span)
{
  g_string_append_printf (words, "%s(%.*s) ", name, (int) span.length - 2, span.start + 1);
}

static void
on_reply_event (const JumpReplyEvent *event, gpointer user_data)
{
  static const char *const stops[] = { "unknown", "end",    "sequence", "limit", "context",
                                       "tools",   "filter", "refusal",  "pause" };
  Run *run = user_data;

  jump_event_order_watch (&run->order, event);
  switch (event->kind)
    {
    case JUMP_EVENT_START:
      g_string_append_printf (run->words, "start(%s %s) ", event->id, event->model);
      break;
    case JUMP_EVENT_TEXT:
      add_span (run->words, "text", event->text);
      break;
    case JUMP_EVENT_ANNOTATION:
      add_span (run->words, "note", event->text);
      break;
    case JUMP_EVENT_REASONING:
      add_span (run->words, "think", event->text);
      break;
    case JUMP_EVENT_STATE:
      g_assert_cmpint (event->state->kind, ==, JUMP_REASONING_OPAQUE);
      g_string_append_printf (run->words, "state(%s) ", event->state->data);
      break;
    case JUMP_EVENT_REFUSAL:
      add_span (run->words, "refusal", event->text);
      break;
    case JUMP_EVENT_TOOL_CALL:
      g_string_append_printf (run->words,
                              "%s(%s %s%s%s) ",
                              event->tool_kind == JUMP_TOOL_CUSTOM ? "custom" : "call",
                              event->id,
                              event->name,
                              event->call_state != NULL ? " " : "",
                              event->call_state != NULL ? event->call_state : "");
      break;
    case JUMP_EVENT_ARGUMENTS:
      add_span (run->words, "args", event->text);
      break;
    case JUMP_EVENT_PART_END:
      g_string_append (run->words, "; ");
      break;
    case JUMP_EVENT_USAGE:
      g_string_append_printf (run->words,
                              "usage(%d %d) ",
                              (int) event->usage->input_tokens,
                              (int) event->usage->output_tokens);
      break;
    case JUMP_EVENT_STOP:
      g_string_append_printf (run->words, "stop(%s) ", stops[event->stop_reason]);
      break;
    case JUMP_EVENT_FAILURE:
      g_string_append_printf (run->words,
                              "failure(%u %s) ",
                              event->failure->status,
                              event->failure->message);
      break;
    case JUMP_EVENT_PING:
      g_string_append (run->words, "ping ");
      break;
    case JUMP_EVENT_END:
      g_string_append (run->words, "end");
      break;
    }
}

/* @events: of SSE, the data only. Returns: (transfer full): what was said */
static char *
decode (const char *const *events, gsize n, guint requested_n, const GError *problem)
{
  Run run = { g_string_new (NULL), { 0 } };
  JumpReplyOptions options = { .client_model = "c",
                               .used_model = "u",
                               .request_id = "r",
                               .requested_n = requested_n };
  g_autoptr (JumpDecoder) decoder = jump_dialect_chat.new_decoder (&options, on_reply_event, &run);

  for (gsize i = 0; i < n && events[i] != NULL; i++)
    {
      /* A copy of exactly this size: reading behind it is found by the sanitizer. */
      g_autofree char *copy = g_memdup2 (events[i], strlen (events[i]));
      JumpSseEvent event = { NULL, 0, copy, strlen (events[i]) };

      jump_decoder_event (decoder, &event);
    }
  jump_decoder_finish (decoder, problem);
  g_assert_true (decoder->has_ended);
  g_assert_cmpstr (run.order.problem, ==, NULL);
  return g_string_free (run.words, FALSE);
}

#define DELTA(delta) \
  "{\"id\":\"i\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":" delta "}]}"
#define DELTA_OF(n, delta) "{\"choices\":[{\"index\":" #n ",\"delta\":" delta "}]}"
#define TEXT(text)         DELTA ("{\"content\":\"" text "\"}")
#define CALL(call)         DELTA ("{\"tool_calls\":[" call "]}")
#define ARGS(index, args)  CALL ("{\"index\":" #index ",\"function\":{\"arguments\":\"" args "\"}}")
#define NEW(index, id, name)                 \
  CALL ("{\"index\":" #index ",\"id\":\"" id \
        "\",\"type\":\"function\",\"function\":{\"name\":\"" name "\",\"arguments\":\"\"}}")
#define FINISH(reason) "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" reason "\"}]}"
#define DONE           "[DONE]"
#define TWENTY         "                    "

typedef struct
{
  const char *name;
  const char *events[9];
  const char *words;
} Row;

static const Row rows[] = {
  { "text",
    { TEXT ("a"), TEXT ("b"), FINISH ("stop"), DONE },
    "start(i m) text(a) text(b) ; stop(end) end" },
  { "nothing-said",
    { DELTA ("{\"role\":\"assistant\",\"content\":\"\"}"), FINISH ("stop"), DONE },
    "start(i m) stop(end) end" },
  { "first-without-choices",
    { "{\"choices\":[],\"id\":\"\",\"model\":\"\",\"prompt_filter_results\":[]}",
      TEXT ("a"),
      FINISH ("stop"),
      DONE },
    "start(i m) text(a) ; stop(end) end" },
  { "no-done", { TEXT ("a"), FINISH ("length") }, "start(i m) text(a) ; stop(limit) end" },
  { "no-finish-reason", { TEXT ("a"), DONE }, "start(i m) text(a) ; stop(end) end" },
  { "cut",
    { TEXT ("a") },
    "start(i m) text(a) ; failure(502 upstream ended the stream before the answer was complete) end" },
  { "cut-behind-finish",
    { TEXT ("a"), FINISH ("stop"), TEXT ("b") },
    "start(i m) text(a) text(b) ; failure(502 upstream ended the stream before the answer was complete) end" },
  { "empty",
    { NULL },
    "failure(502 upstream ended the stream before the answer was complete) end" },
  { "only-done", { DONE }, "failure(502 upstream ended the stream without an answer) end" },
  { "nothing-behind-the-end",
    { TEXT ("a"), DONE, TEXT ("b"), "x" },
    "start(i m) text(a) ; stop(end) end" },
  { "choices-null",
    { TEXT ("a"), "{\"choices\":null,\"copilot_references\":[]}", DONE },
    "start(i m) text(a) ; stop(end) end" },
  { "usage-on-finish",
    { TEXT ("a"),
      "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}",
      DONE },
    "start(i m) text(a) ; usage(3 2) stop(end) end" },
  { "usage-apart",
    { TEXT ("a"),
      FINISH ("stop"),
      "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}",
      DONE },
    "start(i m) text(a) ; usage(3 2) stop(end) end" },
  { "refusal",
    { DELTA ("{\"refusal\":\"no\"}"), FINISH ("stop"), DONE },
    "start(i m) refusal(no) ; stop(refusal) end" },
  { "annotations",
    { TEXT ("a"),
      DELTA ("{\"annotations\":[{\"x\":1}],\"copilot_annotations\":{\"y\":2}}"),
      FINISH ("stop"),
      DONE },
    "start(i m) text(a) note(\"x\":1) ; stop(end) end" },
  /* reasoning */
  { "thought",
    { DELTA ("{\"reasoning_text\":\"h\"}"),
      DELTA ("{\"reasoning_text\":\"m\"}"),
      DELTA ("{\"content\":\"7\",\"reasoning_opaque\":\"s=\"}"),
      FINISH ("stop"),
      DONE },
    "start(i m) think(h) think(m) state(s=) ; text(7) ; stop(end) end" },
  { "thought-in-pieces",
    { DELTA ("{\"reasoning_text\":\"h\"}"),
      DELTA ("{\"reasoning_opaque\":\"a\"}"),
      DELTA ("{\"reasoning_opaque\":\"b\"}"),
      TEXT ("7"),
      FINISH ("stop"),
      DONE },
    "start(i m) think(h) state(ab) ; text(7) ; stop(end) end" },
  { "thought-tail",
    { DELTA ("{\"reasoning_text\":\"h\"}"),
      DELTA ("{\"content\":\"7\",\"reasoning_opaque\":\"a\"}"),
      DELTA ("{\"content\":\"8\",\"reasoning_opaque\":\"b\"}"),
      FINISH ("stop"),
      DONE },
    "start(i m) think(h) state(a) ; text(7) text(8) ; state(b) ; stop(end) end" },
  { "thought-unseen",
    { DELTA ("{\"reasoning_opaque\":\"a\"}"), TEXT ("7"), FINISH ("stop"), DONE },
    "start(i m) state(a) ; text(7) ; stop(end) end" },
  { "thought-legacy",
    { DELTA ("{\"cot_summary\":\"h\"}"),
      DELTA ("{\"cot_id\":\"c\"}"),
      TEXT ("7"),
      FINISH ("stop"),
      DONE },
    "start(i m) think(h) state(c) ; text(7) ; stop(end) end" },
  { "thought-other-names",
    { DELTA ("{\"reasoning_content\":\"h\",\"reasoning_text\":null}"),
      DELTA ("{\"reasoning\":\"m\"}"),
      TEXT ("7"),
      FINISH ("stop"),
      DONE },
    "start(i m) think(h) think(m) ; text(7) ; stop(end) end" },
  { "thought-then-call",
    { DELTA ("{\"reasoning_text\":\"h\"}"),
      DELTA (
          "{\"reasoning_opaque\":\"a\",\"tool_calls\":[{\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"),
      FINISH ("stop"),
      DONE },
    "start(i m) think(h) state(a) ; call(c1 f) args({}) ; stop(tools) end" },
  /* tool calls */
  { "call",
    { NEW (0, "c1", "f"), ARGS (0, "{\\\"a\\\":"), ARGS (0, "1}"), FINISH ("tool_calls"), DONE },
    "start(i m) call(c1 f) args({\\\"a\\\":) args(1}) ; stop(tools) end" },
  { "call-without-arguments",
    { NEW (0, "c1", "f"), FINISH ("tool_calls"), DONE },
    "start(i m) call(c1 f) args({}) ; stop(tools) end" },
  { "call-without-index",
    { CALL ("{\"id\":\"c1\",\"function\":{\"name\":\"f\"}}"),
      CALL ("{\"function\":{\"arguments\":\"{}\"}}"),
      CALL ("{\"id\":\"c2\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}"),
      FINISH ("tool_calls"),
      DONE },
    "start(i m) call(c1 f) args({}) ; call(c2 g) args({}) ; stop(tools) end" },
  { "call-without-id",
    { CALL ("{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}"),
      FINISH ("tool_calls"),
      DONE },
    "start(i m) call(call_r_0 f) args({}) ; stop(tools) end" },
  { "calls-reuse-index",
    { NEW (0, "c1", "f"),
      ARGS (0, "{}"),
      NEW (0, "c2", "g"),
      ARGS (0, "[]"),
      FINISH ("tool_calls"),
      DONE },
    "start(i m) call(c1 f) args({}) ; call(c2 g) args([]) ; stop(tools) end" },
  { "calls-repeat-ids",
    { NEW (0, "c1", "f"),
      CALL ("{\"index\":0,\"id\":\"c1\",\"function\":{\"arguments\":\"{\"}}"),
      CALL ("{\"index\":0,\"id\":\"c1\",\"function\":{\"arguments\":\"}\"}}"),
      FINISH ("tool_calls"),
      DONE },
    "start(i m) call(c1 f) args({) args(}) ; stop(tools) end" },
  { "calls-at-once",
    { CALL (
          "{\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},{\"id\":\"c2\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}"),
      FINISH ("stop"),
      DONE },
    "start(i m) call(c1 f) args({}) ; call(c2 g) args({}) ; stop(tools) end" },
  { "calls-interleaved",
    { NEW (0, "c1", "f"),
      NEW (1, "c2", "g"),
      ARGS (1, "{\\\"b\\\""),
      ARGS (0, "{\\\"a\\\":1"),
      ARGS (1, ":2}"),
      ARGS (0, "}"),
      FINISH ("tool_calls"),
      DONE },
    "start(i m) call(c1 f) args({\\\"a\\\":1) args(}) ; call(c2 g) args({\\\"b\\\":2}) ; stop(tools) end" },
  { "text-among-arguments",
    { NEW (0, "c1", "f"),
      ARGS (0, "{"),
      TEXT ("x"),
      ARGS (0, "}"),
      TEXT ("y"),
      FINISH ("stop"),
      DONE },
    "start(i m) call(c1 f) args({) args(}) ; text(x) text(y) ; stop(tools) end" },
  { "arguments-behind-the-end",
    { NEW (0, "c1", "f"), ARGS (0, "{}"), TEXT ("x"), ARGS (0, "\\n "), FINISH ("stop"), DONE },
    "start(i m) call(c1 f) args({}) ; text(x) ; stop(tools) end" },
  { "arguments-go-on",
    { NEW (0, "c1", "f"), ARGS (0, "{}"), TEXT ("x"), ARGS (0, "{}") },
    "start(i m) call(c1 f) args({}) ; text(x) ; failure(502 upstream went on with a tool call that was complete) end" },
  { "arguments-cut",
    { NEW (0, "c1", "f"), ARGS (0, "{\\\"a"), FINISH ("length"), DONE },
    "start(i m) call(c1 f) args({\\\"a) ; stop(limit) end" },
  { "custom-call",
    { CALL (
          "{\"index\":0,\"id\":\"c1\",\"type\":\"custom\",\"custom\":{\"name\":\"p\",\"input\":\"*** {\"}}"),
      CALL ("{\"index\":0,\"custom\":{\"input\":\" x\"}}"),
      FINISH ("tool_calls"),
      DONE },
    "start(i m) custom(c1 p) args(*** {) args( x) ; stop(tools) end" },
  { "thought-signature",
    { CALL (
          "{\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\",\"thought_signature\":\"sig\"}}"),
      FINISH ("stop"),
      DONE },
    "start(i m) call(c1 f sig) args({}) ; stop(tools) end" },
  { "whitespace-loop",
    { NEW (0, "c1", "f"), ARGS (0, "{" TWENTY), ARGS (0, TWENTY), ARGS (0, "}") },
    "start(i m) call(c1 f) args({" TWENTY
    ") ; failure(502 upstream lost itself in the whitespace of a tool call) end" },
  /* Claude's choices are parts of one answer. */
  { "split",
    { DELTA ("{\"content\":\"x\"}"),
      "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}",
      DELTA_OF (
          1,
          "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"),
      "{\"choices\":[{\"index\":1,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}",
      DONE },
    "start(i m) text(x) ; call(c1 f) args({}) ; stop(tools) end" },
  /* errors */
  { "error",
    { TEXT ("a"), "{\"choices\":null,\"error\":{\"code\":429,\"message\":\"slow\"}}", TEXT ("b") },
    "start(i m) text(a) ; failure(429 slow) end" },
  { "error-text", { "{\"error\":\"oops\"}" }, "failure(502 oops) end" },
  { "copilot-error",
    { "{\"choices\":null,\"copilot_errors\":[{\"type\":\"t\",\"code\":\"rate_limited\",\"message\":\"slow\"}]}" },
    "failure(429 slow) end" },
  { "no-json",
    { TEXT ("a"), "<html>" },
    "start(i m) text(a) ; failure(502 upstream sent a chunk that is no JSON object) end" },
  { "no-object", { "[1]" }, "failure(502 upstream sent a chunk that is no JSON object) end" },
  { "many-lines",
    { "{\"id\":\"i\",\"model\":\"m\",\n\"choices\":[{\"delta\":\n{\"content\":\"a\"}}]}", DONE },
    "start(i m) text(a) ; stop(end) end" },
  { "line-end-in-string",
    { "{\"choices\":[{\"delta\":{\"content\":\"a\nb\"}}]}" },
    "failure(502 upstream sent a chunk that is no JSON object) end" },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *words = decode (row->events, G_N_ELEMENTS (row->events), 1, NULL);

  g_assert_cmpstr (words, ==, row->words);
}

static void
test_problem (void)
{
  static const char *const events[] = { TEXT ("a"), NULL };
  static const char *const complete[] = { TEXT ("a"), FINISH ("stop"), NULL };
  g_autoptr (GError) problem = g_error_new (JUMP_ERROR, JUMP_ERROR_TIMEOUT, "too slow");
  g_autofree char *words = decode (events, 2, 1, problem);
  g_autofree char *late = decode (complete, 3, 1, problem);

  g_assert_cmpstr (words, ==, "start(i m) text(a) ; failure(504 too slow) end");
  g_assert_cmpstr (late, ==, "start(i m) text(a) ; stop(end) end");
}

/* Events can hold one alternative only. */
static void
test_alternatives (void)
{
  static const char *const events[] = { TEXT ("a"), DELTA_OF (1, "{\"content\":\"b\"}"), DONE };
  g_autofree char *words = decode (events, 3, 2, NULL);

  g_assert_cmpstr (words, ==, "start(i m) text(a) ; stop(end) end");
}

static void
test_many_calls (void)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *words = NULL;

  for (int i = 0; i < 1100; i++)
    g_ptr_array_add (
        events,
        g_strdup_printf ("{\"choices\":[{\"delta\":{\"tool_calls\":[{\"id\":\"c%d\",\"function\":"
                         "{\"name\":\"f\",\"arguments\":\"{}\"}}]}}]}",
                         i));
  words = decode ((const char *const *) events->pdata, events->len, 1, NULL);
  g_assert_true (g_str_has_suffix (words, "failure(502 upstream made too many tool calls) end"));
}

/* Changes values, always the same way: promises are kept whatever comes. */
static void
test_mutations (void)
{
  static const char *const bits[] = {
    "null", "[]", "{}", "\"\"", "-1", "1e9", "\"stop\"", "\"c1\"", "[{}]", "true", "\"}\"",
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint round = 0; round < 200 * G_N_ELEMENTS (rows); round++)
    {
      const Row *row = &rows[round % G_N_ELEMENTS (rows)];
      g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *words = NULL;

      for (gsize i = 0; i < G_N_ELEMENTS (row->events) && row->events[i] != NULL; i++)
        {
          g_autoptr (GString) event = g_string_new (row->events[i]);
          gsize at = (gsize) g_rand_int_range (random, 0, (gint32) event->len);
          char *colon = strchr (event->str + at, ':');

          if (colon != NULL && g_rand_boolean (random))
            {
              at = (gsize) (colon + 1 - event->str);
              g_string_erase (event, (gssize) at, (gssize) strcspn (colon + 1, ",}]"));
              g_string_insert (event,
                               (gssize) at,
                               bits[g_rand_int_range (random, 0, G_N_ELEMENTS (bits))]);
            }
          g_ptr_array_add (events, g_string_free (g_steal_pointer (&event), FALSE));
        }
      words = decode ((const char *const *) events->pdata, events->len, 1 + round % 2, NULL);
      g_assert_true (g_str_has_suffix (words, "end"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/openai-chat-decoder/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/openai-chat-decoder/problem", test_problem);
  g_test_add_func ("/openai-chat-decoder/alternatives", test_alternatives);
  g_test_add_func ("/openai-chat-decoder/many-calls", test_many_calls);
  g_test_add_func ("/openai-chat-decoder/mutations", test_mutations);
  return g_test_run ();
}
