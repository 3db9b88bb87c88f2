/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/dialects/anthropic-scan.h"

#include <string.h>

#define USER(content)      "{\"role\":\"user\",\"content\":" content "}"
#define ASSISTANT(content) "{\"role\":\"assistant\",\"content\":" content "}"
#define SYSTEM(content)    "{\"role\":\"system\",\"content\":" content "}"
#define TEXT(text)         "{\"type\":\"text\",\"text\":\"" text "\"}"
#define CALL(name)         "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"" name "\",\"input\":{\"a\":1}}"
#define RESULT(content)    "{\"type\":\"tool_result\",\"tool_use_id\":\"t1\",\"content\":" content "}"
#define IMAGE                                                                         \
  "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\"," \
  "\"data\":\"AAAA\"}}"
#define REMINDER                TEXT ("<system-reminder>\\nx\\n</system-reminder>")

#define BODY(messages)          "{\"model\":\"m\",\"messages\":[" messages "]}"
#define WITH(members, messages) "{" members ",\"messages\":[" messages "]}"

#define SUBAGENT                                                                         \
  "\"system\":[{\"type\":\"text\",\"text\":\"x-anthropic-billing-header: cc_version=2; " \
  "cc_is_subagent=true;\"}]"

static void
scan_ok (JumpRequestFacts *facts, const char *body)
{
  g_autoptr (GError) error = NULL;

  jump_anthropic_scan (facts, body, strlen (body), &error);
  g_assert_no_error (error);
}

static void
test_facts (void)
{
  static const char body[] =
      WITH ("\"model\":\"claude-sonnet-4.6\",\"stream\":true,\"system\":\"0123456789\","
            "\"metadata\":{\"user_id\":\"who\"},\"tools\":[{\"name\":\"a\"},{\"name\":\"b\"}]",
            USER ("\"01234\"") "," ASSISTANT ("[" CALL ("a") "]") "," USER (
                "[" RESULT ("[" TEXT ("012") "," IMAGE "]") "," IMAGE "]"));
  JumpRequestFacts facts;

  scan_ok (&facts, body);
  g_assert_true (jump_json_span_equals (facts.model, "claude-sonnet-4.6"));
  g_assert_true (jump_json_span_equals (facts.model_key, "model"));
  g_assert_true (jump_json_span_equals (facts.session, "who"));
  g_assert_true (facts.stream);
  g_assert_true (facts.include_usage);
  g_assert_true (facts.has_image);
  g_assert_false (facts.has_odd_tool_names);
  g_assert_cmpuint (facts.n, ==, 1);
  g_assert_cmpuint (facts.n_messages, ==, 3);
  g_assert_cmpuint (facts.n_tools, ==, 2);
  g_assert_cmpuint (facts.n_images, ==, 2);
  /* system, text, input, tools, text in the result */
  g_assert_cmpuint (facts.text_bytes, ==, 10 + 5 + 7 + 2 * 12 + 3);
}

static void
test_documents (void)
{
  JumpRequestFacts facts;

  scan_ok (
      &facts,
      BODY (USER ("[{\"type\":\"document\",\"source\":{\"type\":\"content\",\"content\":[" IMAGE
                  "," TEXT ("0123") "]}}]")));
  g_assert_true (facts.has_image);
  g_assert_cmpuint (facts.text_bytes, ==, 4);
  scan_ok (&facts,
           BODY (USER ("[{\"type\":\"document\",\"source\":{\"type\":\"base64\",\"media_type\":"
                       "\"application/pdf\",\"data\":\"AAAA\"}}]")));
  g_assert_false (facts.has_image);
  g_assert_cmpuint (facts.text_bytes, ==, 0);
  scan_ok (&facts,
           BODY (USER ("[{\"type\":\"document\",\"source\":{\"type\":\"text\",\"media_type\":"
                       "\"text/plain\",\"data\":\"0123\"}}]")));
  g_assert_cmpuint (facts.text_bytes, ==, 4);
}

static void
test_tool_names (void)
{
  JumpRequestFacts facts;

  scan_ok (&facts, WITH ("\"tools\":[{\"name\":\"mcp.read\"}]", USER ("\"x\"")));
  g_assert_true (facts.has_odd_tool_names);
  scan_ok (&facts, BODY (USER ("\"x\"") "," ASSISTANT ("[" CALL ("a:b") "]")));
  g_assert_true (facts.has_odd_tool_names);
}

static void
test_initiator (void)
{
  static const struct
  {
    const char *body;
    gboolean from_agent;
    JumpTurnKind turn;
  } rows[] = {
    { BODY (USER ("\"x\"")), FALSE, JUMP_TURN_NORMAL },
    { BODY (USER ("[" REMINDER "," TEXT ("x") "]")), FALSE, JUMP_TURN_NORMAL },
    /* only a reminder, but nothing says that it was not sent with a person's words */
    { BODY (USER ("[" REMINDER "]")), FALSE, JUMP_TURN_NORMAL },
    { BODY (USER ("\"x\"") "," ASSISTANT ("\"y\"")), TRUE, JUMP_TURN_NORMAL },
    { BODY (USER ("[" RESULT ("\"r\"") "]")), TRUE, JUMP_TURN_NORMAL },
    { BODY (USER ("[" RESULT ("\"r\"") "," REMINDER "]")), TRUE, JUMP_TURN_NORMAL },
    { BODY (USER ("[" RESULT ("\"r\"") "," TEXT ("stop, do this") "]")), FALSE, JUMP_TURN_NORMAL },
    { BODY (USER ("[" RESULT ("\"r\"") "]") "," USER ("\"x\"")), FALSE, JUMP_TURN_NORMAL },
    { BODY (USER ("[" RESULT ("\"r\"") "," IMAGE "]")), FALSE, JUMP_TURN_NORMAL },
    /* notes of the client behind either */
    { BODY (USER ("\"x\"") "," SYSTEM ("\"note\"")), FALSE, JUMP_TURN_NORMAL },
    { BODY (USER ("[" RESULT ("\"r\"") "]") "," SYSTEM ("\"note\"")), TRUE, JUMP_TURN_NORMAL },
    { WITH (SUBAGENT, USER ("\"List the files\"")), TRUE, JUMP_TURN_SUBAGENT },
    { WITH (SUBAGENT, USER ("\"Warmup\"")), TRUE, JUMP_TURN_SMALL },
    { WITH ("\"system\":\"cc_is_subagent=true;\"", USER ("\"x\"")), FALSE, JUMP_TURN_NORMAL },
    { BODY (USER ("\"CRITICAL: Respond with TEXT ONLY. Do NOT call any tools.\\n\\nYour task is to "
                  "create a detailed summary of the conversation so far\"")),
      TRUE,
      JUMP_TURN_COMPACTION },
    { BODY (
          USER ("[" RESULT ("\"r\"") "," TEXT ("Your task is to create a detailed summary of this "
                                               "conversation") "," REMINDER "]")),
      TRUE,
      JUMP_TURN_COMPACTION },
    { BODY (USER ("\"CRITICAL: Respond with TEXT ONLY. Do NOT call any tools. What is 1+1?\"")),
      FALSE,
      JUMP_TURN_NORMAL },
    { WITH ("\"system\":[" TEXT ("You are a context summarization agent.") "]", USER ("\"x\"")),
      TRUE,
      JUMP_TURN_COMPACTION },
    { WITH ("\"system\":[" TEXT ("You are a title generator. You output ONLY") "]", USER ("\"x\"")),
      FALSE,
      JUMP_TURN_SMALL },
    { WITH ("\"tools\":[],\"system\":[" TEXT ("a") "," TEXT (
                "\\nYou are naming a coding session") "]",
            USER ("\"x\"")),
      FALSE,
      JUMP_TURN_SMALL },
    { WITH ("\"tools\":[{\"name\":\"a\"}],\"system\":\"You are a title generator.\"",
            USER ("\"x\"")),
      FALSE,
      JUMP_TURN_NORMAL },
    { WITH ("\"max_tokens\":1", USER ("\"quota\"")), FALSE, JUMP_TURN_SMALL },
    { WITH ("\"max_tokens\":2", USER ("\"quota\"")), FALSE, JUMP_TURN_NORMAL },
    /* warms the cache of this very model */
    { WITH ("\"max_tokens\":1", USER ("\"a\"") "," ASSISTANT ("\"b\"") "," USER ("\"c\"")),
      FALSE,
      JUMP_TURN_NORMAL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JumpRequestFacts facts;

      g_test_message ("%s", rows[i].body);
      scan_ok (&facts, rows[i].body);
      g_assert_cmpint (facts.from_agent, ==, rows[i].from_agent);
      g_assert_cmpint (facts.turn, ==, rows[i].turn);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *body;
    const char *message;
  } rows[] = {
    { "", "invalid JSON at byte 0*" },
    { "{\"messages\":[" USER ("\"x\"") "]} x", "invalid JSON at byte *" },
    { "{\"max_tokens\":NaN}", "invalid JSON at byte *" },
    { BODY (USER ("\"\xff\"")), "invalid JSON at byte *" },
    { "[]", "body: expected object" },
    { "{}", "messages: expected array" },
    { BODY (""), "messages: expected at least one" },
    { BODY ("1"), "messages[0]: expected object" },
    { BODY ("{\"role\":\"tool\",\"content\":\"x\"}"), "messages[0].role: expected *" },
    { BODY (USER ("1")), "messages[0].content: expected string or array" },
    { BODY (USER ("[1]")), "messages[0].content[0]: expected object" },
    { "{\"model\":1,\"messages\":[" USER ("\"x\"") "]}", "model: expected string" },
    { WITH ("\"stream\":1", USER ("\"x\"")), "stream: expected boolean" },
    { WITH ("\"system\":1", USER ("\"x\"")), "system: expected string or array" },
    { WITH ("\"tools\":1", USER ("\"x\"")), "tools: expected array" },
    { WITH ("\"tools\":[1]", USER ("\"x\"")), "tools[0]: expected object" },
    { WITH ("\"model\":\"a\",\"model\":\"b\"", USER ("\"x\"")), "model: given more than once" },
    { WITH ("\"top_k\":1,\"top\\u005fk\":2", USER ("\"x\"")), "top_k: given more than once" },
    { BODY (USER ("\"x\"") ","
                           "{\"role\":\"user\",\"role\":\"user\",\"content\":\"x\"}"),
      "messages[1].role: given more than once" },
    { BODY (USER ("[{\"type\":\"text\",\"text\":\"a\",\"text\":\"b\"}]")),
      "messages[0].content[0].text: given more than once" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      JumpRequestFacts facts;

      g_test_message ("%s", rows[i].message);
      g_assert_false (jump_anthropic_scan (&facts, rows[i].body, strlen (rows[i].body), &error));
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
      if (!g_pattern_match_simple (rows[i].message, error->message))
        g_assert_cmpstr (rows[i].message, ==, error->message);
    }
}

/* More names than are compared pair by pair. */
static void
test_many_members (void)
{
  g_autoptr (GString) body = g_string_new ("{");
  g_autoptr (GError) error = NULL;
  JumpRequestFacts facts;

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (body, "\"m%u\":1,", i);
  g_string_append (body, "\"messages\":[" USER ("\"x\"") "]");
  g_string_append_c (body, '}');
  scan_ok (&facts, body->str);
  g_string_truncate (body, body->len - 1);
  g_string_append (body, ",\"m2000\":2}");
  g_assert_false (jump_anthropic_scan (&facts, body->str, body->len, &error));
  g_assert_cmpstr (error->message, ==, "m2000: given more than once");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/anthropic-scan/facts", test_facts);
  g_test_add_func ("/anthropic-scan/documents", test_documents);
  g_test_add_func ("/anthropic-scan/tool-names", test_tool_names);
  g_test_add_func ("/anthropic-scan/initiator", test_initiator);
  g_test_add_func ("/anthropic-scan/refused", test_refused);
  g_test_add_func ("/anthropic-scan/many-members", test_many_members);
  return g_test_run ();
}
