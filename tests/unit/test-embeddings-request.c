/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/dialects/embeddings-request.h"

#include <string.h>

static void
assert_written (const JumpEmbeddingsRequest *request, guint from, guint to, const char *expected)
{
  g_autoptr (GBytes) body = jump_embeddings_request_write (request, "text-3", from, to);
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  g_assert_cmpstr (text, ==, expected);
}

static void
test_forms (void)
{
  static const struct
  {
    JumpEmbeddingsForm form;
    const char *text;
    guint n_inputs;
    const char *written;
    const char *changes;
  } rows[] = {
    { JUMP_EMBEDDINGS_OPENAI,
      "{\"model\":\"m\",\"input\":\"a\\u00e9\"}",
      1,
      "{\"model\":\"text-3\",\"input\":[\"a\\u00e9\"]}",
      "" },
    { JUMP_EMBEDDINGS_OPENAI,
      " {\"model\":\"m\",\"input\":[ \"a\" , \"b\" ],\"dimensions\":512,"
      "\"encoding_format\":\"float\",\"user\":\"u\",\"new\":1} ",
      2,
      "{\"model\":\"text-3\",\"input\":[\"a\",\"b\"],\"dimensions\":512,\"user\":\"u\"}",
      "dropped:new" },
    { JUMP_EMBEDDINGS_OLLAMA,
      "{\"model\":\"m\",\"input\":[\"a\"],\"truncate\":true,\"keep_alive\":\"5m\","
      "\"dimensions\":0}",
      1,
      "{\"model\":\"text-3\",\"input\":[\"a\"]}",
      "dropped:truncate" },
    { JUMP_EMBEDDINGS_OLLAMA,
      "{\"model\":\"m\",\"input\":\"a\",\"dimensions\":8,\"truncate\":false}",
      1,
      "{\"model\":\"text-3\",\"input\":[\"a\"],\"dimensions\":8}",
      "" },
    { JUMP_EMBEDDINGS_OLLAMA, "{\"model\":\"m\"}", 0, NULL, "" },
    { JUMP_EMBEDDINGS_OLLAMA, "{\"model\":\"m\",\"input\":\"\"}", 0, NULL, "" },
    { JUMP_EMBEDDINGS_OLLAMA, "{\"model\":\"m\",\"input\":[]}", 0, NULL, "" },
    { JUMP_EMBEDDINGS_OLLAMA_ONE_VECTOR,
      "{\"model\":\"m\",\"prompt\":\"a\"}",
      1,
      "{\"model\":\"text-3\",\"input\":[\"a\"]}",
      "" },
    { JUMP_EMBEDDINGS_OLLAMA_ONE_VECTOR, "{\"model\":\"m\",\"prompt\":\"\"}", 0, NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (JumpEmbeddingsRequest) request = { 0 };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].text);
      jump_embeddings_request_read (&request,
                                    rows[i].form,
                                    rows[i].text,
                                    strlen (rows[i].text),
                                    &error);
      g_assert_no_error (error);
      g_assert_true (jump_json_span_equals (request.model, "m"));
      g_assert_cmpuint (request.inputs->len, ==, rows[i].n_inputs);
      g_assert_false (request.wants_base64);
      g_assert_cmpstr (jump_changes_get (&request.changes), ==, rows[i].changes);
      if (rows[i].written != NULL)
        assert_written (&request, 0, rows[i].n_inputs, rows[i].written);
    }
}

static void
test_slices (void)
{
  static const char text[] = "{\"input\":[\"a\",\"b\",\"c\"],\"encoding_format\":\"base64\"}";
  g_auto (JumpEmbeddingsRequest) request = { 0 };

  g_assert_true (
      jump_embeddings_request_read (&request, JUMP_EMBEDDINGS_OPENAI, text, strlen (text), NULL));
  g_assert_null (request.model.start);
  g_assert_true (request.wants_base64);
  g_assert_cmpuint (request.text_bytes, ==, 3);
  assert_written (&request, 0, 2, "{\"model\":\"text-3\",\"input\":[\"a\",\"b\"]}");
  assert_written (&request, 2, 3, "{\"model\":\"text-3\",\"input\":[\"c\"]}");
}

static void
test_problems (void)
{
  static const char tokens[] = "input: expected string or array of strings: Copilot takes text, "
                               "no arrays of tokens";
  static const struct
  {
    JumpEmbeddingsForm form;
    const char *text;
    const char *problem;
  } rows[] = {
    { JUMP_EMBEDDINGS_OPENAI, "[]", "body: expected object" },
    { JUMP_EMBEDDINGS_OPENAI, "{}", "input: expected string or array of strings" },
    { JUMP_EMBEDDINGS_OPENAI, "{\"input\":3}", "input: expected string or array of strings" },
    { JUMP_EMBEDDINGS_OPENAI, "{\"input\":[]}", "input: expected at least one text" },
    { JUMP_EMBEDDINGS_OPENAI, "{\"input\":\"\"}", "input: expected text, not an empty string" },
    { JUMP_EMBEDDINGS_OPENAI,
      "{\"input\":[\"a\",\"\"]}",
      "input[1]: expected text, not an empty string" },
    { JUMP_EMBEDDINGS_OPENAI, "{\"input\":[\"a\",{}]}", "input[1]: expected string" },
    { JUMP_EMBEDDINGS_OPENAI, "{\"input\":[1,2,3]}", tokens },
    { JUMP_EMBEDDINGS_OPENAI, "{\"input\":[[1,2],[3]]}", tokens },
    { JUMP_EMBEDDINGS_OPENAI, "{\"input\":\"a\",\"model\":1}", "model: expected string" },
    { JUMP_EMBEDDINGS_OPENAI, "{\"input\":\"a\",\"user\":1}", "user: expected string" },
    { JUMP_EMBEDDINGS_OPENAI,
      "{\"input\":\"a\",\"dimensions\":0}",
      "dimensions: expected positive integer" },
    { JUMP_EMBEDDINGS_OPENAI,
      "{\"input\":\"a\",\"dimensions\":\"8\"}",
      "dimensions: expected positive integer" },
    { JUMP_EMBEDDINGS_OPENAI,
      "{\"input\":\"a\",\"encoding_format\":\"int8\"}",
      "encoding_format: expected \"float\" or \"base64\"" },
    { JUMP_EMBEDDINGS_OLLAMA, "{\"input\":1}", "input: expected string or array of strings" },
    { JUMP_EMBEDDINGS_OLLAMA_ONE_VECTOR, "{\"prompt\":[\"a\"]}", "prompt: expected string" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (JumpEmbeddingsRequest) request = { 0 };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].text);
      g_assert_false (jump_embeddings_request_read (&request,
                                                    rows[i].form,
                                                    rows[i].text,
                                                    strlen (rows[i].text),
                                                    &error));
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
      g_assert_cmpstr (error->message, ==, rows[i].problem);
      g_assert_null (request.inputs);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/embeddings-request/forms", test_forms);
  g_test_add_func ("/embeddings-request/slices", test_slices);
  g_test_add_func ("/embeddings-request/problems", test_problems);
  return g_test_run ();
}
