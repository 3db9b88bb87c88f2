/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-call-id.h"
#include "service/dialects/anthropic-encoder.h"

#include <string.h>

#define MAX_EVENTS 12
#define EVENT(kind_)           \
  {                            \
    .kind = JUMP_EVENT_##kind_ \
  }
#define TEXT(json)                                                \
  {                                                               \
    .kind = JUMP_EVENT_TEXT, .text = {(json), sizeof (json) - 1 } \
  }
#define REASONING(json)                                                \
  {                                                                    \
    .kind = JUMP_EVENT_REASONING, .text = {(json), sizeof (json) - 1 } \
  }
#define ARGUMENTS(json)                                                \
  {                                                                    \
    .kind = JUMP_EVENT_ARGUMENTS, .text = {(json), sizeof (json) - 1 } \
  }
#define ANNOTATION(json)                                                \
  {                                                                     \
    .kind = JUMP_EVENT_ANNOTATION, .text = {(json), sizeof (json) - 1 } \
  }
#define STATE(state_)                            \
  {                                              \
    .kind = JUMP_EVENT_STATE, .state = &(state_) \
  }
#define STOP(reason)                                           \
  {                                                            \
    .kind = JUMP_EVENT_STOP, .stop_reason = JUMP_STOP_##reason \
  }
#define CALL(id_, name_)                                       \
  {                                                            \
    .kind = JUMP_EVENT_TOOL_CALL, .id = (id_), .name = (name_) \
  }

static char secret[] = "s3cr3t";
static char model[] = "gpt-5.5";
static const JumpReasoningState signature = { JUMP_REASONING_SIGNATURE, secret, NULL };
static const JumpReasoningState redacted = { JUMP_REASONING_REDACTED, secret, NULL };
static const JumpReasoningState encrypted = { JUMP_REASONING_ENCRYPTED, secret, model };
static const JumpReasoningState opaque = { JUMP_REASONING_OPAQUE, secret, NULL };
static const JumpUsageCount start_usage = { 100, -1, 80, 5, -1, -1 };
static const JumpUsageCount end_usage = { 101, 7, 80, 5, 3, 9 };

typedef struct
{
  const char *name;
  gboolean hides_thinking;
  JumpReplyEvent events[MAX_EVENTS]; /* until END */
  const char *expected;              /* the data of the events, short, see run() */
} Case;

static const Case cases[] = {
  { "text",
    FALSE,
    { { .kind = JUMP_EVENT_START, .usage = &start_usage },
      TEXT ("\"a\\n\""),
      TEXT ("\"b\""),
      EVENT (PART_END),
      { .kind = JUMP_EVENT_USAGE, .usage = &end_usage },
      STOP (END),
      EVENT (END) },
    "start 15/5/80/0|+0 {\"type\":\"text\",\"text\":\"\"}|0 {\"type\":\"text_delta\",\"text\":\"a\\n\"}|"
    "0 {\"type\":\"text_delta\",\"text\":\"b\"}|-0|end_turn null 16/5/80/7|stop" },
  { "nothing-known",
    FALSE,
    { TEXT ("\"a\""), EVENT (PART_END), STOP (LIMIT), EVENT (END) },
    "start 77/0/0/0|+0 {\"type\":\"text\",\"text\":\"\"}|0 {\"type\":\"text_delta\",\"text\":\"a\"}|-0|"
    "max_tokens null 77/0/0/0|stop" },
  { "empty",
    FALSE,
    { EVENT (START), STOP (END), EVENT (END) },
    "start 77/0/0/0|end_turn null 77/0/0/0|stop" },
  { "stop-sequence",
    FALSE,
    { EVENT (START),
      { .kind = JUMP_EVENT_STOP, .stop_reason = JUMP_STOP_SEQUENCE, .stop_sequence = "\"E" },
      EVENT (END) },
    "start 77/0/0/0|stop_sequence \"\\\"E\" 77/0/0/0|stop" },
  { "ping",
    FALSE,
    { EVENT (START),
      EVENT (PING),
      TEXT ("\"a\""),
      EVENT (PING),
      EVENT (PART_END),
      STOP (END),
      EVENT (END) },
    "start 77/0/0/0|+0 {\"type\":\"text\",\"text\":\"\"}|0 {\"type\":\"text_delta\",\"text\":\"a\"}|ping|-0|"
    "end_turn null 77/0/0/0|stop" },
  { "thinking",
    FALSE,
    { EVENT (START),
      REASONING ("\"h\""),
      REASONING ("\"m\""),
      STATE (encrypted),
      EVENT (PART_END),
      TEXT ("\"a\""),
      EVENT (PART_END),
      STOP (END),
      EVENT (END) },
    "start 77/0/0/0|+0 {\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}|"
    "0 {\"type\":\"thinking_delta\",\"thinking\":\"h\"}|0 {\"type\":\"thinking_delta\",\"thinking\":\"m\"}|"
    "0 {\"type\":\"signature_delta\",\"signature\":\"jumpseat1.encrypted.gpt-5%2E5.s3cr3t\"}|-0|"
    "+1 {\"type\":\"text\",\"text\":\"\"}|1 {\"type\":\"text_delta\",\"text\":\"a\"}|-1|"
    "end_turn null 77/0/0/0|stop" },
  { "thinking-hidden",
    TRUE,
    { EVENT (START),
      REASONING ("\"h\""),
      STATE (encrypted),
      EVENT (PART_END),
      STATE (opaque),
      EVENT (PART_END),
      TEXT ("\"a\""),
      EVENT (PART_END),
      STOP (END),
      EVENT (END) },
    "start 77/0/0/0|+0 {\"type\":\"text\",\"text\":\"\"}|0 {\"type\":\"text_delta\",\"text\":\"a\"}|-0|"
    "end_turn null 77/0/0/0|stop" },
  { "state-alone",
    FALSE,
    { EVENT (START),
      STATE (opaque),
      EVENT (PART_END),
      STATE (signature),
      EVENT (PART_END),
      STATE (redacted),
      EVENT (PART_END),
      STOP (END),
      EVENT (END) },
    "start 77/0/0/0|+0 {\"type\":\"redacted_thinking\",\"data\":\"jumpseat1.opaque.used-1.s3cr3t\"}|-0|"
    "+1 {\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}|"
    "1 {\"type\":\"signature_delta\",\"signature\":\"s3cr3t\"}|-1|"
    "+2 {\"type\":\"redacted_thinking\",\"data\":\"s3cr3t\"}|-2|end_turn null 77/0/0/0|stop" },
  { "tools",
    FALSE,
    { EVENT (START),
      CALL ("c1", "read"),
      ARGUMENTS ("\"{\\\"a\\\"\""),
      ARGUMENTS ("\":1}\""),
      EVENT (PART_END),
      CALL (NULL, "now"),
      ARGUMENTS ("\"\""),
      EVENT (PART_END),
      STOP (END),
      EVENT (END) },
    "start 77/0/0/0|+0 {\"type\":\"tool_use\",\"id\":\"c1\",\"name\":\"read\",\"input\":{}}|"
    "0 {\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"a\\\"\"}|"
    "0 {\"type\":\"input_json_delta\",\"partial_json\":\":1}\"}|-0|"
    "+1 {\"type\":\"tool_use\",\"id\":\"toolu_r1_1\",\"name\":\"now\",\"input\":{}}|"
    "1 {\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}|-1|tool_use null 77/0/0/0|stop" },
  { "free-text",
    FALSE,
    { EVENT (START),
      { .kind = JUMP_EVENT_TOOL_CALL, .id = "c1", .name = "patch", .tool_kind = JUMP_TOOL_CUSTOM },
      ARGUMENTS ("\"a\\n\""),
      ARGUMENTS ("\"\\\"b\""),
      EVENT (PART_END),
      STOP (TOOLS),
      EVENT (END) },
    "start 77/0/0/0|+0 {\"type\":\"tool_use\",\"id\":\"c1\",\"name\":\"patch\",\"input\":{}}|"
    "0 {\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"input\\\":\\\"a\\\\n\"}|"
    "0 {\"type\":\"input_json_delta\",\"partial_json\":\"\\\\\\\"b\"}|"
    "0 {\"type\":\"input_json_delta\",\"partial_json\":\"\\\"}\"}|-0|tool_use null 77/0/0/0|stop" },
  { "citations",
    FALSE,
    { EVENT (START),
      TEXT ("\"a\""),
      ANNOTATION ("{\"type\":\"page_location\"}"),
      ANNOTATION ("{\"type\":\"url_citation\"}"),
      EVENT (PART_END),
      STOP (PAUSE),
      EVENT (END) },
    "start 77/0/0/0|+0 {\"type\":\"text\",\"text\":\"\"}|0 {\"type\":\"text_delta\",\"text\":\"a\"}|"
    "0 {\"type\":\"citations_delta\",\"citation\":{\"type\":\"page_location\"}}|-0|"
    "pause_turn null 77/0/0/0|stop" },
  { "refusal",
    FALSE,
    { EVENT (START),
      { .kind = JUMP_EVENT_REFUSAL, .text = { "\"no\"", 4 } },
      EVENT (PART_END),
      STOP (FILTER),
      EVENT (END) },
    "start 77/0/0/0|+0 {\"type\":\"text\",\"text\":\"\"}|0 {\"type\":\"text_delta\",\"text\":\"no\"}|-0|"
    "refusal null 77/0/0/0|stop" },
  { "context",
    FALSE,
    { EVENT (START), STOP (CONTEXT), EVENT (END) },
    "start 77/0/0/0|model_context_window_exceeded null 77/0/0/0|stop" },
};

static gint64
get_count (JumpJsonSpan usage, const char *name)
{
  gint64 count = -1;

  g_assert_true (jump_json_span_get_int (jump_json_find_member (usage, name), &count));
  return count;
}

static void
put_usage (GString *out, JumpJsonSpan usage)
{
  g_string_append_printf (out,
                          " %d/%d/%d/%d",
                          (int) get_count (usage, "input_tokens"),
                          (int) get_count (usage, "cache_creation_input_tokens"),
                          (int) get_count (usage, "cache_read_input_tokens"),
                          (int) get_count (usage, "output_tokens"));
}

static void
put_span (GString *out, JumpJsonSpan object, const char *name)
{
  JumpJsonSpan value = jump_json_find_member (object, name);

  g_assert_nonnull (value.start);
  g_string_append_len (out, value.start, (gssize) value.length);
}

/* One event of the stream in short; checks that its name is its type. */
static void
put_short (GString *out, const char *event)
{
  const char *data = strstr (event, "\ndata: ");
  g_autofree char *name = NULL;
  g_autofree char *type = NULL;
  JumpJsonSpan object;

  g_assert_true (g_str_has_prefix (event, "event: "));
  g_assert_nonnull (data);
  name = g_strndup (event + 7, (gsize) (data - event) - 7);
  data += 7;
  g_assert_true (jump_json_validate (data, strlen (data), 20, NULL));
  object = jump_json_span_trim (data, strlen (data));
  type = jump_json_span_dup_string (jump_json_find_member (object, "type"));
  g_assert_cmpstr (type, ==, name);
  if (out->len > 0)
    g_string_append_c (out, '|');
  if (strcmp (type, "message_start") == 0)
    {
      JumpJsonSpan message = jump_json_find_member (object, "message");

      g_assert_true (jump_json_span_equals (jump_json_find_member (message, "id"), "msg_r1"));
      g_assert_true (jump_json_span_equals (jump_json_find_member (message, "model"), "client-1"));
      g_string_append (out, "start");
      put_usage (out, jump_json_find_member (message, "usage"));
    }
  else if (strcmp (type, "content_block_start") == 0)
    {
      g_string_append_c (out, '+');
      put_span (out, object, "index");
      g_string_append_c (out, ' ');
      put_span (out, object, "content_block");
    }
  else if (strcmp (type, "content_block_delta") == 0)
    {
      put_span (out, object, "index");
      g_string_append_c (out, ' ');
      put_span (out, object, "delta");
    }
  else if (strcmp (type, "content_block_stop") == 0)
    {
      g_string_append_c (out, '-');
      put_span (out, object, "index");
    }
  else if (strcmp (type, "message_delta") == 0)
    {
      JumpJsonSpan delta = jump_json_find_member (object, "delta");
      g_autofree char *reason =
          jump_json_span_dup_string (jump_json_find_member (delta, "stop_reason"));

      g_string_append_printf (out, "%s ", reason);
      put_span (out, delta, "stop_sequence");
      put_usage (out, jump_json_find_member (object, "usage"));
    }
  else if (strcmp (type, "message_stop") == 0)
    g_string_append (out, "stop");
  else
    g_string_append (out, type);
}

static void
test_case (gconstpointer data)
{
  const Case *self = data;
  const JumpReplyOptions options = {
    .client_model = "client-1",
    .used_model = "used-1",
    .request_id = "r1",
    .wants_thinking = !self->hides_thinking,
    .estimated_input = 77,
  };
  g_autoptr (JumpEncoder) encoder = jump_anthropic_encoder_new (&options);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GString) found = g_string_new (NULL);
  g_auto (GStrv) events = NULL;
  guint n = 0;

  do
    jump_encoder_event (encoder, &self->events[n], out);
  while (self->events[n++].kind != JUMP_EVENT_END);
  events = g_strsplit (out->str, "\n\n", -1);
  for (guint i = 0; events[i + 1] != NULL; i++)
    put_short (found, events[i]);
  g_assert_cmpstr (found->str, ==, self->expected);
}

/* Nothing may be written before upstream has begun to answer: a second try writes it again. */
static void
test_failure (void)
{
  const JumpReplyOptions options = { .client_model = "c",
                                     .request_id = "r1",
                                     .estimated_input = -1 };
  g_autoptr (JumpEncoder) encoder = jump_anthropic_encoder_new (&options);
  g_autoptr (JumpFailure) failure =
      jump_failure_new (JUMP_FAILURE_OVERLOADED, 503, NULL, "Overloaded");
  g_autoptr (GString) out = g_string_new (NULL);

  jump_encoder_event (encoder, &(JumpReplyEvent){ .kind = JUMP_EVENT_START }, out);
  g_assert_cmpstr (out->str, ==, "");
  jump_encoder_event (encoder,
                      &(JumpReplyEvent){ .kind = JUMP_EVENT_FAILURE, .failure = failure },
                      out);
  jump_encoder_event (encoder, &(JumpReplyEvent){ .kind = JUMP_EVENT_END }, out);
  g_assert_cmpstr (
      out->str,
      ==,
      "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
      "\"message\":\"Overloaded\"},\"request_id\":\"r1\"}\n\n");
}

static void
test_call_ids (void)
{
  static const char *const states[] = { "c2ln", "a+/b==", "?>x~", "ä" };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *id = jump_anthropic_call_id_seal ("call_1", states[i]);
      g_autofree char *state = NULL;

      for (const char *at = id; *at != '\0'; at++)
        g_assert_true (g_ascii_isalnum (*at) || *at == '_' || *at == '-');
      state = jump_anthropic_call_id_open (id);
      g_assert_cmpstr (id, ==, "call_1");
      g_assert_cmpstr (state, ==, states[i]);
    }
  for (guint i = 0; i < 3; i++)
    {
      static const char *const others[] = { "call_1", "_jumpseat1_YQ", "call_jumpseat1_" };
      g_autofree char *id = g_strdup (others[i]);

      g_assert_null (jump_anthropic_call_id_open (id));
      g_assert_cmpstr (id, ==, others[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/anthropic-encoder/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/anthropic-encoder/failure", test_failure);
  g_test_add_func ("/anthropic-encoder/call-ids", test_call_ids);
  return g_test_run ();
}
