/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-read.h"
#include "service/simulator/chat-check.h"
#include "service/simulator/scenario-facts.h"

#include <string.h>

#define USER     "{\"role\":\"user\",\"content\":\"hi\"}"
#define MESSAGES "\"messages\":[" USER "]"
#define PICTURE(url)                                                                                    \
  "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"" url \
  "\"}}]}]"
#define TOOL(name) "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"" name "\"}}]"
#define CALLER                                                                                     \
  "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\"," \
  "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"
#define RESULT(id) "{\"role\":\"tool\",\"tool_call_id\":\"" id "\",\"content\":\"ok\"}"

typedef struct
{
  const char *body;
  const char *says; /* (nullable): part of the refusal; NULL: accepted */
} Row;

static const Row rows[] = {
  { "{\"model\":\"gpt-4.1\"," MESSAGES "}", NULL },
  { "{\"model\":\"gpt-4.1\",\"temperature\":0.2,\"max_tokens\":50,\"made_up\":1," MESSAGES "}",
    NULL },
  { "{\"model\":\"gpt-5-mini\",\"temperature\":1,\"max_completion_tokens\":50," MESSAGES "}",
    NULL },
  { "not json", "invalid_request_body" },
  { "[1]", "invalid_request_body" },
  { "{\"model\":\"gpt-4.1\"}", "at least one message" },
  { "{\"model\":\"gpt-4.1\",\"messages\":[7]}", "messages.0" },
  /* models */
  { "{" MESSAGES "}", "model_not_supported" },
  { "{\"model\":\"gpt-9\"," MESSAGES "}", "model_not_supported" },
  { "{\"model\":\"auto\"," MESSAGES "}", "model_not_supported" },
  { "{\"model\":\"claude-fable-5\"," MESSAGES "}", "model_not_supported" },
  { "{\"model\":\"claude-opus-5\"," MESSAGES "}", "model_not_supported" },
  { "{\"model\":\"gpt-5.5\"," MESSAGES "}", "unsupported_api_for_model" },
  { "{\"model\":\"text-embedding-3-small\"," MESSAGES "}", "unsupported_api_for_model" },
  /* fields */
  { "{\"model\":\"gpt-5-mini\",\"temperature\":0.2," MESSAGES "}",
    "'temperature' is not supported" },
  { "{\"model\":\"gpt-5-mini\",\"top_p\":0.9," MESSAGES "}", "'top_p' is not supported" },
  { "{\"model\":\"gpt-5-mini\",\"max_tokens\":9," MESSAGES "}", "Use 'max_completion_tokens'" },
  { "{\"model\":\"gpt-4.1\",\"max_completion_tokens\":9," MESSAGES "}", "Use 'max_tokens'" },
  { "{\"model\":\"gpt-4o\",\"max_tokens\":4097," MESSAGES "}", "model limit of 4096" },
  { "{\"model\":\"gpt-4.1\",\"store\":false," MESSAGES "}", NULL },
  { "{\"model\":\"gpt-4.1\",\"store\":true," MESSAGES "}", "unsupported_value" },
  { "{\"model\":\"gpt-4.1\",\"service_tier\":\"auto\"," MESSAGES "}", "unsupported_value" },
  { "{\"model\":\"gpt-4o\",\"n\":2," MESSAGES "}", NULL },
  { "{\"model\":\"claude-sonnet-4.6\",\"n\":2," MESSAGES "}", "only n = 1" },
  { "{\"model\":\"gpt-5-mini\",\"reasoning_effort\":\"low\"," MESSAGES "}", NULL },
  { "{\"model\":\"gpt-5-mini\",\"reasoning_effort\":\"xhigh\"," MESSAGES "}",
    "invalid_reasoning_effort" },
  { "{\"model\":\"gpt-4.1\",\"reasoning_effort\":\"low\"," MESSAGES "}",
    "invalid_reasoning_effort" },
  /* tools */
  { "{\"model\":\"gpt-4.1\"," TOOL ("get-weather_2") "," MESSAGES "}", NULL },
  { "{\"model\":\"gpt-4.1\"," TOOL ("get.weather") "," MESSAGES "}", "does not match pattern" },
  { "{\"model\":\"gpt-4.1\"," TOOL ("") "," MESSAGES "}", "does not match pattern" },
  { "{\"model\":\"gpt-4.1\"," TOOL (
        "a234567890123456789012345678901234567890123456789012345678901234") "," MESSAGES "}",
    NULL },
  { "{\"model\":\"gpt-4.1\"," TOOL (
        "a2345678901234567890123456789012345678901234567890123456789012345") "," MESSAGES "}",
    "string_above_max_length" },
  /* messages */
  { "{\"model\":\"gpt-4.1\",\"messages\":[{\"role\":\"developer\",\"content\":\"x\"}," USER "]}",
    "'developer' is not one of" },
  { "{\"model\":\"gpt-5-mini\",\"messages\":[{\"role\":\"developer\",\"content\":\"x\"}," USER "]}",
    NULL },
  { "{\"model\":\"gpt-4.1\",\"messages\":[" USER "," CALLER "," RESULT ("c1") "]}", NULL },
  { "{\"model\":\"gpt-4.1\",\"messages\":[" USER "," RESULT ("c1") "]}", "must be a response to" },
  { "{\"model\":\"gpt-4.1\",\"messages\":[" USER "," CALLER "," RESULT ("c2") "]}",
    "must be a response to" },
  { "{\"model\":\"gpt-4.1\",\"messages\":[" USER "," CALLER "," USER "]}", "must be followed by" },
  { "{\"model\":\"gpt-4.1\",\"messages\":[" USER ",{\"role\":\"assistant\",\"content\":\"So\"}]}",
    NULL },
  { "{\"model\":\"claude-sonnet-4.6\",\"messages\":[" USER
    ",{\"role\":\"assistant\",\"content\":\"So\"}]}",
    "prefill" },
  { "{\"model\":\"claude-sonnet-4.6\",\"messages\":[{\"role\":\"user\",\"content\":"
    "[{\"type\":\"text\",\"text\":\"\"}]}]}",
    "must be non-empty" },
  { "{\"model\":\"gpt-4.1\",\"messages\":[" USER "," CALLER
    ",{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":[{\"type\":\"image_url\","
    "\"image_url\":{\"url\":\"data:image/png;base64,AAAA\"}}]}]}",
    "Image URLs are only allowed for messages with role 'user'" },
  { "{\"model\":\"claude-sonnet-4.6\",\"messages\":[" USER
    ",{\"role\":\"assistant\",\"content\":\"So\",\"reasoning_opaque\":\"forged\"}," USER "]}",
    "messages.1: Invalid `reasoning_opaque`" },
  /* pictures, with the header */
  { "{\"model\":\"gpt-4.1\"," PICTURE ("data:image/png;base64,AAAA") "}", NULL },
  { "{\"model\":\"gpt-4.1\"," PICTURE ("https://example.com/a.png") "}", "external image URLs" },
  { "{\"model\":\"gpt-4\"," PICTURE ("data:image/png;base64,AAAA") "}",
    "image input is not supported" },
};

static JumpPlannedReply *
check (const char *scenario_json, const char *text, gboolean identified, gboolean vision)
{
  g_autoptr (JumpScenario) scenario = jump_scenario_new_from_data (scenario_json, -1, NULL);
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (JumpIncomingCall) call = NULL;
  g_autoptr (JumpModelShelf) shelf = NULL;
  JumpSimulatorState state = { .scenario = scenario };
  JsonObject *model = NULL;

  shelf = jump_model_shelf_new (scenario->models, jump_account_shape_get (scenario->kind)->plan);
  state.shelf = shelf;
  if (identified)
    soup_message_headers_append (headers, "Copilot-Integration-Id", "vscode-chat");
  if (vision)
    soup_message_headers_append (headers, "Copilot-Vision-Request", "true");
  call = jump_incoming_call_new ("POST", "/chat/completions", NULL, headers, body);
  return jump_chat_check (&state, call, &model);
}

static void
assert_refusal (JumpPlannedReply *reply, const char *body, const char *says)
{
  g_autofree char *text = NULL;
  gsize length;
  const char *data;

  if (says == NULL && reply == NULL)
    return;
  if (reply == NULL)
    g_error ("%s: accepted, expected %s", body, says);
  data = g_bytes_get_data (reply->body, &length);
  text = g_strndup (data, length);
  if (says == NULL || strstr (text, says) == NULL)
    g_error ("%s: refused with %s", body, text);
  g_assert_cmpuint (reply->status, ==, 400);
  /* Errors say they are plain text, JSON or not. */
  g_assert_true (g_str_has_prefix (reply->content_type, "text/plain"));
}

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JumpPlannedReply *reply = check ("{}", rows[i].body, TRUE, TRUE);

      assert_refusal (reply, rows[i].body, rows[i].says);
      g_clear_pointer (&reply, jump_planned_reply_free);
    }
}

static void
test_vision_header (void)
{
  const char *body = "{\"model\":\"gpt-4.1\"," PICTURE ("data:image/png;base64,AAAA") "}";
  g_autoptr (JumpPlannedReply) reply = check ("{}", body, TRUE, FALSE);

  assert_refusal (reply,
                  body,
                  "missing required Copilot-Vision-Request header for vision requests");
}

static void
test_unidentified (void)
{
  const char *premium = "{\"model\":\"claude-sonnet-4.6\"," MESSAGES "}";
  const char *basic = "{\"model\":\"gpt-4o\"," MESSAGES "}";
  g_autoptr (JumpPlannedReply) refused = check ("{}", premium, FALSE, FALSE);
  g_autoptr (JumpPlannedReply) accepted = check ("{}", basic, FALSE, FALSE);

  assert_refusal (refused, premium, "model_not_supported");
  assert_refusal (accepted, basic, NULL);
}

static void
test_free (void)
{
  const char *body = "{\"model\":\"claude-sonnet-4.6\"," MESSAGES "}";
  g_autoptr (JumpPlannedReply) reply =
      check ("{\"account\":{\"kind\":\"free\"}}", body, TRUE, FALSE);

  assert_refusal (reply, body, "model_not_supported");
}

static void
test_strict_fields (void)
{
  const char *body = "{\"model\":\"gpt-4.1\",\"made_up\":1," MESSAGES "}";
  g_autoptr (JumpPlannedReply) reply = check ("{\"strict_fields\":true}", body, TRUE, FALSE);

  assert_refusal (reply, body, "model_not_supported");
}

static void
test_many_tools (void)
{
  for (guint n = 128; n <= 129; n++)
    {
      g_autoptr (GString) body = g_string_new ("{\"model\":\"gpt-4.1\",\"tools\":[");
      JumpPlannedReply *reply;

      for (guint i = 0; i < n; i++)
        g_string_append_printf (body,
                                "%s{\"type\":\"function\",\"function\":{\"name\":\"f%u\"}}",
                                i == 0 ? "" : ",",
                                i);
      g_string_append (body, "]," MESSAGES "}");
      reply = check ("{}", body->str, TRUE, FALSE);
      assert_refusal (reply, "tools", n == 128 ? NULL : "maximum length 128");
      g_clear_pointer (&reply, jump_planned_reply_free);
    }
}

static void
test_long_prompt (void)
{
  g_autofree char *words = g_strnfill (4 * 13000, 'x');
  g_autofree char *body = g_strdup_printf (
      "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}",
      words);
  g_autoptr (JumpPlannedReply) reply = check ("{}", body, TRUE, FALSE);

  assert_refusal (reply, "a long prompt", "exceeds the limit of 12288");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chat-check/table", test_table);
  g_test_add_func ("/chat-check/vision-header", test_vision_header);
  g_test_add_func ("/chat-check/unidentified", test_unidentified);
  g_test_add_func ("/chat-check/free", test_free);
  g_test_add_func ("/chat-check/strict-fields", test_strict_fields);
  g_test_add_func ("/chat-check/many-tools", test_many_tools);
  g_test_add_func ("/chat-check/long-prompt", test_long_prompt);
  return g_test_run ();
}
