/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/dialects/dialect.h"
#include "service/dialects/ollama-images.h"

#include <math.h>
#include <string.h>

#define USER(content) "{\"role\":\"user\",\"content\":\"" content "\"}"
#define ONE           "\"messages\":[" USER ("hi") "]"
#define PNG           "iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB"

static void
scan (JumpRequestFacts *facts, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_test_message ("%s", text);
  jump_dialect_ollama_chat.scan (facts, text, strlen (text), &error);
  g_assert_no_error (error);
}

/* The request's error, from whichever of the two steps finds it. */
static char *
find_problem (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpPrompt) prompt = NULL;
  JumpRequestFacts facts;

  if (jump_dialect_ollama_chat.scan (&facts, text, strlen (text), &error))
    prompt = jump_dialect_ollama_chat.read_prompt (text, strlen (text), &error);
  if (error == NULL)
    return NULL;
  g_assert_null (prompt);
  g_assert_cmpint (error->code, ==, JUMP_ERROR_BAD_REQUEST);
  return g_strdup (error->message);
}

static JumpPrompt *
read_prompt (const char *text)
{
  g_autofree char *problem = find_problem (text);

  g_test_message ("%s", text);
  g_assert_cmpstr (problem, ==, NULL);
  return jump_dialect_ollama_chat.read_prompt (text, strlen (text), NULL);
}

static const JumpPart *
get_part (const JumpPrompt *prompt, guint message, guint index)
{
  const JumpMessage *at;

  g_assert_cmpuint (message, <, prompt->messages->len);
  at = g_ptr_array_index (prompt->messages, message);
  g_assert_cmpuint (index, <, at->parts->len);
  return g_ptr_array_index (at->parts, index);
}

static void
test_facts (void)
{
  JumpRequestFacts facts;

  scan (&facts,
        "{\"model\":\"gpt-4.1:latest\",\"messages\":[{\"role\":\"system\",\"content\":\"abc\"},"
        "{\"role\":\"User\",\"content\":\"de\",\"images\":[\"" PNG "\",\"" PNG "\"]}],"
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a.b\"}}]}");
  g_assert_true (jump_json_span_equals (facts.model, "gpt-4.1:latest"));
  g_assert_true (jump_json_span_equals (facts.model_key, "model"));
  g_assert_true (facts.stream);
  g_assert_true (facts.has_image);
  g_assert_cmpuint (facts.n_images, ==, 2);
  g_assert_cmpuint (facts.n_messages, ==, 2);
  g_assert_cmpuint (facts.n_tools, ==, 1);
  g_assert_cmpuint (facts.n, ==, 1);
  g_assert_true (facts.has_odd_tool_names);
  g_assert_false (facts.from_agent);
  g_assert_cmpuint (facts.text_bytes, >=, 5);
  g_assert_cmpuint (facts.text_bytes, <, 100);
  scan (&facts, "{\"stream\":false," ONE "}");
  g_assert_false (facts.stream);
  g_assert_false (facts.has_image);
  g_assert_false (facts.has_odd_tool_names);
  g_assert_null (facts.model.start);
  scan (&facts, "{\"stream\":null,\"messages\":[" USER ("a") ",{\"role\":\"tool\"}]}");
  g_assert_true (facts.stream);
  g_assert_true (facts.from_agent);
}

static void
test_problems (void)
{
  static const struct
  {
    const char *text;
    const char *problem;
  } rows[] = {
    { "[]", "body: expected object" },
    { "{\"messages\":{}}", "messages: expected array" },
    { "{}", "messages: expected at least one" },
    { "{\"messages\":[]}", "messages: expected at least one" },
    { "{\"messages\":[1]}", "messages[0]: expected object" },
    { "{\"messages\":[{}]}", "messages[0].role: expected system, user, assistant or tool" },
    { "{\"messages\":[" USER ("a") ",{\"role\":\"model\"}]}",
      "messages[1].role: expected system, user, assistant or tool" },
    { "{\"messages\":[{\"role\":\"user\",\"content\":[]}]}",
      "messages[0].content: expected string" },
    { "{\"messages\":[{\"role\":\"user\",\"images\":\"x\"}]}",
      "messages[0].images: expected array" },
    { "{\"messages\":[{\"role\":\"user\",\"images\":[\"" PNG "\",1]}]}",
      "messages[0].images[1]: expected string" },
    { "{\"messages\":[{\"role\":\"user\",\"images\":[\"aGVsbG8gd29ybGQ=\"]}]}",
      "messages[0].images[0]: expected an image in base64: PNG, JPEG, GIF or WebP" },
    { "{\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{}}]}]}",
      "messages[0].tool_calls[0].function.name: expected string" },
    { "{\"model\":1," ONE "}", "model: expected string" },
    { "{\"stream\":\"no\"," ONE "}", "stream: expected boolean" },
    { "{\"tools\":{}," ONE "}", "tools: expected array" },
    { "{\"tools\":[{\"type\":\"function\"}]," ONE "}", "tools[0].function.name: expected string" },
    { "{\"tools\":[{\"function\":{\"name\":\"a\",\"parameters\":1}}]," ONE "}",
      "tools[0].function.parameters: expected object" },
    { "{\"options\":[]," ONE "}", "options: expected object" },
    { "{\"options\":{\"temperature\":\"hot\"}," ONE "}", "options.temperature: expected number" },
    { "{\"options\":{\"num_predict\":1.5}," ONE "}", "options.num_predict: expected integer" },
    { "{\"options\":{\"stop\":[1]}," ONE "}", "options.stop: expected array of strings" },
    { "{\"format\":\"xml\"," ONE "}", "format: expected \"json\" or a JSON schema" },
    { "{\"think\":\"hard\"," ONE "}", "think: expected boolean, \"low\", \"medium\" or \"high\"" },
    { "{\"think\":1," ONE "}", "think: expected boolean, \"low\", \"medium\" or \"high\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *problem = find_problem (rows[i].text);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpstr (problem, ==, rows[i].problem);
    }
}

static void
test_options (void)
{
  g_autoptr (JumpPrompt) prompt =
      read_prompt ("{\"model\":\"m\",\"keep_alive\":\"5m\",\"options\":{\"temperature\":0.5,"
                   "\"top_p\":1,\"top_k\":40,\"num_predict\":100,\"seed\":7,"
                   "\"stop\":[\"a\",\"\",\"b\"],\"frequency_penalty\":0.1,"
                   "\"presence_penalty\":-0.2,\"num_ctx\":8192,\"repeat_penalty\":1.1,"
                   "\"min_p\":null},\"logprobs\":true,\"truncate\":true,\"raw\":false," ONE "}");

  g_assert_cmpstr (prompt->model, ==, "m");
  g_assert_true (prompt->stream);
  g_assert_cmpfloat (prompt->temperature, ==, 0.5);
  g_assert_cmpfloat (prompt->top_p, ==, 1);
  g_assert_cmpfloat (prompt->frequency_penalty, ==, 0.1);
  g_assert_cmpfloat (prompt->presence_penalty, ==, -0.2);
  g_assert_cmpint (prompt->top_k, ==, 40);
  g_assert_cmpint (prompt->max_tokens, ==, 100);
  g_assert_cmpint (prompt->seed, ==, 7);
  g_assert_cmpuint (prompt->stop->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (prompt->stop, 1), ==, "b");
  g_assert_cmpuint (prompt->dropped->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (prompt->dropped, 0), ==, "options.repeat_penalty");
  g_assert_cmpstr (g_ptr_array_index (prompt->dropped, 1), ==, "logprobs");
}

static void
test_options_off (void)
{
  g_autoptr (JumpPrompt) prompt =
      read_prompt ("{\"stream\":false,\"options\":{\"num_predict\":-1,\"seed\":-1,\"top_k\":0,"
                   "\"stop\":\"x\"}," ONE "}");
  g_autoptr (JumpPrompt) unlimited =
      read_prompt ("{\"options\":{\"num_predict\":-2,\"temperature\":null}," ONE "}");

  g_assert_false (prompt->stream);
  g_assert_cmpint (prompt->max_tokens, ==, -1);
  g_assert_cmpint (prompt->seed, ==, -1);
  g_assert_cmpint (prompt->top_k, ==, -1);
  g_assert_cmpuint (prompt->stop->len, ==, 1);
  g_assert_cmpint (unlimited->max_tokens, ==, -1);
  g_assert_true (isnan (unlimited->temperature));
}

static void
test_format (void)
{
  g_autoptr (JumpPrompt) json = read_prompt ("{\"format\":\"json\"," ONE "}");
  g_autoptr (JumpPrompt) none = read_prompt ("{\"format\":\"\"," ONE "}");
  g_autoptr (JumpPrompt) empty = read_prompt ("{\"format\":{}," ONE "}");
  g_autoptr (JumpPrompt) schema = read_prompt ("{\"format\":{\"type\": \"object\"}," ONE "}");

  g_assert_cmpint (json->format, ==, JUMP_FORMAT_JSON);
  g_assert_cmpint (none->format, ==, JUMP_FORMAT_TEXT);
  g_assert_cmpint (empty->format, ==, JUMP_FORMAT_JSON);
  g_assert_cmpint (schema->format, ==, JUMP_FORMAT_SCHEMA);
  g_assert_cmpstr (schema->format_schema, ==, "{\"type\": \"object\"}");
}

static void
test_think (void)
{
  static const struct
  {
    const char *think;
    JumpThinking thinking;
    const char *effort;
  } rows[] = {
    { "null", JUMP_THINKING_UNSET, NULL },        { "true", JUMP_THINKING_ADAPTIVE, NULL },
    { "false", JUMP_THINKING_OFF, NULL },         { "\"none\"", JUMP_THINKING_OFF, NULL },
    { "\"low\"", JUMP_THINKING_ADAPTIVE, "low" }, { "\"max\"", JUMP_THINKING_ADAPTIVE, "max" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"think\":%s," ONE "}", rows[i].think);
      g_autoptr (JumpPrompt) prompt = read_prompt (text);

      g_assert_cmpint (prompt->thinking, ==, rows[i].thinking);
      g_assert_cmpstr (prompt->effort, ==, rows[i].effort);
      g_assert_false (prompt->wants_state);
    }
}

/* P-10: neither calls nor results have ids, only names and their order. */
static void
test_tools (void)
{
  g_autoptr (JumpPrompt) prompt = read_prompt ("{\"messages\":[" USER (
      "go") ",{\"role\":\"assistant\",\"content\":\"\","
            "\"thinking\":\"hm\",\"tool_calls\":[{\"function\":{\"name\":\"a\",\"arguments\":{\"x\": 1}}},"
            "{\"function\":{\"name\":\"b\",\"arguments\":\"{\\\"y\\\":2}\"}},"
            "{\"function\":{\"name\":\"c\"}}]},"
            "{\"role\":\"tool\",\"tool_name\":\"b\",\"content\":\"B\"},"
            "{\"role\":\"tool\",\"content\":\"A\",\"images\":[\"" PNG "\"]}],"
            "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"description\":\"d\","
            "\"parameters\":{\"type\":\"object\"}}},{\"type\":\"web_search\"}]}");
  const JumpPart *a = get_part (prompt, 1, 1);
  const JumpPart *b = get_part (prompt, 1, 2);
  const JumpPart *result_b = get_part (prompt, 2, 0);
  const JumpPart *result_a = get_part (prompt, 3, 0);
  const JumpTool *tool = g_ptr_array_index (prompt->tools, 0);

  g_assert_cmpint (get_part (prompt, 1, 0)->kind, ==, JUMP_PART_REASONING);
  g_assert_cmpstr (get_part (prompt, 1, 0)->text, ==, "hm");
  g_assert_cmpint (a->kind, ==, JUMP_PART_TOOL_CALL);
  g_assert_cmpstr (a->arguments, ==, "{\"x\": 1}");
  g_assert_cmpstr (b->arguments, ==, "{\"y\":2}");
  g_assert_cmpstr (get_part (prompt, 1, 3)->arguments, ==, "{}");
  g_assert_cmpint (result_b->kind, ==, JUMP_PART_TOOL_RESULT);
  g_assert_cmpstr (a->call_id, !=, b->call_id);
  g_assert_cmpstr (result_b->call_id, ==, b->call_id);
  g_assert_cmpstr (result_a->call_id, ==, a->call_id);
  g_assert_cmpstr (result_a->name, ==, "a");
  g_assert_cmpuint (result_a->content->len, ==, 2);
  g_assert_cmpint (((JumpMessage *) g_ptr_array_index (prompt->messages, 3))->role,
                   ==,
                   JUMP_ROLE_USER);
  g_assert_cmpstr (tool->name, ==, "a");
  g_assert_cmpstr (tool->description, ==, "d");
  g_assert_cmpstr (tool->schema, ==, "{\"type\":\"object\"}");
  tool = g_ptr_array_index (prompt->tools, 1);
  g_assert_cmpint (tool->kind, ==, JUMP_TOOL_HOSTED);
  g_assert_cmpstr (tool->type, ==, "web_search");
}

static void
test_ids_kept (void)
{
  g_autoptr (JumpPrompt) prompt =
      read_prompt ("{\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"call_7\","
                   "\"function\":{\"name\":\"a\"}}]},"
                   "{\"role\":\"tool\",\"tool_call_id\":\"call_7\",\"content\":\"A\"}]}");

  g_assert_cmpstr (get_part (prompt, 0, 0)->call_id, ==, "call_7");
  g_assert_cmpstr (get_part (prompt, 1, 0)->call_id, ==, "call_7");
  g_assert_cmpstr (get_part (prompt, 1, 0)->name, ==, "a");
}

static void
test_images (void)
{
  static const struct
  {
    const char *base64;
    const char *media_type;
  } rows[] = {
    { PNG, "image/png" },
    { "/9j/4AAQSkZJRgABAQ==", "image/jpeg" },
    { "R0lGODlhAQABAA==", "image/gif" },
    { "UklGRiQAAABXRUJQVlA4", "image/webp" },
    { "UklGRiQAAABXQVZFZm10", NULL },
    { "AAAAHGZ0eXBhdmlm", "image/avif" },
    { "aGVsbG8=", NULL },
    { "", NULL },
    { "/9j", NULL },
  };
  g_autoptr (JumpPrompt) prompt = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (jump_ollama_images_sniff (rows[i].base64), ==, rows[i].media_type);
  prompt = read_prompt ("{\"messages\":[{\"role\":\"user\",\"content\":\"see\",\"images\":["
                        "\"iVBORw0KGgoAAAAN\\nSUhEUgAA\",\"data:image/gif;base64,R0lG\","
                        "\"https://example.org/a.png\"]}]}");
  g_assert_cmpint (get_part (prompt, 0, 0)->kind, ==, JUMP_PART_TEXT);
  g_assert_cmpstr (get_part (prompt, 0, 1)->data, ==, "iVBORw0KGgoAAAANSUhEUgAA");
  g_assert_cmpstr (get_part (prompt, 0, 1)->media_type, ==, "image/png");
  g_assert_cmpstr (get_part (prompt, 0, 2)->media_type, ==, "image/gif");
  g_assert_cmpstr (get_part (prompt, 0, 3)->url, ==, "https://example.org/a.png");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ollama-chat/facts", test_facts);
  g_test_add_func ("/ollama-chat/problems", test_problems);
  g_test_add_func ("/ollama-chat/options", test_options);
  g_test_add_func ("/ollama-chat/options-off", test_options_off);
  g_test_add_func ("/ollama-chat/format", test_format);
  g_test_add_func ("/ollama-chat/think", test_think);
  g_test_add_func ("/ollama-chat/tools", test_tools);
  g_test_add_func ("/ollama-chat/ids-kept", test_ids_kept);
  g_test_add_func ("/ollama-chat/images", test_images);
  return g_test_run ();
}
