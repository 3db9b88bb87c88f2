/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-scan.h"
#include "service/dialects/dialect.h"
#include "tests/support/clock-fake.h"

#include <string.h>

/* The fake clock's beginning. */
#define HEAD  "{\"model\":\"my \\\"model\\\"\",\"created_at\":\"2027-01-15T08:00:00.000000000Z\","
#define CHAT  HEAD "\"message\":{\"role\":\"assistant\",\"content\":"
#define PLAIN HEAD "\"response\":"
#define TIMES                                                                  \
  "\"total_duration\":1000,\"load_duration\":0,\"prompt_eval_duration\":1000," \
  "\"eval_duration\":1000}\n"
#define DONE CHAT "\"\"},\"done\":true,\"done_reason\":\"stop\"," TIMES

typedef struct
{
  JumpClock *clock;     /* (owned) */
  JumpEncoder *encoder; /* (owned) */
  GString *out;         /* (owned) */
} Stage;

static void
stage_init (Stage *self, const JumpDialect *dialect, gboolean wants_thinking, JumpToolNames *names)
{
  JumpReplyOptions options = { 0 };
  g_autofree char *model = g_strdup ("my \"model\"");

  self->clock = jump_clock_fake_new ();
  options.client_model = model; /* gone when the encoder works */
  options.wants_thinking = wants_thinking;
  options.names = names;
  options.clock = self->clock;
  options.started = jump_clock_get_monotonic_time (self->clock);
  self->encoder = dialect->new_encoder (&options);
  self->out = g_string_new (NULL);
}

static void
stage_clear (Stage *self)
{
  jump_encoder_free (self->encoder);
  g_object_unref (self->clock);
  g_string_free (self->out, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stage, stage_clear)

static void
say (Stage *self, JumpReplyEventKind kind, const char *text)
{
  JumpReplyEvent event = { .kind = kind };

  if (text != NULL)
    event.text = (JumpJsonSpan){ text, strlen (text) };
  jump_encoder_event (self->encoder, &event, self->out);
}

static void
say_call (Stage *self, const char *id, const char *name)
{
  JumpReplyEvent event = { .kind = JUMP_EVENT_TOOL_CALL, .id = id, .name = name };

  jump_encoder_event (self->encoder, &event, self->out);
}

static void
say_stop (Stage *self, JumpStopReason reason)
{
  JumpReplyEvent event = { .kind = JUMP_EVENT_STOP, .stop_reason = reason };

  jump_encoder_event (self->encoder, &event, self->out);
}

/* Every line is a JSON object. */
static void
assert_lines (Stage *self, const char *expected)
{
  g_auto (GStrv) lines = g_strsplit (self->out->str, "\n", -1);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    g_assert_true (jump_json_validate (lines[i], strlen (lines[i]), 100, NULL));
  g_assert_cmpstr (self->out->str, ==, expected);
  g_string_truncate (self->out, 0);
}

static void
test_text (void)
{
  g_auto (Stage) stage = { 0 };

  stage_init (&stage, &jump_dialect_ollama_chat, TRUE, NULL);
  say (&stage, JUMP_EVENT_START, NULL);
  assert_lines (&stage, "");
  say (&stage, JUMP_EVENT_TEXT, "\"a\\n\\u00e9\"");
  assert_lines (&stage, CHAT "\"a\\n\\u00e9\"},\"done\":false}\n");
  say (&stage, JUMP_EVENT_TEXT, "\"\"");
  say (&stage, JUMP_EVENT_PING, NULL);
  say (&stage, JUMP_EVENT_ANNOTATION, "{}");
  say (&stage, JUMP_EVENT_PART_END, NULL);
  assert_lines (&stage, "");
  say (&stage, JUMP_EVENT_REFUSAL, "\"no\"");
  assert_lines (&stage, CHAT "\"no\"},\"done\":false}\n");
  say (&stage, JUMP_EVENT_PART_END, NULL);
  say_stop (&stage, JUMP_STOP_END);
  assert_lines (&stage, "");
  say (&stage, JUMP_EVENT_END, NULL);
  assert_lines (&stage, DONE);
}

static void
test_thinking (void)
{
  for (gboolean wanted = FALSE; wanted <= TRUE; wanted++)
    {
      g_auto (Stage) stage = { 0 };

      stage_init (&stage, &jump_dialect_ollama_chat, wanted, NULL);
      say (&stage, JUMP_EVENT_START, NULL);
      say (&stage, JUMP_EVENT_REASONING, "\"hm\"");
      assert_lines (&stage, wanted ? CHAT "\"\",\"thinking\":\"hm\"},\"done\":false}\n" : "");
      say (&stage, JUMP_EVENT_STATE, NULL);
      say (&stage, JUMP_EVENT_PART_END, NULL);
      assert_lines (&stage, "");
    }
}

static void
test_calls (void)
{
  static const struct
  {
    const char *pieces[4];
    const char *arguments;
  } rows[] = {
    { { NULL }, "{}" },
    { { "\"\"" }, "{}" },
    { { "\"{\\\"a\\\":\"", "\"1.0}\"" }, "{\"a\":1.0}" },
    { { "\"{\\\"a\\\":\\\"\\ud83d\"", "\"\\ude00\\\"}\"" }, "{\"a\":\"\xf0\x9f\x98\x80\"}" },
    { { "\"{\\n \\\"a\\\": \\\"x\\\\ny\\\"\\r\\n}\"" }, "{  \"a\": \"x\\ny\"  }" },
    { { "\"{\\\"a\\\":\"" }, "{\"_raw\":\"{\\\"a\\\":\"}" },
    { { "\"[1]\"" }, "{\"_raw\":\"[1]\"}" },
    { { "\"ls\\n\"" }, "{\"_raw\":\"ls\\n\"}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Stage) stage = { 0 };
      g_autofree char *expected =
          g_strdup_printf (CHAT "\"\",\"tool_calls\":[{\"id\":\"call_1\",\"function\":{\"index\":0,"
                                "\"name\":\"f\",\"arguments\":%s}}]},\"done\":false}\n",
                           rows[i].arguments);

      stage_init (&stage, &jump_dialect_ollama_chat, TRUE, NULL);
      say (&stage, JUMP_EVENT_START, NULL);
      say_call (&stage, "call_1", "f");
      for (gsize n = 0; rows[i].pieces[n] != NULL; n++)
        say (&stage, JUMP_EVENT_ARGUMENTS, rows[i].pieces[n]);
      assert_lines (&stage, "");
      say (&stage, JUMP_EVENT_PART_END, NULL);
      assert_lines (&stage, expected);
    }
}

/* The second call has another index; the client's name comes back; an id need not be there. */
static void
test_call_names (void)
{
  g_autoptr (JumpPrompt) prompt = jump_prompt_new ();
  JumpTool *tool = jump_tool_new (JUMP_TOOL_FUNCTION);
  g_autoptr (JumpToolNames) names = NULL;
  g_auto (Stage) stage = { 0 };

  tool->name = g_strdup ("fs.read:file");
  g_ptr_array_add (prompt->tools, tool);
  names = jump_tool_names_new (prompt);
  stage_init (&stage, &jump_dialect_ollama_chat, TRUE, names);
  say (&stage, JUMP_EVENT_START, NULL);
  say_call (&stage, "a", "f");
  say (&stage, JUMP_EVENT_PART_END, NULL);
  g_string_truncate (stage.out, 0);
  say_call (&stage, NULL, jump_tool_names_to_wire (names, NULL, "fs.read:file"));
  say (&stage, JUMP_EVENT_PART_END, NULL);
  assert_lines (&stage,
                CHAT "\"\",\"tool_calls\":[{\"function\":{\"index\":1,"
                     "\"name\":\"fs.read:file\",\"arguments\":{}}}]},\"done\":false}\n");
  say_stop (&stage, JUMP_STOP_TOOLS);
  say (&stage, JUMP_EVENT_END, NULL);
  assert_lines (&stage, DONE);
}

static void
test_end (void)
{
  JumpUsageCount input = JUMP_USAGE_COUNT_UNKNOWN;
  JumpUsageCount output = JUMP_USAGE_COUNT_UNKNOWN;
  JumpReplyEvent event = { .kind = JUMP_EVENT_START, .usage = &input };
  g_auto (Stage) stage = { 0 };

  stage_init (&stage, &jump_dialect_ollama_chat, TRUE, NULL);
  input.input_tokens = 12;
  jump_encoder_event (stage.encoder, &event, stage.out);
  jump_clock_fake_advance (stage.clock, 1500);
  say (&stage, JUMP_EVENT_TEXT, "\"a\"");
  jump_clock_fake_advance (stage.clock, 250);
  say (&stage, JUMP_EVENT_PART_END, NULL);
  g_string_truncate (stage.out, 0);
  say_stop (&stage, JUMP_STOP_LIMIT);
  output.output_tokens = 3;
  event = (JumpReplyEvent){ .kind = JUMP_EVENT_USAGE, .usage = &output };
  jump_encoder_event (stage.encoder, &event, stage.out);
  say (&stage, JUMP_EVENT_END, NULL);
  assert_lines (&stage,
                "{\"model\":\"my \\\"model\\\"\","
                "\"created_at\":\"2027-01-15T08:00:01.750000000Z\","
                "\"message\":{\"role\":\"assistant\",\"content\":\"\"},"
                "\"done\":true,\"done_reason\":\"length\",\"total_duration\":1750000000,"
                "\"load_duration\":0,\"prompt_eval_count\":12,"
                "\"prompt_eval_duration\":1500000000,\"eval_count\":3,"
                "\"eval_duration\":250000000}\n");
}

static void
test_reasons (void)
{
  static const struct
  {
    JumpStopReason reason;
    const char *word;
  } rows[] = {
    { JUMP_STOP_UNKNOWN, "\"stop\"" },    { JUMP_STOP_END, "\"stop\"" },
    { JUMP_STOP_SEQUENCE, "\"stop\"" },   { JUMP_STOP_TOOLS, "\"stop\"" },
    { JUMP_STOP_PAUSE, "\"stop\"" },      { JUMP_STOP_LIMIT, "\"length\"" },
    { JUMP_STOP_CONTEXT, "\"length\"" },  { JUMP_STOP_FILTER, "\"content_filter\"" },
    { JUMP_STOP_REFUSAL, "\"refusal\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Stage) stage = { 0 };
      g_autofree char *expected = g_strdup_printf ("\"done_reason\":%s,", rows[i].word);

      stage_init (&stage, &jump_dialect_ollama_chat, TRUE, NULL);
      say (&stage, JUMP_EVENT_START, NULL);
      say_stop (&stage, rows[i].reason);
      say (&stage, JUMP_EVENT_END, NULL);
      g_assert_nonnull (strstr (stage.out->str, expected));
    }
}

/* In the middle of a text and of a call: neither is ended as if it were complete. */
static void
test_failure (void)
{
  g_autoptr (JumpFailure) failure =
      jump_failure_new (JUMP_FAILURE_SERVER, 502, NULL, "it \"broke\"\noff");
  JumpReplyEvent event = { .kind = JUMP_EVENT_FAILURE, .failure = failure };

  for (gboolean in_call = FALSE; in_call <= TRUE; in_call++)
    {
      g_auto (Stage) stage = { 0 };

      stage_init (&stage, &jump_dialect_ollama_chat, TRUE, NULL);
      say (&stage, JUMP_EVENT_START, NULL);
      if (in_call)
        say_call (&stage, "a", "f");
      else
        say (&stage, JUMP_EVENT_TEXT, "\"a\"");
      g_string_truncate (stage.out, 0);
      jump_encoder_event (stage.encoder, &event, stage.out);
      say (&stage, JUMP_EVENT_END, NULL);
      assert_lines (&stage, "{\"error\":\"it \\\"broke\\\"\\noff\"}\n");
    }
}

static void
test_generate (void)
{
  g_auto (Stage) stage = { 0 };

  stage_init (&stage, &jump_dialect_ollama_generate, TRUE, NULL);
  say (&stage, JUMP_EVENT_START, NULL);
  say (&stage, JUMP_EVENT_REASONING, "\"hm\"");
  assert_lines (&stage, PLAIN "\"\",\"thinking\":\"hm\",\"done\":false}\n");
  say (&stage, JUMP_EVENT_PART_END, NULL);
  say (&stage, JUMP_EVENT_TEXT, "\"a\"");
  assert_lines (&stage, PLAIN "\"a\",\"done\":false}\n");
  say (&stage, JUMP_EVENT_PART_END, NULL);
  say_stop (&stage, JUMP_STOP_END);
  say (&stage, JUMP_EVENT_END, NULL);
  assert_lines (&stage, PLAIN "\"\",\"done\":true,\"done_reason\":\"stop\"," TIMES);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ollama-stream/text", test_text);
  g_test_add_func ("/ollama-stream/thinking", test_thinking);
  g_test_add_func ("/ollama-stream/calls", test_calls);
  g_test_add_func ("/ollama-stream/call-names", test_call_names);
  g_test_add_func ("/ollama-stream/end", test_end);
  g_test_add_func ("/ollama-stream/reasons", test_reasons);
  g_test_add_func ("/ollama-stream/failure", test_failure);
  g_test_add_func ("/ollama-stream/generate", test_generate);
  return g_test_run ();
}
