/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/dialects/dialect.h"
#include "service/dialects/ollama-load.h"

#include <string.h>

#define PNG "iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB"

static JumpPrompt *
read_prompt (const char *text)
{
  g_autoptr (GError) error = NULL;
  JumpRequestFacts facts;
  JumpPrompt *prompt;

  g_test_message ("%s", text);
  jump_dialect_ollama_generate.scan (&facts, text, strlen (text), &error);
  g_assert_no_error (error);
  prompt = jump_dialect_ollama_generate.read_prompt (text, strlen (text), &error);
  g_assert_no_error (error);
  return prompt;
}

static const JumpMessage *
get_message (const JumpPrompt *prompt, guint index)
{
  g_assert_cmpuint (index, <, prompt->messages->len);
  return g_ptr_array_index (prompt->messages, index);
}

static const char *
get_text (const JumpPrompt *prompt, guint index)
{
  const JumpPart *part = g_ptr_array_index (get_message (prompt, index)->parts, 0);

  g_assert_cmpint (part->kind, ==, JUMP_PART_TEXT);
  return part->text;
}

static void
test_facts (void)
{
  static const char text[] = "{\"model\":\"m\",\"prompt\":\"hello\",\"system\":\"s\","
                             "\"images\":[\"" PNG "\"]}";
  JumpRequestFacts facts;

  g_assert_true (jump_dialect_ollama_generate.scan (&facts, text, strlen (text), NULL));
  g_assert_true (facts.stream);
  g_assert_true (facts.has_image);
  g_assert_false (facts.from_agent);
  g_assert_cmpuint (facts.n_messages, ==, 2);
  g_assert_cmpuint (facts.n_images, ==, 1);
  g_assert_true (jump_json_span_equals (facts.model, "m"));
}

static void
test_problems (void)
{
  static const struct
  {
    const char *text;
    const char *problem;
  } rows[] = {
    { "1", "body: expected object" },
    { "{}", "prompt: expected text" },
    { "{\"prompt\":\"\"}", "prompt: expected text" },
    { "{\"prompt\":[\"a\"]}", "prompt: expected text" },
    { "{\"prompt\":\"a\",\"system\":1}", "system: expected string" },
    { "{\"prompt\":\"a\",\"suffix\":1}", "suffix: expected string" },
    { "{\"prompt\":\"a\",\"images\":1}", "images: expected array" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      JumpRequestFacts facts;

      jump_dialect_ollama_generate.scan (&facts, rows[i].text, strlen (rows[i].text), &error);
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
      g_assert_cmpstr (error->message, ==, rows[i].problem);
    }
}

static void
test_prompt (void)
{
  g_autoptr (JumpPrompt) prompt =
      read_prompt ("{\"model\":\"m\",\"prompt\":\"say\\nit\",\"system\":\"s\",\"suffix\":\"\","
                   "\"template\":\"{{ .Prompt }}\",\"raw\":true,\"context\":[1,2],"
                   "\"images\":[\"" PNG "\"],\"format\":\"json\",\"think\":\"high\","
                   "\"options\":{\"num_predict\":9},\"stream\":false}");
  const JumpPart *image = g_ptr_array_index (get_message (prompt, 1)->parts, 1);

  g_assert_cmpuint (prompt->messages->len, ==, 2);
  g_assert_cmpint (get_message (prompt, 0)->role, ==, JUMP_ROLE_SYSTEM);
  g_assert_cmpstr (get_text (prompt, 0), ==, "s");
  g_assert_cmpint (get_message (prompt, 1)->role, ==, JUMP_ROLE_USER);
  g_assert_cmpstr (get_text (prompt, 1), ==, "say\nit");
  g_assert_cmpstr (image->media_type, ==, "image/png");
  g_assert_cmpint (prompt->format, ==, JUMP_FORMAT_JSON);
  g_assert_cmpstr (prompt->effort, ==, "high");
  g_assert_cmpint (prompt->max_tokens, ==, 9);
  g_assert_false (prompt->stream);
  g_assert_cmpuint (prompt->dropped->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (prompt->dropped, 0), ==, "template");
  g_assert_cmpstr (g_ptr_array_index (prompt->dropped, 1), ==, "raw");
  g_assert_cmpstr (g_ptr_array_index (prompt->dropped, 2), ==, "context");
}

static void
test_suffix (void)
{
  g_autoptr (JumpPrompt) prompt =
      read_prompt ("{\"prompt\":\"int f(\",\"suffix\":\") { }\",\"system\":\"s\"}");

  g_assert_cmpuint (prompt->messages->len, ==, 3);
  g_assert_cmpstr (get_text (prompt, 0), ==, "s");
  g_assert_nonnull (strstr (get_text (prompt, 1), "cursor"));
  g_assert_cmpint (get_message (prompt, 1)->role, ==, JUMP_ROLE_SYSTEM);
  g_assert_cmpstr (get_text (prompt, 2), ==, "<before>int f(</before><after>) { }</after>");
}

static void
test_load (void)
{
  static const struct
  {
    JumpOllamaForm form;
    const char *text;
    const char *reply; /* (nullable): it is a real request */
  } rows[] = {
    { JUMP_OLLAMA_GENERATE,
      "{\"model\":\"m\\\"\"}",
      "{\"model\":\"m\\\"\",\"created_at\":\"2027-01-15T08:00:00.000001000Z\",\"response\":\"\","
      "\"done\":true,\"done_reason\":\"load\"}" },
    { JUMP_OLLAMA_GENERATE,
      "{\"model\":\"m\",\"prompt\":\"\",\"keep_alive\":0}",
      "{\"model\":\"m\",\"created_at\":\"2027-01-15T08:00:00.000001000Z\",\"response\":\"\","
      "\"done\":true,\"done_reason\":\"unload\"}" },
    { JUMP_OLLAMA_CHAT,
      "{\"model\":\"m\",\"messages\":[],\"keep_alive\":\"10m\"}",
      "{\"model\":\"m\",\"created_at\":\"2027-01-15T08:00:00.000001000Z\","
      "\"message\":{\"role\":\"assistant\",\"content\":\"\"},"
      "\"done\":true,\"done_reason\":\"load\"}" },
    { JUMP_OLLAMA_GENERATE, "{\"model\":\"m\",\"prompt\":\"x\"}", NULL },
    { JUMP_OLLAMA_CHAT, "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}]}", NULL },
    { JUMP_OLLAMA_GENERATE, "{\"model\":\"m\",\"prompt\":{}}", NULL },
    { JUMP_OLLAMA_CHAT, "{\"model\":\"m\",\"messages\":\"\"}", NULL },
    { JUMP_OLLAMA_CHAT, "{\"messages\":[]}", NULL },
    { JUMP_OLLAMA_CHAT, "{\"model\":\"m\"", NULL },
    { JUMP_OLLAMA_CHAT, "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (JumpOllamaLoad) load = { 0 };
      g_autoptr (GBytes) reply = NULL;
      gsize length = strlen (rows[i].text);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpint (jump_ollama_load_read (&load, rows[i].form, rows[i].text, length),
                       ==,
                       rows[i].reply != NULL);
      if (rows[i].reply == NULL)
        continue;
      reply = jump_ollama_load_write_reply (&load,
                                            rows[i].form,
                                            G_GINT64_CONSTANT (1800000000) * G_USEC_PER_SEC + 1);
      g_assert_cmpmem (g_bytes_get_data (reply, NULL),
                       g_bytes_get_size (reply),
                       rows[i].reply,
                       strlen (rows[i].reply));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ollama-generate/facts", test_facts);
  g_test_add_func ("/ollama-generate/problems", test_problems);
  g_test_add_func ("/ollama-generate/prompt", test_prompt);
  g_test_add_func ("/ollama-generate/suffix", test_suffix);
  g_test_add_func ("/ollama-generate/load", test_load);
  return g_test_run ();
}
