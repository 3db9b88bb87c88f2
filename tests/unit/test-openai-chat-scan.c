/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/dialect.h"

#include <string.h>

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
  g_assert_cmpuint (facts.chat.n_messages, ==, 2);
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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/openai-chat-scan/facts", test_facts);
  g_test_add_func ("/openai-chat-scan/no-session", test_no_session);
  g_test_add_func ("/openai-chat-scan/images", test_images);
  g_test_add_func ("/openai-chat-scan/text-bytes", test_text_bytes);
  g_test_add_func ("/openai-chat-scan/odd-names", test_odd_names);
  return g_test_run ();
}
