/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/dialects/dialect.h"

#include <string.h>

#define ONE   "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"
#define IMAGE "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,QQ==\"}}"
#define SOURCE                                                         \
  "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\"" \
  ":\"image/png\",\"data\":\"QQ==\"}}"

static void
scan (JumpRequestFacts *facts, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_test_message ("%s", text);
  jump_dialect_chat.scan (facts, text, strlen (text), &error);
  g_assert_no_error (error);
}

static void
test_facts (void)
{
  static const char text[] =
      " {\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"n\":2,"
      "\"user\":\"u\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},"
      "{\"role\":\"assistant\",\"content\":\"a\"}],\"tools\":[{}]}";
  JumpRequestFacts facts;

  scan (&facts, text);
  g_assert_true (jump_json_span_equals (facts.model, "m"));
  g_assert_true (jump_json_span_equals (facts.model_key, "model"));
  g_assert_true (jump_json_span_equals (facts.session, "u"));
  g_assert_true (facts.object.start == text + 1);
  g_assert_true (facts.stream);
  g_assert_true (facts.include_usage);
  g_assert_true (facts.from_agent);
  g_assert_false (facts.has_image);
  g_assert_false (facts.has_odd_tool_names);
  g_assert_false (facts.is_stored);
  g_assert_cmpint (facts.turn, ==, JUMP_TURN_NORMAL);
  g_assert_cmpuint (facts.n, ==, 2);
  g_assert_cmpuint (facts.n_messages, ==, 2);
  g_assert_cmpuint (facts.n_tools, ==, 1);
  g_assert_null (facts.previous_response_id.start);
}

static void
test_no_session (void)
{
  static const char *const users[] = { "null", "\"\"", "5", "{}" };

  for (guint i = 0; i < G_N_ELEMENTS (users); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("{\"messages\":[{\"role\":\"user\"}],\"user\":%s}", users[i]);
      JumpRequestFacts facts;

      scan (&facts, text);
      g_assert_null (facts.session.start);
    }
}

static void
test_images (void)
{
  static const struct
  {
    const char *content;
    guint n;
  } rows[] = {
    { "\"image_url\"", 0 },
    { "[\"a\"]", 0 },
    { "[" IMAGE "]", 1 },
    { "[" IMAGE "," IMAGE ",{\"type\":\"text\",\"text\":\"a\"}]", 2 },
    { "[" SOURCE "," IMAGE "]", 2 },
    { "[{\"type\":\"input_image\",\"image_url\":\"data:image/png;base64,QQ==\"}]", 1 },
    { "[{\"type\":\"tool_result\",\"content\":[" SOURCE "]}]", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{\"messages\":[{\"role\":\"user\",\"content\":%s},{\"role\":\"user\",\"content\":\"x\"}]}",
          rows[i].content);
      JumpRequestFacts facts;

      scan (&facts, text);
      g_assert_cmpuint (facts.n_images, ==, rows[i].n);
      g_assert_cmpint (facts.has_image, ==, rows[i].n > 0);
    }
}

/* Texts count, with their escapes and the names around them; what is base64 does not. */
static void
test_text_bytes (void)
{
  g_autofree char *blob = g_strnfill (5000, 'A');
  g_autofree char *with_image =
      g_strdup_printf ("{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
                       "\"image_url\":{\"url\":\"data:image/png;base64,%s\"}},{\"type\":\"file\","
                       "\"file\":{\"file_data\":\"%s\"}},{\"type\":\"image\",\"source\":"
                       "{\"data\":\"%s\"}}]}]}",
                       blob,
                       blob,
                       blob);
  g_autofree char *with_text =
      g_strdup_printf ("{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}", blob);
  g_autofree char *with_tools =
      g_strdup_printf ("{\"messages\":[{\"role\":\"user\",\"content\":\"\"}],\"tools\":[\"%s\"]}",
                       blob);
  JumpRequestFacts facts;

  scan (&facts, with_image);
  g_assert_cmpuint (facts.text_bytes, <, 100);
  scan (&facts, with_text);
  g_assert_cmpuint (facts.text_bytes, ==, 5000 + strlen ("user"));
  scan (&facts, with_tools);
  g_assert_cmpuint (facts.text_bytes, ==, 5000 + strlen ("[\"\"]") + strlen ("user"));
}

static void
test_odd_names (void)
{
  static const struct
  {
    const char *request;
    gboolean is_odd;
  } rows[] = {
    { "{\"messages\":[{\"role\":\"user\"}],\"tools\":[{\"function\":{\"name\":\"a_b-C9\"}}]}",
      FALSE },
    { "{\"messages\":[{\"role\":\"user\"}],\"tools\":[{\"function\":{\"name\":\"a.b\"}}]}", TRUE },
    { "{\"messages\":[{\"role\":\"user\"}],\"tools\":[{\"function\":{\"name\":\"\"}}]}", TRUE },
    { "{\"messages\":[{\"role\":\"user\"}],\"tools\":[{\"function\":{\"name\":\"a\"}},"
      "{\"function\":{\"name\":\"0123456789012345678901234567890123456789012345678901234567890123"
      "4\"}}]}",
      TRUE },
    { "{\"messages\":[{\"role\":\"user\"}],\"tools\":[{\"type\":\"web_search\",\"name\":\"a.b\"}]}",
      FALSE },
    { "{\"messages\":[{\"role\":\"user\",\"content\":\"\\\"function\\\"\"}]}", FALSE },
    { "{\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"name\":\"a.b\","
      "\"arguments\":\"{}\"}}]}]}",
      TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JumpRequestFacts facts;

      scan (&facts, rows[i].request);
      g_assert_cmpint (facts.has_odd_tool_names, ==, rows[i].is_odd);
    }
}

static void
test_defaults (void)
{
  JumpRequestFacts facts;

  scan (&facts, "{" ONE ",\"stream\":null,\"stream_options\":null,\"tools\":null,\"n\":null}");
  g_assert_null (facts.model.start);
  g_assert_false (facts.stream);
  g_assert_false (facts.include_usage);
  g_assert_cmpuint (facts.n, ==, 1);
  g_assert_cmpuint (facts.n_tools, ==, 0);
  scan (&facts, "{" ONE ",\"stream\":true,\"stream_options\":{\"include_usage\":false}}");
  g_assert_true (facts.stream);
  g_assert_false (facts.include_usage);
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
    { "[{\"role\":\"system\",\"content\":\"x\"}]", TRUE },
    { "[{}]", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"messages\":%s}", rows[i].messages);
      JumpRequestFacts facts;

      scan (&facts, text);
      g_assert_cmpint (facts.from_agent, ==, rows[i].from_agent);
    }
}

static void
test_image_places (void)
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
      JumpRequestFacts facts;

      scan (&facts, first);
      g_assert_cmpint (facts.has_image, ==, rows[i].has_image);
    }
}

/* An image type outside the messages, as in a tool's schema, is no image. */
static void
test_image_elsewhere (void)
{
  JumpRequestFacts facts;

  scan (&facts, "{\"tools\":[{\"type\":\"image\"}]," ONE ",\"x\":{\"type\":\"image_url\"}}");
  g_assert_false (facts.has_image);
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
    { "{\"messages\":[{\"role\":\"user\"},{\"role\":\"user\",\"role\":\"user\"}]}",
      "messages[1].role: given more than once" },
    { "{\"tools\":[{\"function\":{\"parameters\":{\"a\":1,\"\\u0061\":1}}}]," ONE "}",
      "tools[0].function.parameters.a: given more than once" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      JumpRequestFacts facts;

      g_test_message ("%s", rows[i].text);
      g_assert_false (jump_dialect_chat.scan (&facts, rows[i].text, strlen (rows[i].text), &error));
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
      JumpRequestFacts facts;
      gboolean good;

      for (guint i = 1; i < n; i++)
        g_string_append (text, ",{}");
      g_string_append (text, "]}");
      good = jump_dialect_chat.scan (&facts, text->str, text->len, &error);
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
  JumpRequestFacts facts;

  for (int i = 0; i < 200; i++)
    g_string_append_c (text, '[');
  for (int i = 0; i < 200; i++)
    g_string_append_c (text, ']');
  g_string_append_c (text, '}');
  g_assert_false (jump_dialect_chat.scan (&facts, text->str, text->len, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
}

/* For counting instructions: valgrind --tool=callgrind test-openai-chat-scan -m perf */
static void
test_long_conversation (void)
{
  g_autoptr (GString) text = g_string_new ("{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}");
  JumpRequestFacts facts;

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
  scan (&facts, text->str);
  g_assert_true (facts.from_agent);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/openai-chat-scan/facts", test_facts);
  g_test_add_func ("/openai-chat-scan/no-session", test_no_session);
  g_test_add_func ("/openai-chat-scan/images", test_images);
  g_test_add_func ("/openai-chat-scan/text-bytes", test_text_bytes);
  g_test_add_func ("/openai-chat-scan/odd-names", test_odd_names);
  g_test_add_func ("/openai-chat-scan/defaults", test_defaults);
  g_test_add_func ("/openai-chat-scan/from-agent", test_from_agent);
  g_test_add_func ("/openai-chat-scan/image-places", test_image_places);
  g_test_add_func ("/openai-chat-scan/image-elsewhere", test_image_elsewhere);
  g_test_add_func ("/openai-chat-scan/errors", test_errors);
  g_test_add_func ("/openai-chat-scan/tool-limit", test_tool_limit);
  g_test_add_func ("/openai-chat-scan/depth", test_depth);
  g_test_add_func ("/openai-chat-scan/long-conversation", test_long_conversation);
  return g_test_run ();
}
