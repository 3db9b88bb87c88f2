/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/dialects/openai-chat-request.h"

#include <string.h>

#define ONE "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"

static void
scan (JumpChatRequest *request, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_test_message ("%s", text);
  jump_chat_request_scan (request, text, strlen (text), &error);
  g_assert_no_error (error);
}

static void
assert_span (JumpJsonSpan span, const char *expected)
{
  g_autofree char *text = g_strndup (span.start, span.length);

  g_assert_cmpstr (span.start == NULL ? NULL : text, ==, expected);
}

static void
test_facts (void)
{
  static const char text[] =
      " {\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"developer\",\"content\":\"x\"},"
      "{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":true,"
      "\"stream_options\":{\"include_usage\":true,\"x\":1},\"max_tokens\":5,"
      "\"max_completion_tokens\":6,\"temperature\":0.5,\"top_p\":1,\"store\":false,"
      "\"service_tier\":\"auto\",\"metadata\":{},\"n\":2,\"tools\":[{},{}],\"new\":[1]} ";
  JumpChatRequest request;

  scan (&request, text);
  assert_span (request.model_key, "\"model\"");
  assert_span (request.model, "\"gpt-4o\"");
  assert_span (request.stream_options, "{\"include_usage\":true,\"x\":1}");
  assert_span (request.max_tokens_key, "\"max_tokens\"");
  assert_span (request.max_tokens, "5");
  assert_span (request.max_completion_tokens, "6");
  assert_span (request.temperature, "0.5");
  assert_span (request.top_p, "1");
  assert_span (request.store, "false");
  assert_span (request.service_tier, "\"auto\"");
  assert_span (request.metadata_key, "\"metadata\"");
  g_assert_true (request.object.start == text + 1);
  g_assert_cmpuint (request.object.length, ==, strlen (text) - 2);
  g_assert_true (request.stream);
  g_assert_true (request.include_usage);
  g_assert_false (request.from_agent);
  g_assert_false (request.has_image);
  g_assert_cmpuint (request.n, ==, 2);
  g_assert_cmpuint (request.n_messages, ==, 2);
  g_assert_cmpuint (request.n_tools, ==, 2);
  g_assert_cmpuint (request.n_developer, ==, 1);
}

static void
test_defaults (void)
{
  JumpChatRequest request;

  scan (&request, "{" ONE ",\"stream\":null,\"stream_options\":null,\"tools\":null,\"n\":null}");
  g_assert_null (request.model.start);
  g_assert_null (request.max_tokens_key.start);
  g_assert_false (request.stream);
  g_assert_false (request.include_usage);
  g_assert_cmpuint (request.n, ==, 1);
  g_assert_cmpuint (request.n_tools, ==, 0);
  scan (&request, "{" ONE ",\"stream\":true,\"stream_options\":{\"include_usage\":false}}");
  g_assert_true (request.stream);
  g_assert_false (request.include_usage);
}

/* Protocol 5.2. */
static void
test_from_agent (void)
{
  static const struct
  {
    const char *messages;
    gboolean from_agent;
  } rows[] = {
    { "[{\"role\":\"user\",\"content\":\"hi\"}]", FALSE },
    { "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"},"
      "{\"role\":\"user\",\"content\":\"c\"}]",
      FALSE },
    { "[{\"role\":\"tool\",\"content\":\"b\"},{\"role\":\"user\",\"content\":\"c\"}]", FALSE },
    { "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]", TRUE },
    { "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"tool\",\"content\":\"b\"}]", TRUE },
    { "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"function\",\"content\":\"b\"}]", TRUE },
    { "[{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\"}]}]", TRUE },
    { "[{\"content\":[{\"type\":\"tool_result\"},{\"type\":\"tool_result\"}],\"role\":\"user\"}]",
      TRUE },
    { "[{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\"},{\"type\":\"text\"}]}]", FALSE },
    { "[{\"role\":\"user\",\"content\":[\"tool_result\"]}]", FALSE },
    { "[{\"role\":\"user\",\"content\":[]}]", FALSE },
    { "[{\"role\":\"user\",\"content\":null}]", FALSE },
    { "[{\"role\":\"user\"}]", FALSE },
    { "[{\"role\":\"us\\u0065r\"}]", FALSE },
    { "[{\"role\":\"assistant\",\"role\":\"user\"}]", FALSE },
    { "[{\"role\":\"system\",\"content\":\"x\"}]", TRUE },
    { "[{}]", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"messages\":%s}", rows[i].messages);
      JumpChatRequest request;

      scan (&request, text);
      g_assert_cmpint (request.from_agent, ==, rows[i].from_agent);
    }
}

static void
test_images (void)
{
  static const struct
  {
    const char *content;
    gboolean has_image;
  } rows[] = {
    { "\"an image\"", FALSE },
    { "\"{\\\"type\\\":\\\"image\\\"}\"", FALSE },
    { "\"\\\\\\\"type\\\": \\\"image_url\\\"\"", FALSE },
    { "[{\"type\":\"text\",\"text\":\"image\"}]", FALSE },
    { "[{\"type\":\"text\",\"text\":\"image_url\"}]", FALSE },
    { "[{\"type\":\"images\"}]", FALSE },
    { "[{\"type\":\"my_image\"}]", FALSE },
    { "[{\"mytype\":\"image\"}]", FALSE },
    { "[{\"my\\\"type\":\"image\"}]", FALSE },
    { "[\"type\",\"image\"]", FALSE },
    { "[{\"image\":\"type\"}]", FALSE },
    { "[{\"image_url\":null}]", FALSE },
    { "[{\"image_url\":\"https://a/b.png\"}]", FALSE },
    { "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a/b.png\"}}]", TRUE },
    { "[{\"type\" :\n \"input_image\"}]", TRUE },
    { "[{\"source\":{},\"type\":\"image\"}]", TRUE },
    { "[{\"image_url\":\"data:image/png;base64,AAAA\"}]", TRUE },
    { "[{\"image_url\" : {\"url\":\"data:image/png;base64,AAAA\"}}]", TRUE },
    { "[{\"typ\\u0065\":\"im\\u0061ge\"}]", TRUE },
    { "[{\"a\":[[{\"b\":[{\"type\":\"image_url\"}]}]]}]", TRUE },
    { "[[\"image_url\",{\"url\":\"data:\"}]]", FALSE },
    { "[{\"image_url\":\"data\"}]", FALSE },
    { "[{\"type\":[\"image\"]}]", FALSE },
    { "[{\"type\":\"tool_result\",\"content\":[{\"type\":\"image\",\"source\":{}}]}]", TRUE },
    { "[{\"text\":\"image image image_url\",\"x\":\"\\\\\"},{\"type\":\"image\"}]", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *first = g_strdup_printf ("{\"messages\":[{\"role\":\"tool\",\"content\":%s},"
                                                "{\"role\":\"user\",\"content\":\"?\"}]}",
                                                rows[i].content);
      JumpChatRequest request;

      scan (&request, first);
      g_assert_cmpint (request.has_image, ==, rows[i].has_image);
    }
}

/* An image type outside the messages, as in a tool's schema, is no image. */
static void
test_image_elsewhere (void)
{
  JumpChatRequest request;

  scan (&request, "{\"tools\":[{\"type\":\"image\"}]," ONE ",\"x\":{\"type\":\"image_url\"}}");
  g_assert_false (request.has_image);
}

static void
test_errors (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } rows[] = {
    { "", "invalid JSON" },
    { "{", "invalid JSON" },
    { "{" ONE "}x", "invalid JSON" },
    { "{" ONE ",}", "invalid JSON" },
    { "[]", "body: expected object" },
    { "\"x\"", "body: expected object" },
    { "{}", "messages: expected array" },
    { "{\"messages\":{}}", "messages: expected array" },
    { "{\"messages\":null}", "messages: expected array" },
    { "{\"messages\":[]}", "messages: expected at least one" },
    { "{\"messages\":[{},3]}", "messages[1]: expected object" },
    { "{\"model\":5," ONE "}", "model: expected string" },
    { "{\"model\":null," ONE "}", "model: expected string" },
    { "{\"stream\":\"true\"," ONE "}", "stream: expected boolean" },
    { "{\"stream\":1," ONE "}", "stream: expected boolean" },
    { "{\"stream_options\":true," ONE "}", "stream_options: expected object" },
    { "{\"stream_options\":{\"include_usage\":1}," ONE "}",
      "stream_options.include_usage: expected boolean" },
    { "{\"tools\":{}," ONE "}", "tools: expected array" },
    { "{\"n\":0," ONE "}", "n: expected integer from 1 to 128" },
    { "{\"n\":129," ONE "}", "n: expected integer from 1 to 128" },
    { "{\"n\":\"1\"," ONE "}", "n: expected integer from 1 to 128" },
    { "{\"n\":1.5," ONE "}", "n: expected integer from 1 to 128" },
    { "{\"model\":\"a\"," ONE ",\"model\":\"b\"}", "model: given more than once" },
    { "{\"model\":\"a\"," ONE ",\"mod\\u0065l\":\"b\"}", "model: given more than once" },
    { "{" ONE "," ONE "}", "messages: given more than once" },
    { "{\"store\":1,\"store\":1," ONE "}", "store: given more than once" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      JumpChatRequest request;

      g_test_message ("%s", rows[i].text);
      g_assert_false (
          jump_chat_request_scan (&request, rows[i].text, strlen (rows[i].text), &error));
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
      g_assert_true (g_str_has_prefix (error->message, rows[i].message));
    }
}

static void
test_tool_limit (void)
{
  for (guint n = JUMP_LIMIT_TOOLS; n <= JUMP_LIMIT_TOOLS + 2; n += 2)
    {
      g_autoptr (GString) text = g_string_new ("{" ONE ",\"tools\":[{}");
      g_autoptr (GError) error = NULL;
      JumpChatRequest request;
      gboolean good;

      for (guint i = 1; i < n; i++)
        g_string_append (text, ",{}");
      g_string_append (text, "]}");
      good = jump_chat_request_scan (&request, text->str, text->len, &error);
      g_assert_cmpint (good, ==, n == JUMP_LIMIT_TOOLS);
      g_assert_cmpstr (good ? NULL : error->message,
                       ==,
                       good ? NULL : "tools: 130 given, at most 128 are possible");
    }
}

static void
test_depth (void)
{
  g_autoptr (GString) text = g_string_new ("{" ONE ",\"x\":");
  g_autoptr (GError) error = NULL;
  JumpChatRequest request;

  for (int i = 0; i < 200; i++)
    g_string_append_c (text, '[');
  for (int i = 0; i < 200; i++)
    g_string_append_c (text, ']');
  g_string_append_c (text, '}');
  g_assert_false (jump_chat_request_scan (&request, text->str, text->len, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
}

static void
test_developers (void)
{
  JumpChatRequest request;

  scan (&request,
        "{\"messages\":[{\"role\":\"developer\"},{\"content\":\"developer\",\"role\":\"user\"},"
        "{\"content\":\"x\",\"role\":\"devel\\u006fper\"}]}");
  g_assert_cmpuint (request.n_developer, ==, 2);
}

/* For counting instructions: valgrind --tool=callgrind test-openai-chat-request -m perf */
static void
test_long_conversation (void)
{
  g_autoptr (GString) text = g_string_new ("{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}");
  JumpChatRequest request;

  if (!g_test_perf ())
    {
      g_test_skip ("only with -m perf");
      return;
    }
  while (text->len < 1024 * 1024)
    {
      g_string_append (text, ",{\"role\":\"tool\",\"tool_call_id\":\"call_1\",\"content\":\"");
      for (int i = 0; i < 40; i++)
        g_string_append (text, "  printf (\\\"%zu bytes\\\\n\\\", used);\\n  return used > 0;\\n");
      g_string_append (text, "\"}");
    }
  g_string_append (text, "]}");
  scan (&request, text->str);
  g_assert_true (request.from_agent);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/openai-chat-request/facts", test_facts);
  g_test_add_func ("/openai-chat-request/defaults", test_defaults);
  g_test_add_func ("/openai-chat-request/from-agent", test_from_agent);
  g_test_add_func ("/openai-chat-request/images", test_images);
  g_test_add_func ("/openai-chat-request/image-elsewhere", test_image_elsewhere);
  g_test_add_func ("/openai-chat-request/errors", test_errors);
  g_test_add_func ("/openai-chat-request/tool-limit", test_tool_limit);
  g_test_add_func ("/openai-chat-request/depth", test_depth);
  g_test_add_func ("/openai-chat-request/developers", test_developers);
  g_test_add_func ("/openai-chat-request/long-conversation", test_long_conversation);
  return g_test_run ();
}
