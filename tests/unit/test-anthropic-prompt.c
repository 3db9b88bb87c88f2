/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/json-scan.h"
#include "service/dialects/anthropic-prompt.h"

#include <string.h>

#define USER(content)  "{\"role\":\"user\",\"content\":" content "}"
#define BODY(content)  "{\"messages\":[" USER (content) "]}"
#define WITH(members)  "{" members ",\"messages\":[" USER ("\"x\"") "]}"
#define TEXT(text)     "{\"type\":\"text\",\"text\":\"" text "\"}"
#define BILLING        "X-Anthropic-Billing-Header: cc_version=2; cc_entrypoint=cli;"
#define SYSTEM(system) WITH ("\"system\":" system)

static JumpPrompt *
read_ok (const char *body)
{
  g_autoptr (GError) error = NULL;
  JumpPrompt *prompt;

  g_assert_true (jump_json_validate (body, strlen (body), 100, &error));
  g_assert_no_error (error);
  prompt = jump_anthropic_prompt_read (body, strlen (body), &error);
  g_assert_no_error (error);
  return prompt;
}

static const JumpPart *
get_part (const JumpPrompt *prompt, guint message, guint part)
{
  const JumpMessage *found = g_ptr_array_index (prompt->messages, message);

  g_assert_cmpuint (part, <, found->parts->len);
  return g_ptr_array_index (found->parts, part);
}

static void
test_billing_header (void)
{
  static const struct
  {
    const char *body;
    const char *text; /* (nullable): what is left */
    gboolean is_dropped;
  } rows[] = {
    { SYSTEM ("[" TEXT (BILLING) "," TEXT ("You are") "]"), "You are", TRUE },
    { SYSTEM ("[" TEXT (BILLING) "]"), NULL, TRUE },
    { SYSTEM ("\"" BILLING "\\nYou are\""), "You are", TRUE },
    { SYSTEM ("\"" BILLING "\""), NULL, TRUE },
    { SYSTEM ("[" TEXT ("\\n" BILLING "\\r\\n\\nYou are") "]"), "You are", TRUE },
    { SYSTEM ("\"Tell me about " BILLING "\""), "Tell me about " BILLING, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpPrompt) prompt = read_ok (rows[i].body);

      g_assert_cmpuint (prompt->dropped->len, ==, rows[i].is_dropped);
      g_assert_cmpuint (prompt->messages->len, ==, rows[i].text == NULL ? 1 : 2);
      if (rows[i].text != NULL)
        g_assert_cmpstr (get_part (prompt, 0, 0)->text, ==, rows[i].text);
    }
}

/* Blocks that others have no word for become text. */
static void
test_text_of_blocks (void)
{
  static const struct
  {
    const char *content;
    const char *expected; /* texts, joined by a bar */
  } rows[] = {
    { "[{\"type\":\"document\",\"title\":\"T\",\"context\":\"C\",\"source\":{\"type\":\"text\",\"media_type\":"
      "\"text/plain\",\"data\":\"D\"}}]",
      "T|C|D" },
    { "[{\"type\":\"document\",\"source\":{\"type\":\"content\",\"content\":[" TEXT ("a") "," TEXT (
          "b") "]}}]",
      "a|b" },
    { "[{\"type\":\"document\",\"source\":{\"type\":\"content\",\"content\":\"a\"}}]", "a" },
    { "[{\"type\":\"search_result\",\"title\":\"T\",\"source\":\"https://x\",\"content\":[" TEXT (
          "a") "]}]",
      "T|https://x|a" },
    { "[{\"type\":\"tool_reference\",\"tool_name\":\"Grep\"}]", "The tool Grep is available now." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body = g_strdup_printf (BODY ("%s"), rows[i].content);
      g_autoptr (JumpPrompt) prompt = read_ok (body);
      const JumpMessage *message = g_ptr_array_index (prompt->messages, 0);
      g_autofree char *text = jump_parts_join_text (message->parts, "|");

      g_assert_cmpstr (text, ==, rows[i].expected);
    }
}

static void
test_sources (void)
{
  g_autoptr (JumpPrompt) prompt = read_ok (BODY (
      "[{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://x/y.png\"}},"
      "{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"data:image/gif;base64,AA==\"}},"
      "{\"type\":\"image\",\"source\":{\"type\":\"file\",\"file_id\":\"f1\"}},"
      "{\"type\":\"document\",\"title\":\"a.pdf\",\"source\":{\"type\":\"base64\",\"media_type\":"
      "\"application/pdf\",\"data\":\"BBBB\"}},"
      "{\"type\":\"container_upload\",\"file_id\":\"f2\"}]"));

  g_assert_cmpstr (get_part (prompt, 0, 0)->url, ==, "https://x/y.png");
  g_assert_cmpstr (get_part (prompt, 0, 1)->media_type, ==, "image/gif");
  g_assert_cmpstr (get_part (prompt, 0, 1)->data, ==, "AA==");
  g_assert_cmpstr (get_part (prompt, 0, 2)->file_id, ==, "f1");
  g_assert_cmpint (get_part (prompt, 0, 3)->kind, ==, JUMP_PART_FILE);
  g_assert_cmpstr (get_part (prompt, 0, 3)->file_name, ==, "a.pdf");
  g_assert_cmpstr (get_part (prompt, 0, 3)->data, ==, "BBBB");
  g_assert_cmpint (get_part (prompt, 0, 4)->kind, ==, JUMP_PART_OTHER);
  g_assert_cmpstr (get_part (prompt, 0, 4)->type, ==, "container_upload");
  g_assert_cmpstr (get_part (prompt, 0, 4)->json,
                   ==,
                   "{\"type\":\"container_upload\",\"file_id\":\"f2\"}");
}

static void
test_thought_signature (void)
{
  g_autoptr (JumpPrompt) prompt =
      read_ok ("{\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":"
               "\"c1_jumpseat1_YzJsbg\",\"name\":\"read\"}]}," USER (
                   "[{\"type\":\"tool_result\",\"tool_use_id\":\"c1_jumpseat1_YzJsbg\"}]") "]}");

  g_assert_cmpstr (get_part (prompt, 0, 0)->call_id, ==, "c1");
  g_assert_cmpstr (get_part (prompt, 0, 0)->call_state, ==, "c2ln");
  g_assert_cmpstr (get_part (prompt, 0, 0)->arguments, ==, "{}");
  g_assert_cmpstr (get_part (prompt, 1, 0)->call_id, ==, "c1");
  g_assert_cmpstr (get_part (prompt, 1, 0)->name, ==, "read");
}

static void
test_user (void)
{
  g_autoptr (JumpPrompt) brief = read_ok (WITH ("\"metadata\":{\"user_id\":\"u\"}"));
  g_autoptr (JumpPrompt) lengthy = read_ok (
      WITH ("\"metadata\":{\"user_id\":\"0123456789012345678901234567890123456789012345678901234567"
            "890123456789\"}"));

  g_assert_cmpstr (brief->user, ==, "u");
  g_assert_null (lengthy->user);
  g_assert_nonnull (lengthy->metadata);
}

static void
test_thinking (void)
{
  g_autoptr (JumpPrompt) omitted =
      read_ok (WITH ("\"thinking\":{\"type\":\"adaptive\",\"display\":\"omitted\"}"));
  g_autoptr (JumpPrompt) budget =
      read_ok (WITH ("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2048}"));
  g_autoptr (JumpPrompt) off = read_ok (WITH ("\"thinking\":{\"type\":\"disabled\"}"));

  g_assert_cmpint (omitted->thinking, ==, JUMP_THINKING_ADAPTIVE);
  g_assert_true (omitted->wants_state);
  g_assert_null (omitted->summary);
  g_assert_cmpint (budget->thinking, ==, JUMP_THINKING_BUDGET);
  g_assert_cmpint (budget->thinking_budget, ==, 2048);
  g_assert_cmpstr (budget->summary, ==, "auto");
  g_assert_cmpint (off->thinking, ==, JUMP_THINKING_OFF);
  g_assert_false (off->wants_state);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *body;
    const char *message;
  } rows[] = {
    { BODY ("[{}]"), "messages[0].content[0].type: expected string" },
    { BODY ("[1]"), "messages[0].content[0]: expected object" },
    { BODY ("[{\"type\":\"text\"}]"), "messages[0].content[0].text: expected string" },
    { BODY ("[{\"type\":\"image\"}]"),
      "messages[0].content[0].source.type: expected base64, url or file" },
    { BODY ("[{\"type\":\"tool_use\",\"name\":\"a\"}]"),
      "messages[0].content[0].id: expected string" },
    { BODY ("[{\"type\":\"tool_use\",\"id\":\"\",\"name\":\"a\"}]"),
      "messages[0].content[0].id: expected a string that is not empty" },
    { BODY ("[{\"type\":\"tool_use\",\"id\":\"1\",\"name\":\"a\",\"input\":[]}]"),
      "messages[0].content[0].input: expected object" },
    { BODY (
          "[" TEXT ("a") ",{\"type\":\"tool_result\",\"tool_use_id\":\"1\",\"content\":[{\"type\":"
                         "\"text\"}]}]"),
      "messages[0].content[1].content[0].text: expected string" },
    { BODY ("[{\"type\":\"tool_result\",\"tool_use_id\":\"1\",\"content\":1}]"),
      "messages[0].content[0].content: expected string or array" },
    { SYSTEM ("[{}]"), "system[0].type: expected string" },
    { WITH ("\"max_tokens\":\"1\""), "max_tokens: expected integer" },
    { WITH ("\"temperature\":\"1\""), "temperature: expected number" },
    { WITH ("\"stop_sequences\":[1]"), "stop_sequences: expected strings" },
    { WITH ("\"thinking\":{\"type\":\"much\"}"),
      "thinking.type: expected enabled, adaptive or disabled" },
    { WITH ("\"thinking\":{\"type\":\"enabled\"}"), "thinking.budget_tokens: expected integer" },
    { WITH ("\"output_config\":1"), "output_config: expected object" },
    { WITH ("\"output_config\":{\"format\":{\"type\":\"xml\"}}"),
      "output_config.format: expected an object with type json_schema and schema" },
    { WITH ("\"tools\":[{\"input_schema\":{}}]"),
      "tools[0].name: expected a string that is not empty" },
    { WITH ("\"tools\":[{\"name\":\"a\"}]"), "tools[0].input_schema: expected object" },
    { WITH ("\"tool_choice\":{\"type\":\"some\"}"),
      "tool_choice.type: expected auto, any, tool or none" },
    { WITH ("\"tool_choice\":{\"type\":\"tool\"}"), "tool_choice.name: expected string" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (jump_anthropic_prompt_read (rows[i].body, strlen (rows[i].body), &error));
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
      g_assert_cmpstr (error->message, ==, rows[i].message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/anthropic-prompt/billing-header", test_billing_header);
  g_test_add_func ("/anthropic-prompt/text-of-blocks", test_text_of_blocks);
  g_test_add_func ("/anthropic-prompt/sources", test_sources);
  g_test_add_func ("/anthropic-prompt/thought-signature", test_thought_signature);
  g_test_add_func ("/anthropic-prompt/user", test_user);
  g_test_add_func ("/anthropic-prompt/thinking", test_thinking);
  g_test_add_func ("/anthropic-prompt/refused", test_refused);
  return g_test_run ();
}
