/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/dialects/embeddings-reply.h"
#include "service/dialects/embeddings-vector.h"
#include "tests/support/clock-fake.h"

#include <math.h>
#include <string.h>

static gboolean
add (JumpEmbeddingsReply *reply, const char *text, guint from, guint to, GError **error)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return jump_embeddings_reply_add (reply, body, from, to, error);
}

static void
assert_written (const JumpEmbeddingsReply *reply,
                JumpEmbeddingsForm form,
                gboolean wants_base64,
                const char *expected)
{
  g_autoptr (JumpClock) clock = jump_clock_fake_new ();
  JumpEmbeddingsRequest request = { .form = form, .wants_base64 = wants_base64 };
  JumpReplyOptions options = {
    .client_model = "my-model",
    .clock = clock,
    .started = jump_clock_get_monotonic_time (clock),
  };
  g_autoptr (GBytes) body = NULL;
  g_autofree char *text = NULL;

  jump_clock_fake_advance (clock, 2);
  body = jump_embeddings_reply_write (reply, &request, &options);
  text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_assert_cmpstr (text, ==, expected);
}

/* Two slices, the first out of order, the second without indices, object and model. */
static void
test_join (void)
{
  g_auto (JumpEmbeddingsReply) reply = { 0 };

  jump_embeddings_reply_init (&reply, 3);
  g_assert_true (add (&reply,
                      "{\"object\":\"list\",\"model\":\"x\",\"data\":["
                      "{\"object\":\"embedding\",\"index\":1,\"embedding\":[2, 2.50]},"
                      "{\"object\":\"embedding\",\"index\":0,\"embedding\":[1,-0.0]}],"
                      "\"usage\":{\"prompt_tokens\":8,\"total_tokens\":8}}",
                      0,
                      2,
                      NULL));
  g_assert_true (add (&reply,
                      "{\"data\":[{\"embedding\":[3e-1]}],\"usage\":{\"prompt_tokens\":2}}",
                      2,
                      3,
                      NULL));
  g_assert_cmpint (reply.usage.input_tokens, ==, 10);
  assert_written (&reply,
                  JUMP_EMBEDDINGS_OPENAI,
                  FALSE,
                  "{\"object\":\"list\",\"data\":["
                  "{\"object\":\"embedding\",\"index\":0,\"embedding\":[1,-0.0]},"
                  "{\"object\":\"embedding\",\"index\":1,\"embedding\":[2, 2.50]},"
                  "{\"object\":\"embedding\",\"index\":2,\"embedding\":[3e-1]}],"
                  "\"model\":\"my-model\","
                  "\"usage\":{\"prompt_tokens\":10,\"total_tokens\":10}}");
  assert_written (&reply,
                  JUMP_EMBEDDINGS_OPENAI,
                  TRUE,
                  "{\"object\":\"list\",\"data\":["
                  "{\"object\":\"embedding\",\"index\":0,\"embedding\":\"AACAPwAAAIA=\"},"
                  "{\"object\":\"embedding\",\"index\":1,\"embedding\":\"AAAAQAAAIEA=\"},"
                  "{\"object\":\"embedding\",\"index\":2,\"embedding\":\"mpmZPg==\"}],"
                  "\"model\":\"my-model\","
                  "\"usage\":{\"prompt_tokens\":10,\"total_tokens\":10}}");
  assert_written (&reply,
                  JUMP_EMBEDDINGS_OLLAMA,
                  FALSE,
                  "{\"model\":\"my-model\",\"embeddings\":[[1,-0.0],[2, 2.50],[3e-1]],"
                  "\"total_duration\":2000000,\"load_duration\":0,\"prompt_eval_count\":10}");
  assert_written (&reply, JUMP_EMBEDDINGS_OLLAMA_ONE_VECTOR, FALSE, "{\"embedding\":[1,-0.0]}");
}

static void
test_nothing (void)
{
  g_auto (JumpEmbeddingsReply) reply = { 0 };

  jump_embeddings_reply_init (&reply, 0);
  assert_written (&reply,
                  JUMP_EMBEDDINGS_OLLAMA,
                  FALSE,
                  "{\"model\":\"my-model\",\"embeddings\":[],"
                  "\"total_duration\":2000000,\"load_duration\":0,\"prompt_eval_count\":0}");
  assert_written (&reply, JUMP_EMBEDDINGS_OLLAMA_ONE_VECTOR, FALSE, "{\"embedding\":[]}");
}

static void
test_problems (void)
{
  static const struct
  {
    const char *text;
    JumpError code;
    const char *problem; /* its end */
  } rows[] = {
    { "Bad Request\n", JUMP_ERROR_PROTOCOL, "it is no JSON" },
    { "{}", JUMP_ERROR_PROTOCOL, "data is no array" },
    { "{\"data\":[]}", JUMP_ERROR_PROTOCOL, "there is not one vector per input" },
    { "{\"data\":[{\"embedding\":[1]}]}",
      JUMP_ERROR_PROTOCOL,
      "there is not one vector per input" },
    { "{\"data\":[{\"embedding\":[1]},{\"embedding\":\"x\"}]}",
      JUMP_ERROR_PROTOCOL,
      "a vector is no array" },
    { "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":0,\"embedding\":[1]}]}",
      JUMP_ERROR_PROTOCOL,
      "two vectors have the same index" },
    { "{\"data\":[{\"index\":2,\"embedding\":[1]}]}",
      JUMP_ERROR_PROTOCOL,
      "an index is out of range" },
    { "{\"data\":[{\"index\":-1,\"embedding\":[1]}]}",
      JUMP_ERROR_PROTOCOL,
      "an index is out of range" },
    { "{\"error\":{\"message\":\"too long\"}}", JUMP_ERROR_UPSTREAM, "too long" },
    { "{\"error\":\"no\"}", JUMP_ERROR_UPSTREAM, "no" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (JumpEmbeddingsReply) reply = { 0 };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].text);
      jump_embeddings_reply_init (&reply, 2);
      g_assert_false (add (&reply, rows[i].text, 0, 2, &error));
      g_assert_error (error, JUMP_ERROR, (int) rows[i].code);
      g_assert_true (g_str_has_suffix (error->message, rows[i].problem));
    }
}

/* The short way and the slow one read the same numbers as the C library. */
static void
test_vector (void)
{
  static const char *const numbers[] = {
    "0",
    "-0",
    "1",
    "-1.5",
    "0.1",
    "-0.006929283495992422",
    "0.012345678901234567",
    "9007199254740993",
    "123456789012345678901234567890",
    "1e-40",
    "-3.4028234663852886e+38",
    "0.00000000000000000000000000001",
    "2.5E3",
  };
  g_autoptr (GString) json = g_string_new ("[");
  g_autoptr (GString) base64 = g_string_new ("x");
  g_autofree guchar *bytes = NULL;
  gsize n_bytes;
  const guint n_numbers = 1000; /* more than are encoded at once */

  for (guint i = 0; i < n_numbers; i++)
    g_string_append_printf (json, "%s%s", i == 0 ? "" : ", ", numbers[i % G_N_ELEMENTS (numbers)]);
  g_string_append_c (json, ']');
  jump_embeddings_vector_append_base64 (base64, (JumpJsonSpan){ json->str, json->len });
  g_assert_cmpint (base64->str[0], ==, 'x');
  bytes = g_base64_decode (base64->str + 1, &n_bytes);
  g_assert_cmpuint (n_bytes, ==, n_numbers * 4);
  for (guint i = 0; i < n_numbers; i++)
    {
      float expected = (float) g_ascii_strtod (numbers[i % G_N_ELEMENTS (numbers)], NULL);
      guint32 bits = (guint32) bytes[4 * i] | (guint32) bytes[4 * i + 1] << 8 |
                     (guint32) bytes[4 * i + 2] << 16 | (guint32) bytes[4 * i + 3] << 24;
      float actual;

      memcpy (&actual, &bits, sizeof actual);
      g_assert_cmpfloat (actual, ==, expected);
      g_assert_cmpint (signbit (actual) != 0, ==, signbit (expected) != 0);
    }
}

static void
test_empty_vector (void)
{
  g_autoptr (GString) base64 = g_string_new (NULL);

  jump_embeddings_vector_append_base64 (base64, (JumpJsonSpan){ "[ ]", 3 });
  g_assert_cmpstr (base64->str, ==, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/embeddings-reply/join", test_join);
  g_test_add_func ("/embeddings-reply/nothing", test_nothing);
  g_test_add_func ("/embeddings-reply/problems", test_problems);
  g_test_add_func ("/embeddings-reply/vector", test_vector);
  g_test_add_func ("/embeddings-reply/empty-vector", test_empty_vector);
  return g_test_run ();
}
