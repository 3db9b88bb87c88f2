/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-read.h"
#include "service/base/json-scan.h"
#include "service/base/limits.h"
#include "service/dialects/openai-chat-stream.h"
#include "service/sse/sse-parser.h"

#include <string.h>

#define NOW        1700000000
#define REQUEST_ID "0f6d"

typedef struct
{
  JumpChatStream *stream; /* (owned) */
  GString *out;           /* (owned) */
  JumpChatStreamStep step;
} Run;

typedef struct
{
  char *upstream; /* (owned) */
  gsize upstream_length;
  char *client;     /* (owned) */
  JsonObject *meta; /* (owned) */
} Case;

/* Upstream's name for reasoning is kept here; the pipe's tests have it changed. */
static JumpChatStream *
new_stream_of (const char *model, const char *request_id, guint n, gboolean show_usage)
{
  JumpReplyOptions options = {
    .client_model = model,
    .request_id = request_id,
    .now = NOW,
    .requested_n = n,
    .show_usage = show_usage,
    .reasoning_field = JUMP_REASONING_FIELD_TEXT,
  };

  return jump_chat_stream_new (&options);
}

static JumpChatStream *
new_stream (JsonObject *meta)
{
  return new_stream_of (jump_json_get_string (meta, "model", "gpt-4o"),
                        REQUEST_ID,
                        (guint) jump_json_get_int (meta, "n", 1),
                        jump_json_get_boolean (meta, "show_usage", FALSE));
}

static gboolean
on_event (const JumpSseEvent *event, gpointer user_data)
{
  Run *run = user_data;

  run->step = jump_chat_stream_event (run->stream, event->data, event->data_length, run->out);
  return TRUE;
}

/* Every piece of a run's output must be whole events with valid JSON. */
static void
assert_events (const char *text)
{
  g_auto (GStrv) events = g_strsplit (text, "\n\n", -1);

  for (guint i = 0; events[i] != NULL; i++)
    {
      const char *data = events[i] + strlen ("data: ");

      if (events[i + 1] == NULL)
        {
          g_assert_cmpstr (events[i], ==, "");
          break;
        }
      g_assert_true (g_str_has_prefix (events[i], "data: "));
      g_assert_null (strchr (events[i], '\n'));
      if (strcmp (data, "[DONE]") != 0)
        g_assert_true (jump_json_validate (data, strlen (data), JUMP_LIMIT_JSON_DEPTH, NULL));
    }
}

/* @cut: how many bytes to push at once, 0 for all, -1 for random amounts. */
static char *
run_case (const Case *self, int cut, GRand *random)
{
  Run run = { new_stream (self->meta), g_string_new (NULL), JUMP_CHAT_STREAM_GO_ON };
  g_autoptr (JumpChatStream) stream = run.stream;
  g_autoptr (JumpSseParser) parser =
      jump_sse_parser_new (JUMP_LIMIT_SSE_EVENT, on_event, NULL, &run);
  const char *expect = jump_json_get_string (self->meta, "expect", "done");
  g_autoptr (GError) error = NULL;
  gsize at = 0;

  while (at < self->upstream_length)
    {
      gsize left = self->upstream_length - at;
      gsize n = cut > 0 ? (gsize) cut : left;

      if (cut < 0)
        n = (gsize) g_rand_int_range (random, 1, 60);
      n = MIN (n, left);
      g_assert_true (jump_sse_parser_push (parser, self->upstream + at, n, &error));
      g_assert_no_error (error);
      assert_events (run.out->str);
      at += n;
    }
  g_assert_true (jump_sse_parser_finish (parser, &error));
  g_assert_cmpint (run.step,
                   ==,
                   strcmp (expect, "done") == 0    ? JUMP_CHAT_STREAM_DONE
                   : strcmp (expect, "error") == 0 ? JUMP_CHAT_STREAM_ERROR
                                                   : JUMP_CHAT_STREAM_GO_ON);
  g_assert_cmpint (jump_chat_stream_end (stream, run.out),
                   ==,
                   strcmp (expect, "done") == 0 || strcmp (expect, "end") == 0);
  g_assert_cmpint (jump_chat_stream_get_failure (stream) != NULL,
                   ==,
                   strcmp (expect, "error") == 0);
  g_assert_cmpstr (jump_chat_stream_get_changes (stream),
                   ==,
                   jump_json_get_string (self->meta, "changes", ""));
  return g_string_free (run.out, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *self = data;
  g_autoptr (GRand) random = g_rand_new_with_seed (20);
  g_autofree char *whole = run_case (self, 0, random);
  g_autofree char *bytes = run_case (self, 1, random);

  g_assert_cmpstr (whole, ==, self->client);
  g_assert_cmpstr (bytes, ==, self->client);
  assert_events (whole);
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *pieces = run_case (self, -1, random);

      g_assert_cmpstr (pieces, ==, self->client);
    }
}

static void
case_free (gpointer data)
{
  Case *self = data;

  g_free (self->upstream);
  g_free (self->client);
  json_object_unref (self->meta);
  g_free (self);
}

/* Returns: (nullable): the case in @folder, NULL when it is not about a stream. */
static Case *
load_case (const char *folder)
{
  g_autofree char *upstream = g_build_filename (folder, "upstream.sse", NULL);
  g_autofree char *client = g_build_filename (folder, "client.sse", NULL);
  g_autofree char *meta = g_build_filename (folder, "meta.json", NULL);
  g_autofree char *meta_text = NULL;
  g_autoptr (GError) error = NULL;
  Case *self;

  if (!g_file_test (upstream, G_FILE_TEST_EXISTS))
    return NULL;
  self = g_new0 (Case, 1);
  g_file_get_contents (upstream, &self->upstream, &self->upstream_length, &error);
  g_assert_no_error (error);
  g_file_get_contents (client, &self->client, NULL, &error);
  g_assert_no_error (error);
  g_file_get_contents (meta, &meta_text, NULL, &error);
  g_assert_no_error (error);
  self->meta = jump_json_parse_object (meta_text, -1, &error);
  g_assert_no_error (error);
  return self;
}

/* One test for every folder with a stream: a new quirk is a new folder. */
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
      g_autofree char *path = g_strconcat ("/openai-chat-stream/", name, NULL);
      Case *self = load_case (folder);

      if (self != NULL)
        g_test_add_data_func_full (path, self, test_case, case_free);
    }
}

static void
test_usage (void)
{
  static const char chunk[] =
      "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":"
      "{\"prompt_tokens\":218,\"completion_tokens\":9,"
      "\"prompt_tokens_details\":{\"cached_tokens\":128},"
      "\"completion_tokens_details\":{\"reasoning_tokens\":5}},\"copilot_usage\":"
      "{\"token_details\":[{\"token_type\":\"cache_write\",\"token_count\":12}],"
      "\"total_nano_aiu\":312395000.5}}";
  g_autoptr (JumpChatStream) stream = new_stream_of ("m", "r", 1, FALSE);
  g_autoptr (GString) out = g_string_new (NULL);
  const JumpUsageCount *usage = jump_chat_stream_get_usage (stream);

  g_assert_false (jump_usage_count_is_known (usage));
  jump_chat_stream_event (stream, chunk, strlen (chunk), out);
  g_assert_cmpint (usage->input_tokens, ==, 218);
  g_assert_cmpint (usage->output_tokens, ==, 9);
  g_assert_cmpint (usage->cache_read_tokens, ==, 128);
  g_assert_cmpint (usage->cache_write_tokens, ==, 12);
  g_assert_cmpint (usage->reasoning_tokens, ==, 5);
  g_assert_cmpint (usage->nano_aiu, ==, 312395000);
}

/* A finish reason that upstream forgot is added to what the model has said, not to nothing. */
static void
test_forgotten_finish (void)
{
  static const struct
  {
    const char *delta;
    gboolean has_output;
  } rows[] = {
    { "{}", FALSE },
    { "{\"role\":\"assistant\",\"content\":\"\"}", FALSE },
    { "{\"content\":null}", FALSE },
    { "{\"reasoning_text\":\"hm\"}", FALSE },
    { "{\"tool_calls\":[]}", FALSE },
    { "{\"tool_calls\":null}", FALSE },
    { "{\"content\":\" \"}", TRUE },
    { "{\"tool_calls\":[{\"index\":0,\"id\":\"a\"}]}", TRUE },
    { "{\"function_call\":{\"name\":\"a\"}}", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpChatStream) stream = new_stream_of ("m", "r", 1, FALSE);
      g_autoptr (GString) out = g_string_new (NULL);
      g_autofree char *chunk =
          g_strdup_printf ("{\"choices\":[{\"index\":0,\"delta\":%s}]}", rows[i].delta);

      jump_chat_stream_event (stream, chunk, strlen (chunk), out);
      jump_chat_stream_event (stream, "[DONE]", strlen ("[DONE]"), out);
      assert_events (out->str);
      g_test_message ("%s", rows[i].delta);
      g_assert_cmpint (strstr (out->str, "\"finish_reason\":\"") != NULL, ==, rows[i].has_output);
    }
}

static void
test_nothing_after_the_end (void)
{
  g_autoptr (JumpChatStream) stream = new_stream_of ("m", "r", 1, FALSE);
  g_autoptr (GString) out = g_string_new (NULL);
  static const char chunk[] = "{\"choices\":[{\"delta\":{\"content\":\"late\"}}]}";

  g_assert_cmpint (jump_chat_stream_event (stream, " [DONE] ", 8, out), ==, JUMP_CHAT_STREAM_DONE);
  g_assert_cmpstr (out->str, ==, "data: [DONE]\n\n");
  g_assert_cmpint (jump_chat_stream_event (stream, chunk, strlen (chunk), out),
                   ==,
                   JUMP_CHAT_STREAM_DONE);
  g_assert_true (jump_chat_stream_end (stream, out));
  g_assert_cmpstr (out->str, ==, "data: [DONE]\n\n");
}

static void
test_content_is_not_delayed (void)
{
  static const struct
  {
    const char *chunk;
    const char *must_contain; /* (nullable): nothing may be written */
  } rows[] = {
    { "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}", "\"content\":\"a\"" },
    { "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}", NULL },
    { "{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}]}",
      "\"content\":\"b\"},\"finish_reason\":null" },
    { "{\"choices\":[],\"usage\":{\"prompt_tokens\":1}}", NULL },
  };
  g_autoptr (JumpChatStream) stream = new_stream_of ("m", "r", 1, FALSE);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_string_truncate (out, 0);
      jump_chat_stream_event (stream, rows[i].chunk, strlen (rows[i].chunk), out);
      if (rows[i].must_contain == NULL)
        g_assert_cmpstr (out->str, ==, "");
      else
        g_assert_nonnull (strstr (out->str, rows[i].must_contain));
    }
  g_string_truncate (out, 0);
  g_assert_true (jump_chat_stream_end (stream, out));
  g_assert_nonnull (strstr (out->str, "\"finish_reason\":\"stop\""));
}

static void
test_many_tool_calls (void)
{
  g_autoptr (JumpChatStream) stream = new_stream_of ("m", "r", 1, FALSE);
  g_autoptr (GString) out = g_string_new (NULL);

  for (int i = 0; i < 1100; i++)
    {
      g_autofree char *chunk =
          g_strdup_printf ("{\"choices\":[{\"delta\":{\"tool_calls\":[{\"id\":\"c%d\"}]}}]}", i);

      g_string_truncate (out, 0);
      jump_chat_stream_event (stream, chunk, strlen (chunk), out);
      assert_events (out->str);
      if (i == 12)
        g_assert_nonnull (strstr (out->str, "{\"index\":12,\"id\":\"c12\""));
    }
  g_assert_null (strstr (out->str, "c1099"));
}

/* Changes some bytes of the chunks of every case, always the same way. What comes out must be
 * whole events of valid JSON whatever went in. */
static void
test_mutations (void)
{
  static const char *const bits[] = {
    "null", "[]", "{}", "\"\"", "-1", "1e9", "\"stop\"", "\"call_1\"", "[{}]", "true",
  };
  g_autofree char *root = g_test_build_filename (G_TEST_DIST, "fixtures", "openai-chat", NULL);
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (root, name, "upstream.sse", NULL);
      g_autofree char *text = NULL;
      g_auto (GStrv) events = NULL;

      if (!g_file_get_contents (path, &text, NULL, NULL))
        continue;
      events = g_strsplit (text, "\n\n", -1);
      for (int round = 0; round < 200; round++)
        {
          g_autoptr (JumpChatStream) stream =
              new_stream_of ("m", "r", (guint) g_rand_int_range (random, 1, 3), round % 2 == 0);
          g_autoptr (GString) out = g_string_new (NULL);

          for (guint i = 0; events[i] != NULL && strlen (events[i]) > 6; i++)
            {
              g_autoptr (GString) data = g_string_new (events[i] + 6);

              if (g_rand_boolean (random))
                {
                  /* A value becomes another one: the JSON stays valid more often than not. */
                  gsize at = (gsize) g_rand_int_range (random, 0, (gint32) data->len);
                  char *colon = strchr (data->str + at, ':');
                  gsize end = colon == NULL ? 0 : strcspn (colon + 1, ",}]") + 1;

                  if (colon != NULL)
                    {
                      at = (gsize) (colon + 1 - data->str);
                      g_string_erase (data, (gssize) at, (gssize) end - 1);
                      g_string_insert (data,
                                       (gssize) at,
                                       bits[g_rand_int_range (random, 0, G_N_ELEMENTS (bits))]);
                    }
                }
              else if (g_rand_int_range (random, 0, 4) == 0)
                data->str[g_rand_int_range (random, 0, (gint32) data->len)] =
                    (char) g_rand_int_range (random, 1, 256);
              jump_chat_stream_event (stream, data->str, data->len, out);
            }
          jump_chat_stream_end (stream, out);
          assert_events (out->str);
        }
    }
}

/* For counting instructions: valgrind --tool=callgrind test-openai-chat-stream -m perf */
static void
test_typical_chunks (void)
{
  static const char chunk[] =
      "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\" the\",\"role\":null}}],"
      "\"created\":1717764806,\"id\":\"chatcmpl-AYkqVbVv0FqL2oG0s7yVjR1dGzQ9n\","
      "\"model\":\"gpt-4o-2024-11-20\",\"system_fingerprint\":\"fp_6deacce395\","
      "\"usage\":null,\"padding\":\"abcdefgh\"}";
  g_autoptr (JumpChatStream) stream = new_stream_of ("gpt-4o", "r", 1, FALSE);
  g_autoptr (GString) out = g_string_sized_new (4096);

  if (!g_test_perf ())
    {
      g_test_skip ("only with -m perf");
      return;
    }
  for (int i = 0; i < 10000; i++)
    {
      g_string_truncate (out, 0);
      jump_chat_stream_event (stream, chunk, sizeof chunk - 1, out);
    }
  g_assert_true (g_str_has_suffix (out->str, "\n\n"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_cases ();
  g_test_add_func ("/openai-chat-stream/usage", test_usage);
  g_test_add_func ("/openai-chat-stream/forgotten-finish", test_forgotten_finish);
  g_test_add_func ("/openai-chat-stream/nothing-after-the-end", test_nothing_after_the_end);
  g_test_add_func ("/openai-chat-stream/content-is-not-delayed", test_content_is_not_delayed);
  g_test_add_func ("/openai-chat-stream/many-tool-calls", test_many_tool_calls);
  g_test_add_func ("/openai-chat-stream/mutations", test_mutations);
  g_test_add_func ("/openai-chat-stream/typical-chunks", test_typical_chunks);
  return g_test_run ();
}
