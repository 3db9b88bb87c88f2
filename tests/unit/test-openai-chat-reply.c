/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/base/json-scan.h"
#include "service/base/limits.h"
#include "service/dialects/openai-chat-reply.h"

#include <string.h>

#define NOW        1700000000
#define REQUEST_ID "0f6d"

typedef struct
{
  GBytes *reply;    /* (owned) */
  char *client;     /* (owned) (nullable): NULL when an error is expected */
  JsonObject *meta; /* (owned) */
} Case;

/* Upstream's name for reasoning is kept here; the pipe's tests have it changed. */
static GBytes *
repair (GBytes *body, const char *model, guint n, JumpUsageCount *out_usage, GError **error)
{
  JumpReplyOptions options = {
    .client_model = model,
    .request_id = REQUEST_ID,
    .now = NOW,
    .requested_n = n,
    .reasoning_field = JUMP_REASONING_FIELD_TEXT,
  };

  return jump_chat_reply_repair (body, &options, out_usage, NULL, error);
}

static void
test_case (gconstpointer data)
{
  const Case *self = data;
  JumpUsageCount usage;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = repair (self->reply,
                                    jump_json_get_string (self->meta, "model", "gpt-4o"),
                                    (guint) jump_json_get_int (self->meta, "n", 1),
                                    &usage,
                                    &error);

  if (self->client == NULL)
    {
      g_assert_null (body);
      g_assert_nonnull (error);
      g_assert_cmpstr (error->message, ==, jump_json_get_string (self->meta, "error", ""));
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (body, NULL),
                   g_bytes_get_size (body),
                   self->client,
                   strlen (self->client));
  g_assert_true (jump_json_validate (self->client, strlen (self->client), 100, NULL));
}

static void
case_free (gpointer data)
{
  Case *self = data;

  g_bytes_unref (self->reply);
  g_free (self->client);
  json_object_unref (self->meta);
  g_free (self);
}

/* Returns: (nullable): the case in @folder, NULL when it is about a stream. */
static Case *
load_case (const char *folder)
{
  g_autofree char *reply = g_build_filename (folder, "reply.json", NULL);
  g_autofree char *client = g_build_filename (folder, "client.json", NULL);
  g_autofree char *meta = g_build_filename (folder, "meta.json", NULL);
  g_autofree char *meta_text = NULL;
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;
  Case *self;

  if (!g_file_get_contents (reply, &text, &length, NULL))
    return NULL;
  self = g_new0 (Case, 1);
  self->reply = g_bytes_new_take (text, length);
  g_file_get_contents (meta, &meta_text, NULL, &error);
  g_assert_no_error (error);
  self->meta = jump_json_parse_object (meta_text, -1, &error);
  g_assert_no_error (error);
  if (!json_object_has_member (self->meta, "error"))
    g_file_get_contents (client, &self->client, NULL, &error);
  g_assert_no_error (error);
  return self;
}

static void
add_cases (void)
{
  g_autofree char *root = g_test_build_filename (G_TEST_DIST, "fixtures", "openai-chat", NULL);
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (root, name, NULL);
      g_autofree char *path = g_strconcat ("/openai-chat-reply/", name, NULL);
      Case *self = load_case (folder);

      if (self != NULL)
        g_test_add_data_func_full (path, self, test_case, case_free);
    }
}

static const char perfect[] =
    " {\"id\":\"c\", \"object\":\"chat.completion\",\"created\":5,\"model\":\"gpt-4o\","
    "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"\\u00e4\"},"
    "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1},\"new\":1.50}\n";

static void
test_same_bytes (void)
{
  g_autoptr (GBytes) body = g_bytes_new_static (perfect, strlen (perfect));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) result = repair (body, "gpt-4o", 1, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (result == body);
}

/* Each row breaks the perfect reply in one place; all of it has to come out right. */
static void
test_one_flaw (void)
{
  static const struct
  {
    const char *find;
    const char *put;
    const char *expected;
  } rows[] = {
    { "\"id\":\"c\"", "\"id\":\"\"", "\"id\":\"chatcmpl-0f6d\"" },
    { "\"id\":\"c\"", "\"id\":null", "\"id\":\"chatcmpl-0f6d\"" },
    { "\"created\":5", "\"created\":0", "\"created\":1700000000" },
    { "\"created\":5", "\"created\":null", "\"created\":1700000000" },
    { "chat.completion\"", "text\"", "\"object\":\"chat.completion\"" },
    { "\"model\":\"gpt-4o\",", "", "\"model\":\"gpt-4o\"" },
    { "\"index\":0,", "", "{\"index\":0," },
    { "\"index\":0", "\"index\":3", "{\"index\":0," },
    { "\"index\":0", "\"index\":null", "{\"index\":0," },
    { "\"index\":0", "\"index\":-1", "{\"index\":0," },
    { "\"index\":0", "\"index\":\"0\"", "{\"index\":0," },
    { "\"role\":\"assistant\",", "", "\"role\":\"assistant\"" },
    { "\"role\":\"assistant\"", "\"role\":null", "\"role\":\"assistant\"" },
    { "\"content\":\"\\u00e4\"", "\"refusal\":\"no\"", "\"content\":null,\"refusal\":\"no\"" },
    { "\"stop\"", "null", "\"finish_reason\":\"stop\"" },
    { ",\"finish_reason\":\"stop\"", "", "\"finish_reason\":\"stop\"" },
    { "\"usage\":{\"prompt_tokens\":1},", "\"usage\":null,", "\"prompt_tokens\":0" },
    { "\"usage\":{\"prompt_tokens\":1},", "", "\"total_tokens\":0" },
    { "\"content\":", "\"padding\":\"x\",\"content\":", "\"content\":\"\\u00e4\"}" },
    { "\"content\":",
      "\"copilot_annotations\":{},\"content\":",
      "\"assistant\",\"content\":\"\\u00e4\"}" },
    { "\"new\":", "\"error\":null,\"new\":", "\"new\":1.50" },
    { "\"message\":{\"role\":\"assistant\",\"content\":\"\\u00e4\"}",
      "\"message\":[1]",
      "{\"role\":\"assistant\",\"content\":null}" },
    { "[{\"index\":0", "[7,[1],{\"index\":0", "\\u00e4" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) text = g_string_new (perfect);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) body = NULL;
      g_autoptr (GBytes) result = NULL;
      g_autofree char *shown = NULL;

      g_assert_cmpuint (g_string_replace (text, rows[i].find, rows[i].put, 1), ==, 1);
      body = g_bytes_new (text->str, text->len);
      result = repair (body, "gpt-4o", 1, NULL, &error);
      g_assert_no_error (error);
      shown = g_strndup (g_bytes_get_data (result, NULL), g_bytes_get_size (result));
      g_test_message ("%s", shown);
      g_assert_true (jump_json_validate (shown, strlen (shown), JUMP_LIMIT_JSON_DEPTH, NULL));
      g_assert_nonnull (strstr (shown, rows[i].expected));
      g_assert_nonnull (strstr (shown, "\"new\":1.50"));
      g_assert_null (strstr (shown, "padding"));
      g_assert_null (strstr (shown, "copilot_annotations"));
    }
}

static void
test_parts_with_one_index (void)
{
  static const char text[] =
      "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"a\"},\"logprobs\":{\"x\":1}},"
      "{\"index\":1,\"message\":{\"content\":\"b\"}},"
      "{\"index\":0,\"message\":{\"content\":\"A\"},\"logprobs\":{\"x\":2}}]}";
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) result = repair (body, "m", 2, NULL, &error);
  g_autofree char *shown = NULL;

  g_assert_no_error (error);
  shown = g_strndup (g_bytes_get_data (result, NULL), g_bytes_get_size (result));
  g_assert_nonnull (strstr (shown, "\"content\":\"aA\""));
  g_assert_nonnull (strstr (shown, "\"content\":\"b\""));
  g_assert_nonnull (strstr (shown, "{\"x\":1}"));
  g_assert_null (strstr (shown, "{\"x\":2}"));
}

static void
test_usage (void)
{
  static const struct
  {
    const char *members;
    gboolean is_known;
    gint64 input;
    gint64 output;
    gint64 nano_aiu;
  } rows[] = {
    { "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}", TRUE, 3, 4, -1 },
    { "\"usage\":{\"prompt_tokens\":3.0}", TRUE, 3, -1, -1 },
    { "\"usage\":{\"prompt_tokens\":\"3\",\"completion_tokens\":-1}", FALSE, -1, -1, -1 },
    { "\"copilot_usage\":{\"total_nano_aiu\":0}", TRUE, -1, -1, 0 },
    { "\"copilot_usage\":{\"total_nano_aiu\":1.5e3}", TRUE, -1, -1, 1500 },
    { "\"copilot_usage\":{\"total_nano_aiu\":1500.7}", TRUE, -1, -1, 1500 },
    { "\"copilot_usage\":{\"total_nano_aiu\":1e300}", FALSE, -1, -1, -1 },
    { "\"copilot_usage\":[{\"total_nano_aiu\":1}]", FALSE, -1, -1, -1 },
    { "\"usage\":null", FALSE, -1, -1, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("{\"choices\":[{\"message\":{\"content\":\"a\"}}],%s}", rows[i].members);
      g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
      JumpUsageCount usage;
      g_autoptr (GBytes) result = repair (body, "m", 1, &usage, NULL);

      g_test_message ("%s", text);
      g_assert_nonnull (result);
      g_assert_cmpint (jump_usage_count_is_known (&usage), ==, rows[i].is_known);
      g_assert_cmpint (usage.input_tokens, ==, rows[i].input);
      g_assert_cmpint (usage.output_tokens, ==, rows[i].output);
      g_assert_cmpint (usage.nano_aiu, ==, rows[i].nano_aiu);
    }
}

static void
test_error_codes (void)
{
  static const struct
  {
    const char *text;
    int code;
  } rows[] = {
    { "{\"error\":{\"message\":\"no\"}}", JUMP_ERROR_UPSTREAM },
    { "{\"error\":\"no\"}", JUMP_ERROR_UPSTREAM },
    { "{\"error\":null}", JUMP_ERROR_PROTOCOL },
    { "", JUMP_ERROR_PROTOCOL },
    { "[]", JUMP_ERROR_PROTOCOL },
    { "[{\"a\":1}]", JUMP_ERROR_PROTOCOL },
    { "\"text\"", JUMP_ERROR_PROTOCOL },
    { "{\"choices\":{}}", JUMP_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (rows[i].text, strlen (rows[i].text));
      g_autoptr (GError) error = NULL;

      g_assert_null (repair (body, "m", 1, NULL, &error));
      g_test_message ("%s: %s", rows[i].text, error->message);
      g_assert_error (error, JUMP_ERROR, rows[i].code);
    }
}

/* Puts other values into every reply of the fixtures, always the same ones. What comes out is valid
 * JSON or an error. */
static void
test_mutations (void)
{
  static const char *const bits[] = {
    "null", "[]", "{}", "\"\"", "-1", "1e9", "\"stop\"", "[{}]", "[[1]]", "true",
  };
  g_autofree char *root = g_test_build_filename (G_TEST_DIST, "fixtures", "openai-chat", NULL);
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (root, name, "reply.json", NULL);
      g_autofree char *text = NULL;

      if (!g_file_get_contents (path, &text, NULL, NULL))
        continue;
      for (int round = 0; round < 500; round++)
        {
          g_autoptr (GString) data = g_string_new (text);
          gsize at = (gsize) g_rand_int_range (random, 0, (gint32) data->len);
          const char *colon = strchr (data->str + at, ':');
          g_autoptr (GBytes) body = NULL;
          g_autoptr (GBytes) result = NULL;
          JumpUsageCount usage;

          if (colon != NULL)
            {
              gsize length = strcspn (colon + 1, ",}]");

              at = (gsize) (colon + 1 - data->str);
              g_string_erase (data, (gssize) at, (gssize) length);
              g_string_insert (data,
                               (gssize) at,
                               bits[g_rand_int_range (random, 0, G_N_ELEMENTS (bits))]);
            }
          body = g_bytes_new (data->str, data->len);
          result = repair (body, "m", (guint) round % 3, &usage, NULL);
          if (result != NULL)
            g_assert_true (jump_json_validate (g_bytes_get_data (result, NULL),
                                               g_bytes_get_size (result),
                                               JUMP_LIMIT_JSON_DEPTH,
                                               NULL));
        }
    }
}

/* For counting instructions: valgrind --tool=callgrind test-openai-chat-reply -m perf */
static void
test_typical_replies (void)
{
  static const char reply[] =
      "{\"id\":\"chatcmpl-AYkqVbVv0FqL2oG0s7yVjR1dGzQ9n\",\"object\":\"chat.completion\","
      "\"created\":1717764806,\"model\":\"gpt-4o-2024-11-20\",\"choices\":[{\"index\":0,"
      "\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"A reverse "
      "proxy accepts a request, decides where it belongs, and passes it on.\"}}],\"usage\":{"
      "\"prompt_tokens\":181,\"completion_tokens\":92,\"total_tokens\":273,"
      "\"prompt_tokens_details\":{\"cached_tokens\":0}}}";
  g_autoptr (GBytes) body = g_bytes_new_static (reply, sizeof reply - 1);

  if (!g_test_perf ())
    {
      g_test_skip ("only with -m perf");
      return;
    }
  for (int i = 0; i < 10000; i++)
    {
      JumpUsageCount usage;
      g_autoptr (GBytes) repaired = repair (body, "gpt-4o", 1, &usage, NULL);

      g_assert_cmpint (usage.output_tokens, ==, 92);
      g_assert_true (repaired != body);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_cases ();
  g_test_add_func ("/openai-chat-reply/same-bytes", test_same_bytes);
  g_test_add_func ("/openai-chat-reply/one-flaw", test_one_flaw);
  g_test_add_func ("/openai-chat-reply/parts-with-one-index", test_parts_with_one_index);
  g_test_add_func ("/openai-chat-reply/usage", test_usage);
  g_test_add_func ("/openai-chat-reply/error-codes", test_error_codes);
  g_test_add_func ("/openai-chat-reply/mutations", test_mutations);
  g_test_add_func ("/openai-chat-reply/typical-replies", test_typical_replies);
  return g_test_run ();
}
