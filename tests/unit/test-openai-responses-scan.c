/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/dialects/dialect.h"

#include <string.h>

#define USER    "{\"type\":\"message\",\"role\":\"user\",\"content\":\"hi\"}"
#define SUMMARY "You are performing a CONTEXT CHECKPOINT COMPACTION. Create a summary."

static void
scan (JumpRequestFacts *facts, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_test_message ("%s", text);
  jump_dialect_responses.scan (facts, text, strlen (text), &error);
  g_assert_no_error (error);
}

static void
assert_span (JumpJsonSpan span, const char *expected)
{
  g_autofree char *text = span.start == NULL ? NULL : g_strndup (span.start, span.length);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_facts (void)
{
  JumpRequestFacts facts;

  scan (&facts,
        "{\"model\":\"gpt-5.5\",\"input\":[" USER "],\"stream\":true,\"store\":false,"
        "\"previous_response_id\":\"resp_1\",\"prompt_cache_key\":\"k\",\"n_new\":[1],"
        "\"tools\":[{\"type\":\"function\",\"name\":\"a\"},{\"type\":\"namespace\",\"name\":\"n\","
        "\"tools\":[{\"type\":\"function\",\"name\":\"b\"}]},{\"type\":\"web_search\"}]}");
  assert_span (facts.model_key, "\"model\"");
  assert_span (facts.model, "\"gpt-5.5\"");
  assert_span (facts.previous_response_id, "\"resp_1\"");
  assert_span (facts.session, "\"k\"");
  g_assert_true (facts.stream);
  g_assert_false (facts.is_stored);
  g_assert_false (facts.has_odd_tool_names);
  g_assert_cmpuint (facts.n_messages, ==, 1);
  g_assert_cmpuint (facts.n_tools, ==, 3);
  g_assert_cmpuint (facts.n, ==, 1);
}

static void
test_absent (void)
{
  JumpRequestFacts facts;

  scan (&facts, "{\"input\":\"hello\",\"store\":null,\"previous_response_id\":null}");
  g_assert_null (facts.model.start);
  g_assert_null (facts.previous_response_id.start);
  g_assert_null (facts.session.start);
  g_assert_false (facts.stream);
  g_assert_true (facts.is_stored);
  g_assert_false (facts.from_agent);
  g_assert_false (facts.has_image);
  g_assert_cmpuint (facts.n_messages, ==, 1);
  g_assert_cmpuint (facts.text_bytes, ==, strlen ("hello"));
  scan (&facts, "{\"previous_response_id\":\"resp_1\"}");
  g_assert_cmpuint (facts.n_messages, ==, 0);
  g_assert_false (facts.has_references);
  scan (&facts, "{\"previous_response_id\":\"resp_1\",\"input\":[]}");
  scan (&facts, "{\"input\":[" USER ",{\"type\":\"item_reference\",\"id\":\"msg_1\"}]}");
  g_assert_true (facts.has_references);
}

/* Who speaks last, and what kind of a turn it is. */
static const struct
{
  const char *items;
  gboolean from_agent;
  JumpTurnKind turn;
} turns[] = {
  { USER, FALSE, JUMP_TURN_NORMAL },
  { "{\"role\":\"user\",\"content\":\"hi\"}", FALSE, JUMP_TURN_NORMAL },
  { "{\"role\":\"user\",\"content\":\"hi\",\"role\":\"user\"}", FALSE, JUMP_TURN_NORMAL },
  { USER ",{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"x\"}",
    TRUE,
    JUMP_TURN_NORMAL },
  { USER ",{\"type\":\"custom_tool_call_output\",\"call_id\":\"c\",\"output\":\"x\"}",
    TRUE,
    JUMP_TURN_NORMAL },
  { USER ",{\"type\":\"message\",\"role\":\"assistant\",\"content\":[]}", TRUE, JUMP_TURN_NORMAL },
  { USER ",{\"type\":\"reasoning\",\"summary\":[]}", TRUE, JUMP_TURN_NORMAL },
  { "{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"x\"}," USER,
    FALSE,
    JUMP_TURN_NORMAL },
  { USER ",{\"role\":\"developer\",\"content\":\"d\"}", FALSE, JUMP_TURN_NORMAL },
  { USER ",{\"type\":\"additional_tools\",\"role\":\"developer\",\"tools\":[]}",
    FALSE,
    JUMP_TURN_NORMAL },
  { USER ",{\"type\":\"compaction_trigger\"}", TRUE, JUMP_TURN_COMPACTION },
  { "{\"role\":\"user\",\"content\":\"" SUMMARY "\"}", TRUE, JUMP_TURN_COMPACTION },
  { "{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"x\"},"
    "{\"type\":\"input_text\",\"text\":\"" SUMMARY "\"}]}",
    TRUE,
    JUMP_TURN_COMPACTION },
  { "{\"role\":\"user\",\"content\":\"" SUMMARY "\"}," USER, FALSE, JUMP_TURN_NORMAL },
};

static void
test_turns (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"input\":[%s]}", turns[i].items);
      JumpRequestFacts facts;

      scan (&facts, text);
      g_assert_cmpint (facts.from_agent, ==, turns[i].from_agent);
      g_assert_cmpint (facts.turn, ==, turns[i].turn);
    }
}

#define METADATA(inner) \
  "{\"input\":[" USER "],\"client_metadata\":{\"x-codex-turn-metadata\":\"" inner "\"}}"

static void
test_client_metadata (void)
{
  JumpRequestFacts facts;

  scan (&facts,
        METADATA ("{\\\"request_kind\\\":\\\"turn\\\",\\\"thread_source\\\":\\\"user\\\"}"));
  g_assert_cmpint (facts.turn, ==, JUMP_TURN_NORMAL);
  g_assert_false (facts.from_agent);
  scan (&facts, METADATA ("{\\\"thread_source\\\":\\\"subagent\\\"}"));
  g_assert_cmpint (facts.turn, ==, JUMP_TURN_SUBAGENT);
  g_assert_true (facts.from_agent);
  scan (&facts, METADATA ("{\\\"request_kind\\\":\\\"compaction\\\"}"));
  g_assert_cmpint (facts.turn, ==, JUMP_TURN_COMPACTION);
  scan (&facts, METADATA ("no JSON"));
  g_assert_cmpint (facts.turn, ==, JUMP_TURN_NORMAL);
}

static void
test_images (void)
{
  JumpRequestFacts facts;

  scan (&facts,
        "{\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\","
        "\"image_url\":\"data:image/png;base64,AAAA\"},{\"type\":\"input_text\",\"text\":\"ab\"}]},"
        "{\"type\":\"function_call_output\",\"call_id\":\"call_1\",\"output\":["
        "{\"type\":\"input_image\",\"image_url\":\"https://x/y.png\"},"
        "{\"type\":\"input_text\",\"text\":\"cde\"}]}]}");
  g_assert_true (facts.has_image);
  g_assert_cmpuint (facts.n_images, ==, 2);
  g_assert_cmpuint (facts.text_bytes, ==, 5);
  scan (&facts,
        "{\"input\":[{\"type\":\"function_call\",\"name\":\"f\",\"call_id\":\"c\","
        "\"arguments\":\"{\\\"type\\\":\\\"input_image\\\"}\"}]}");
  g_assert_false (facts.has_image);
}

static const struct
{
  const char *members;
  gboolean is_odd;
} names[] = {
  { "\"tools\":[{\"type\":\"function\",\"name\":\"a_b-C9\"}]", FALSE },
  { "\"tools\":[{\"type\":\"function\",\"name\":\"a.b\"}]", TRUE },
  { "\"tools\":[{\"type\":\"custom\",\"name\":\"a b\"}]", TRUE },
  { "\"tools\":[{\"type\":\"web_search\"}]", FALSE },
  { "\"tools\":[{\"type\":\"namespace\",\"name\":\"n\",\"tools\":"
    "[{\"type\":\"function\",\"name\":\"x/y\"}]}]",
    TRUE },
  { "\"tools\":[{\"type\":\"function\",\"name\":"
    "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}]",
    TRUE },
};

static void
test_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"input\":\"x\",%s}", names[i].members);
      JumpRequestFacts facts;

      scan (&facts, text);
      g_assert_cmpint (facts.has_odd_tool_names, ==, names[i].is_odd);
    }
}

static void
test_names_in_history (void)
{
  JumpRequestFacts facts;

  scan (&facts,
        "{\"input\":[{\"type\":\"additional_tools\",\"tools\":"
        "[{\"type\":\"function\",\"name\":\"a:b\"}]}," USER "]}");
  g_assert_true (facts.has_odd_tool_names);
  g_assert_cmpuint (facts.n_tools, ==, 1);
  scan (&facts,
        "{\"input\":[{\"type\":\"function_call\",\"name\":\"a.b\",\"call_id\":\"c\"}," USER "]}");
  g_assert_true (facts.has_odd_tool_names);
  scan (&facts,
        "{\"input\":[{\"type\":\"function_call_output\",\"output\":\"x\",\"call_id\":"
        "\"ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc\"}]}");
  g_assert_true (facts.has_odd_tool_names);
}

static const struct
{
  const char *text;
  const char *message;
} errors[] = {
  { "[]", "body: expected object" },
  { "{}", "input: expected string or array" },
  { "{\"input\":5}", "input: expected string or array" },
  { "{\"input\":[]}", "input: expected at least one item" },
  { "{\"input\":[" USER ",1]}", "input[1]: expected object" },
  { "{\"input\":\"x\",\"model\":5}", "model: expected string" },
  { "{\"input\":\"x\",\"stream\":1}", "stream: expected boolean" },
  { "{\"input\":\"x\",\"store\":\"no\"}", "store: expected boolean" },
  { "{\"input\":\"x\",\"tools\":{}}", "tools: expected array" },
  { "{\"input\":\"x\",\"previous_response_id\":1}", "previous_response_id: expected string" },
  { "{\"input\":\"x\",\"input\":\"y\"}", "input: given more than once" },
  { "{\"input\":[{\"role\":\"user\",\"content\":\"x\",\"role\":\"system\"}]}",
    "input[0].role: given more than once" },
};

static void
test_errors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr (GError) error = NULL;
      JumpRequestFacts facts;

      g_assert_false (
          jump_dialect_responses.scan (&facts, errors[i].text, strlen (errors[i].text), &error));
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
      g_assert_cmpstr (error->message, ==, errors[i].message);
    }
}

static void
test_too_many_tools (void)
{
  g_autoptr (GString) text = g_string_new ("{\"input\":\"x\",\"tools\":[{\"type\":\"x\"}");
  g_autoptr (GError) error = NULL;
  JumpRequestFacts facts;

  for (guint i = 0; i < 128; i++)
    g_string_append (text, ",{\"type\":\"x\"}");
  g_string_append (text, "]}");
  g_assert_false (jump_dialect_responses.scan (&facts, text->str, text->len, &error));
  g_assert_cmpstr (error->message, ==, "tools: 129 given, at most 128 are possible");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/openai-responses-scan/facts", test_facts);
  g_test_add_func ("/openai-responses-scan/absent", test_absent);
  g_test_add_func ("/openai-responses-scan/turns", test_turns);
  g_test_add_func ("/openai-responses-scan/client-metadata", test_client_metadata);
  g_test_add_func ("/openai-responses-scan/images", test_images);
  g_test_add_func ("/openai-responses-scan/names", test_names);
  g_test_add_func ("/openai-responses-scan/names-in-history", test_names_in_history);
  g_test_add_func ("/openai-responses-scan/errors", test_errors);
  g_test_add_func ("/openai-responses-scan/too-many-tools", test_too_many_tools);
  return g_test_run ();
}
