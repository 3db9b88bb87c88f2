/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-read.h"
#include "service/simulator/chat-question.h"
#include "service/simulator/model-shelf.h"
#include "service/simulator/picture-size.h"
#include "service/simulator/scenario-facts.h"
#include "service/simulator/schema-instance.h"
#include "service/simulator/wit.h"

#include <string.h>

#define WEATHER                                                                                        \
  "{\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"description\":\"Current weather\"," \
  "\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"},"                \
  "\"unit\":{\"type\":\"string\",\"enum\":[\"celsius\",\"fahrenheit\"]},\"days\":{\"type\":"           \
  "\"integer\"}},\"required\":[\"city\",\"unit\"]}}}"
#define READ_FILE                                                                            \
  "{\"type\":\"function\",\"function\":{\"name\":\"readFile\",\"description\":\"Opens it\"," \
  "\"parameters\":{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"}},"     \
  "\"required\":[\"path\"]}}}"
#define PING \
  "{\"type\":\"function\",\"function\":{\"name\":\"ping\",\"description\":\"Says pong\"}}"
#define TOOLS "\"tools\":[" WEATHER "," READ_FILE "," PING "]"

static JumpAnswer *
ask_model (const char *id, const char *fields, const char *prompt, gboolean witty)
{
  g_autoptr (JumpScenario) scenario = jump_scenario_new_builtin ("test", NULL);
  g_autoptr (JumpModelShelf) shelf = jump_model_shelf_new (scenario->models, "pro");
  g_autofree char *text =
      g_strdup_printf ("{%s%s\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}",
                       fields,
                       *fields == '\0' ? "" : ",",
                       prompt);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = jump_json_parse_object (text, -1, &error);
  g_auto (JumpQuestion) question = { 0 };

  g_assert_no_error (error);
  jump_chat_question_read (&question, body, jump_model_shelf_find (shelf, id));
  return jump_wit_answer (&question, witty);
}

static JumpAnswer *
ask (const char *fields, const char *prompt)
{
  return ask_model ("gpt-4.1", fields, prompt, FALSE);
}

static void
assert_calls (JumpAnswer *answer, const char *expected)
{
  g_autoptr (GString) calls = g_string_new (NULL);

  for (guint i = 0; i < answer->calls->len; i++)
    {
      const JumpAnsweredCall *call = answer->calls->pdata[i];

      g_string_append_printf (calls, "%s(%s)", call->name, call->arguments);
    }
  g_assert_cmpstr (calls->str, ==, expected);
  g_assert_cmpint (answer->finish, ==, *expected == '\0' ? JUMP_FINISH_STOP : JUMP_FINISH_CALLS);
}

static void
test_echo (void)
{
  g_autoptr (JumpAnswer) answer = ask ("", "Good morning");

  g_assert_cmpstr (answer->text, ==, "You said: Good morning");
  g_assert_cmpint (answer->finish, ==, JUMP_FINISH_STOP);
  g_assert_null (answer->reasoning);
}

/* Lively, and the same each time. */
static void
test_witty (void)
{
  g_autoptr (JumpAnswer) one = ask_model ("gpt-4.1", "", "Good morning", TRUE);
  g_autoptr (JumpAnswer) same = ask_model ("gpt-4.1", "", "Good morning", TRUE);
  g_autoptr (JumpAnswer) other = ask_model ("gpt-4.1", "", "Good evening", TRUE);

  g_assert_nonnull (strstr (one->text, "Good morning"));
  g_assert_cmpstr (one->text, ==, same->text);
  g_assert_cmpstr (one->text, !=, other->text);
}

static void
test_tools (void)
{
  static const struct
  {
    const char *fields;
    const char *prompt;
    const char *calls;
  } rows[] = {
    { TOOLS, "Hello you", "" },
    { TOOLS, "Will it rain in Paris?", "get_weather({\"city\":\"Paris\",\"unit\":\"celsius\"})" },
    { TOOLS,
      "The weather in New York, in fahrenheit please",
      "get_weather({\"city\":\"New York\",\"unit\":\"fahrenheit\"})" },
    { TOOLS, "Show me src/main.c", "readFile({\"path\":\"src/main.c\"})" },
    { TOOLS, "Use readFile on 'a b'", "readFile({\"path\":\"a b\"})" },
    { TOOLS, "ping it", "ping()" },
    { TOOLS,
      "Weather in Paris and Rome, in parallel",
      "get_weather({\"city\":\"Paris\",\"unit\":\"celsius\"})"
      "get_weather({\"city\":\"Rome\",\"unit\":\"celsius\"})" },
    { TOOLS, "Call ping and readFile with x.txt", "ping()readFile({\"path\":\"x.txt\"})" },
    { TOOLS ",\"parallel_tool_calls\":false",
      "Weather in Paris and Rome, in parallel",
      "get_weather({\"city\":\"Paris\",\"unit\":\"celsius\"})" },
    { TOOLS ",\"tool_choice\":\"none\"", "Will it rain in Paris?", "" },
    { TOOLS ",\"tool_choice\":\"required\"",
      "Hello",
      "get_weather({\"city\":\"Berlin\",\"unit\":\"celsius\"})" },
    { TOOLS ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"ping\"}}",
      "Will it rain in Paris?",
      "ping()" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpAnswer) answer = ask (rows[i].fields, rows[i].prompt);

      assert_calls (answer, rows[i].calls);
    }
}

/* Claude speaks first, so that its choices can be split. */
static void
test_claude_announces (void)
{
  g_autoptr (JumpAnswer) answer =
      ask_model ("claude-sonnet-4.6", TOOLS, "Will it rain in Paris?", FALSE);

  g_assert_cmpuint (answer->calls->len, ==, 1);
  g_assert_cmpstr (answer->text, ==, "Let me use get_weather for that.");
}

static void
test_tool_result (void)
{
  g_autoptr (JumpScenario) scenario = jump_scenario_new_builtin ("test", NULL);
  g_autoptr (JumpModelShelf) shelf = jump_model_shelf_new (scenario->models, "pro");
  g_autoptr (JsonObject) body = jump_json_parse_object (
      "{" TOOLS ",\"messages\":[{\"role\":\"user\",\"content\":\"Rain?\"},{\"role\":\"assistant\","
      "\"tool_calls\":[{\"id\":\"c1\",\"function\":{\"name\":\"get_weather\",\"arguments\":\"{}\"}}]},"
      "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"18 degrees\"}]}",
      -1,
      NULL);
  g_auto (JumpQuestion) question = { 0 };
  g_autoptr (JumpAnswer) answer = NULL;

  jump_chat_question_read (&question, body, jump_model_shelf_find (shelf, "gpt-4.1"));
  answer = jump_wit_answer (&question, FALSE);
  g_assert_cmpstr (answer->text, ==, "get_weather says: 18 degrees");
  g_assert_cmpuint (answer->calls->len, ==, 0);
}

static void
test_limits (void)
{
  g_autoptr (JumpAnswer) shorter = ask ("\"max_tokens\":2", "Good morning");
  g_autoptr (JumpAnswer) stopped = ask ("\"stop\":[\"xx\",\"morn\"]", "Good morning");
  g_autoptr (JumpAnswer) letters = ask ("\"max_tokens\":3", "ßßßßßß");

  g_assert_cmpstr (shorter->text, ==, "You said");
  g_assert_cmpint (shorter->finish, ==, JUMP_FINISH_LENGTH);
  g_assert_cmpstr (stopped->text, ==, "You said: Good ");
  g_assert_cmpint (stopped->finish, ==, JUMP_FINISH_STOP_TEXT);
  g_assert_true (g_utf8_validate (letters->text, -1, NULL));
}

static void
test_reasoning (void)
{
  static const struct
  {
    const char *model;
    const char *fields;
    const char *prompt;
    gboolean thinks;
  } rows[] = {
    { "gpt-5-mini", "", "Hello", FALSE },
    { "gpt-5-mini", "", "Think hard", TRUE },
    { "gpt-5-mini", "\"reasoning_effort\":\"low\"", "Hello", TRUE },
    { "gpt-5.1", "\"reasoning_effort\":\"none\"", "Think hard", FALSE },
    { "claude-sonnet-4.5", "\"thinking_budget\":2000", "Hello", TRUE },
    { "gpt-4.1", "", "Think hard", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpAnswer) answer =
          ask_model (rows[i].model, rows[i].fields, rows[i].prompt, FALSE);

      g_assert_cmpint (answer->reasoning != NULL, ==, rows[i].thinks);
    }
}

static void
test_formats (void)
{
  g_autoptr (JumpAnswer) object = ask ("\"response_format\":{\"type\":\"json_object\"}", "Hello");
  g_autoptr (JumpAnswer) schema = ask (
      "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{"
      "\"type\":\"object\",\"properties\":{\"ok\":{\"type\":\"boolean\"}}}}}",
      "Hello");

  g_assert_cmpstr (object->text, ==, "{\"you_said\":\"Hello\",\"simulated\":true}");
  g_assert_cmpstr (schema->text, ==, "{\"ok\":true}");
}

static void
test_schemas (void)
{
  static const struct
  {
    const char *schema;
    const char *value;
  } rows[] = {
    { "{\"type\":\"string\"}", "\"Take 7 apples to Rome\"" },
    { "{\"type\":\"string\",\"maxLength\":6}", "\"Take 7\"" },
    { "{\"type\":\"string\",\"minLength\":24}", "\"Take 7 apples to Rome...\"" },
    { "{\"type\":\"string\",\"format\":\"date\"}", "\"2026-11-21\"" },
    { "{\"type\":[\"null\",\"integer\"]}", "7" },
    { "{\"type\":\"integer\",\"maximum\":5}", "5" },
    { "{\"type\":\"integer\",\"minimum\":9}", "9" },
    { "{\"enum\":[\"pears\",\"apples\"]}", "\"apples\"" },
    { "{\"enum\":[3,4]}", "3" },
    { "{\"const\":null}", "null" },
    { "{\"type\":\"array\",\"items\":{\"type\":\"boolean\"},\"minItems\":2}", "[true,true]" },
    { "{\"type\":\"array\",\"items\":{\"type\":\"boolean\"},\"maxItems\":0}", "[]" },
    { "{\"anyOf\":[{\"type\":\"null\"},{\"type\":\"integer\"}]}", "null" },
    { "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"type\":\"integer\"}}}", "7" },
    { "{\"type\":\"object\",\"properties\":{\"city\":{},\"opt\":{\"type\":\"null\"}},\"required\":[\"city\"]}",
      "{\"city\":\"Rome\"}" },
    { "{}", "\"Take 7 apples to Rome\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (JumpPromptWords) words = { 0 };
      g_autoptr (JsonObject) schema = jump_json_parse_object (rows[i].schema, -1, NULL);
      g_autofree char *value = NULL;

      g_assert_nonnull (schema);
      jump_prompt_words_init (&words, "Take 7 apples to Rome");
      value = jump_schema_instance_make (schema, &words, 0, FALSE);
      g_assert_cmpstr (value, ==, rows[i].value);
    }
}

/* A schema that contains itself ends. */
static void
test_endless_schema (void)
{
  g_auto (JumpPromptWords) words = { 0 };
  g_autoptr (JsonObject) schema = jump_json_parse_object (
      "{\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"#\"}},\"required\":[\"next\"]}",
      -1,
      NULL);
  g_autofree char *value = NULL;
  g_autoptr (JsonNode) node = NULL;

  jump_prompt_words_init (&words, "");
  value = jump_schema_instance_make (schema, &words, 0, TRUE);
  node = jump_json_parse (value, -1, NULL);
  g_assert_nonnull (node);
}

static void
test_pictures (void)
{
  static const struct
  {
    const char *url;
    const char *format;
    guint width;
    guint height;
  } rows[] = {
    { "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFN", "PNG", 3, 2 },
    { "data:image/gif;base64,R0lGODlhAgEEAIAAAAAAAP8=", "GIF", 258, 4 },
    { "data:image/jpeg;base64,/9j/4AAEAAD/wAARCAAQACADAREAAhEBAxEB", "JPEG", 32, 16 },
    { "data:image/png;base64,AAAA", NULL, 0, 0 },
    { "data:image/png;base64,", NULL, 0, 0 },
    { "https://example.com/x.png", NULL, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JumpPictureSize size = { 0 };
      gboolean found = jump_picture_size_read (rows[i].url, &size);

      g_assert_cmpint (found, ==, rows[i].format != NULL);
      if (!found)
        continue;
      g_assert_cmpstr (size.format, ==, rows[i].format);
      g_assert_cmpuint (size.width, ==, rows[i].width);
      g_assert_cmpuint (size.height, ==, rows[i].height);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wit/echo", test_echo);
  g_test_add_func ("/wit/witty", test_witty);
  g_test_add_func ("/wit/tools", test_tools);
  g_test_add_func ("/wit/claude-announces", test_claude_announces);
  g_test_add_func ("/wit/tool-result", test_tool_result);
  g_test_add_func ("/wit/limits", test_limits);
  g_test_add_func ("/wit/reasoning", test_reasoning);
  g_test_add_func ("/wit/formats", test_formats);
  g_test_add_func ("/wit/schemas", test_schemas);
  g_test_add_func ("/wit/endless-schema", test_endless_schema);
  g_test_add_func ("/wit/pictures", test_pictures);
  return g_test_run ();
}
