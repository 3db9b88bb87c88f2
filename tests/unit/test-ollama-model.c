/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-read.h"
#include "service/http/ollama-model.h"

#include <string.h>

#define CLAUDE                                                                             \
  "{\"id\":\"claude-sonnet-4.6\",\"name\":\"Claude Sonnet 4.6\",\"vendor\":\"Anthropic\"," \
  "\"capabilities\":{\"type\":\"chat\",\"family\":\"claude-sonnet\",\"limits\":{"          \
  "\"max_context_window_tokens\":200000,\"max_prompt_tokens\":168000,"                     \
  "\"max_output_tokens\":32000},\"supports\":{\"tool_calls\":true,\"vision\":true,"        \
  "\"max_thinking_budget\":32000}}}"
#define PLAIN                                                                                    \
  "{\"id\":\"gpt-3.5-turbo\",\"name\":\"GPT 3.5\",\"vendor\":\"OpenAI\",\"created\":1700000000," \
  "\"capabilities\":{\"type\":\"chat\"}}"
#define EMBEDDING                                                                      \
  "{\"id\":\"text-embedding-3-small\",\"name\":\"Embedding 3\",\"vendor\":\"OpenAI\"," \
  "\"capabilities\":{\"type\":\"embeddings\",\"supports\":{\"dimensions\":true}}}"
#define COMPLETION "{\"id\":\"gpt-41-copilot\",\"capabilities\":{\"type\":\"completion\"}}"
#define DISABLED \
  "{\"id\":\"off\",\"policy\":{\"state\":\"disabled\"},\"capabilities\":{\"type\":\"chat\"}}"

static JumpModel *
new_model (const char *json)
{
  g_autoptr (JsonNode) node = jump_json_parse (json, -1, NULL);
  JumpModel *model = jump_model_new_from_json (node);

  g_assert_nonnull (model);
  return model;
}

static JsonObject *
write_object (void (*write) (JumpJsonWriter *, JumpModel *), const char *json)
{
  g_autoptr (JumpModel) model = new_model (json);
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autofree char *text = NULL;
  JsonObject *object;

  jump_json_writer_init (&writer);
  write (&writer, model);
  text = jump_json_writer_finish (&writer);
  object = jump_json_parse_object (text, -1, NULL);
  g_assert_nonnull (object);
  return object;
}

static void
test_usable (void)
{
  static const struct
  {
    const char *json;
    gboolean is_usable;
  } rows[] = {
    { CLAUDE, TRUE },      { PLAIN, TRUE },     { EMBEDDING, TRUE },
    { COMPLETION, FALSE }, { DISABLED, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpModel) model = new_model (rows[i].json);

      g_assert_cmpint (jump_ollama_model_is_usable (model), ==, rows[i].is_usable);
    }
}

static void
test_entry (void)
{
  g_autoptr (JsonObject) entry = write_object (jump_ollama_model_write_entry, CLAUDE);
  g_autoptr (JsonObject) other = write_object (jump_ollama_model_write_entry, PLAIN);
  JsonObject *details = jump_json_get_object (entry, "details");

  g_assert_cmpstr (jump_json_get_string (entry, "name", NULL), ==, "claude-sonnet-4.6:latest");
  g_assert_cmpstr (jump_json_get_string (entry, "model", NULL), ==, "claude-sonnet-4.6:latest");
  g_assert_cmpuint (strlen (jump_json_get_string (entry, "digest", "")), ==, 64);
  g_assert_cmpstr (jump_json_get_string (entry, "digest", ""),
                   !=,
                   jump_json_get_string (other, "digest", ""));
  g_assert_cmpint (jump_json_get_int (entry, "size", 0), >, 1000000);
  g_assert_cmpstr (jump_json_get_string (entry, "modified_at", NULL),
                   ==,
                   "2025-01-01T00:00:00.000000000Z");
  g_assert_cmpstr (jump_json_get_string (other, "modified_at", NULL),
                   ==,
                   "2023-11-14T22:13:20.000000000Z");
  g_assert_cmpstr (jump_json_get_string (details, "format", NULL), ==, "api");
  g_assert_cmpstr (jump_json_get_string (details, "family", NULL), ==, "claude-sonnet");
  g_assert_true (
      jump_json_array_has_string (jump_json_get_array (details, "families"), "claude-sonnet"));
}

/* What VS Code reads of a card. */
static void
test_card (void)
{
  g_autoptr (JsonObject) card = write_object (jump_ollama_model_write_card, CLAUDE);
  JsonObject *info = jump_json_get_object (card, "model_info");
  JsonArray *capabilities = jump_json_get_array (card, "capabilities");

  g_assert_cmpstr (jump_json_get_string (info, "general.architecture", NULL), ==, "claude-sonnet");
  g_assert_cmpstr (jump_json_get_string (info, "general.basename", NULL), ==, "Claude Sonnet 4.6");
  g_assert_cmpint (jump_json_get_int (info, "claude-sonnet.context_length", 0), ==, 200000);
  g_assert_cmpint (jump_json_get_int (info, "claude-sonnet.max_prompt_tokens", 0), ==, 168000);
  g_assert_false (json_object_has_member (info, "claude-sonnet.embedding_length"));
  g_assert_cmpuint (json_array_get_length (capabilities), ==, 4);
  g_assert_cmpstr (jump_json_array_get_string (capabilities, 0), ==, "completion");
  g_assert_cmpstr (jump_json_array_get_string (capabilities, 1), ==, "tools");
  g_assert_cmpstr (jump_json_array_get_string (capabilities, 2), ==, "vision");
  g_assert_cmpstr (jump_json_array_get_string (capabilities, 3), ==, "thinking");
  g_assert_nonnull (strstr (jump_json_get_string (card, "parameters", ""), "200000"));
  for (gsize i = 0; i < 4; i++)
    {
      static const char *const strings[] = { "license", "modelfile", "template", "modified_at" };

      g_assert_nonnull (jump_json_get_string (card, strings[i], NULL));
    }
}

static void
test_card_unknown (void)
{
  g_autoptr (JsonObject) card = write_object (jump_ollama_model_write_card, PLAIN);
  JsonObject *info = jump_json_get_object (card, "model_info");
  JsonArray *capabilities = jump_json_get_array (card, "capabilities");

  g_assert_cmpstr (jump_json_get_string (info, "general.architecture", NULL), ==, "gpt-3.5-turbo");
  g_assert_false (json_object_has_member (info, "gpt-3.5-turbo.context_length"));
  g_assert_cmpuint (json_array_get_length (capabilities), ==, 1);
  g_assert_cmpstr (jump_json_get_string (card, "parameters", NULL), ==, "");
}

static void
test_card_embedding (void)
{
  g_autoptr (JsonObject) card = write_object (jump_ollama_model_write_card, EMBEDDING);
  JsonObject *info = jump_json_get_object (card, "model_info");
  JsonArray *capabilities = jump_json_get_array (card, "capabilities");

  g_assert_cmpint (jump_json_get_int (info, "text-embedding-3-small.embedding_length", 0),
                   ==,
                   1536);
  g_assert_cmpint (jump_json_get_int (info, "text-embedding-3-small.context_length", 0), ==, 8191);
  g_assert_cmpuint (json_array_get_length (capabilities), ==, 1);
  g_assert_cmpstr (jump_json_array_get_string (capabilities, 0), ==, "embedding");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ollama-model/usable", test_usable);
  g_test_add_func ("/ollama-model/entry", test_entry);
  g_test_add_func ("/ollama-model/card", test_card);
  g_test_add_func ("/ollama-model/card-unknown", test_card_unknown);
  g_test_add_func ("/ollama-model/card-embedding", test_card_embedding);
  return g_test_run ();
}
