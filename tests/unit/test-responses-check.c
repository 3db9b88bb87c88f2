/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/opaque-id.h"
#include "service/simulator/reasoning-seal.h"
#include "service/simulator/responses-check.h"
#include "tests/unit/check-table.h"

#define VISION       "Copilot-Vision-Request: true"

#define START        "{\"model\":\"gpt-5.5\","
#define HELLO        "\"input\":\"Hello\"}"
#define INPUT(items) START "\"input\":[" items "]}"
#define USER         "{\"role\":\"user\",\"content\":\"hi\"}"
#define CALL         "{\"type\":\"function_call\",\"call_id\":\"c1\",\"name\":\"f\",\"arguments\":\"{}\"}"
#define OUTPUT(id)   "{\"type\":\"function_call_output\",\"call_id\":\"" id "\",\"output\":\"ok\"}"
#define CUSTOM       "{\"type\":\"custom_tool_call\",\"call_id\":\"c1\",\"name\":\"f\",\"input\":\"x\"}"
#define CUSTOM_DONE  "{\"type\":\"custom_tool_call_output\",\"call_id\":\"c1\",\"output\":\"ok\"}"
#define PART(type)   "{\"role\":\"user\",\"content\":[{\"type\":\"" type "\",\"text\":\"x\"}]}"
#define PICTURE(url) \
  "{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"" url "\"}]}"
#define TOOLS(tools) START "\"tools\":[" tools "]," HELLO

#define NAME_64      "a234567890123456789012345678901234567890123456789012345678901234"

static const CheckRow rows[] = {
  { START HELLO, NULL },
  { INPUT (USER), NULL },
  { START "\"instructions\":\"x\",\"stream\":true,\"store\":false,\"truncation\":\"auto\","
          "\"reasoning\":{\"effort\":\"low\",\"summary\":\"auto\"},\"include\":"
          "[\"reasoning.encrypted_content\"],\"text\":{\"verbosity\":\"low\"},"
          "\"prompt_cache_key\":\"k\",\"client_metadata\":{}," HELLO,
    NULL },
  /* models */
  { "{\"model\":\"gpt-9\"," HELLO, "model_not_supported" },
  { "{\"model\":\"gpt-4.1\"," HELLO, "is not accessible via the /responses endpoint" },
  { "{\"model\":\"claude-sonnet-4.6\"," HELLO, "unsupported_api_for_model" },
  /* fields */
  { START "\"input\":null}", "Missing required parameter: 'input'" },
  { START "\"messages\":[]," HELLO, "Unknown parameter: 'messages'" },
  { START "\"store\":true," HELLO, "store is not supported" },
  { START "\"background\":true," HELLO, "background is not supported" },
  { START "\"service_tier\":\"auto\"," HELLO, "service_tier is not supported" },
  { START "\"previous_response_id\":\"resp_1\"," HELLO, "previous_response_not_found" },
  { START "\"max_output_tokens\":15," HELLO, "Expected a value >= 16, but got 15" },
  { START "\"max_output_tokens\":16," HELLO, NULL },
  { START "\"max_output_tokens\":128001," HELLO, "model limit of 128000" },
  { START "\"temperature\":0.5," HELLO, "'temperature' is not supported" },
  { START "\"top_p\":0.5," HELLO, "'top_p' is not supported" },
  { START "\"temperature\":1,\"top_p\":1," HELLO, NULL },
  { START "\"reasoning\":{\"effort\":\"max\"}," HELLO, "invalid_reasoning_effort" },
  { START "\"reasoning\":{\"budget\":1}," HELLO, "Unknown parameter: 'reasoning.budget'" },
  { START "\"include\":[\"everything\"]," HELLO, "Invalid value: 'everything'" },
  { START "\"text\":{\"format\":{\"type\":\"json_schema\",\"schema\":{}}}," HELLO,
    "'text.format.name'" },
  { START "\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\",\"strict\":true,"
          "\"schema\":{\"type\":\"object\",\"properties\":{}}}}," HELLO,
    "'additionalProperties' is required" },
  /* items */
  { INPUT (CALL "," OUTPUT ("c1")), NULL },
  { INPUT (CUSTOM "," CUSTOM_DONE), NULL },
  { INPUT (OUTPUT ("c1")), "No tool call found for function call output with call_id c1" },
  { INPUT (OUTPUT ("c1") "," CALL), "No tool call found for function call output" },
  { INPUT (CALL), "No tool output found for function call c1" },
  { INPUT (CALL "," OUTPUT ("c2")), "No tool output found for function call c1" },
  { INPUT (CUSTOM "," OUTPUT ("c1")), "No tool output found for custom tool call c1" },
  { INPUT ("7"), "input[0]" },
  { INPUT (PART ("input_text")), NULL },
  { INPUT (PART ("text")), "Invalid value: 'text'" },
  { INPUT (PART ("output_text")), "Invalid value: 'output_text'" },
  { INPUT ("{\"role\":\"assistant\",\"content\":[{\"type\":\"input_text\",\"text\":\"x\"}]}"),
    "'output_text' and 'refusal'" },
  { INPUT ("{\"role\":\"tool\",\"content\":\"x\"}"), "Invalid value: 'tool'" },
  { INPUT ("{\"role\":\"user\"}"), "Missing required parameter: 'input[0].content'" },
  { INPUT ("{\"role\":\"user\",\"content\":null}"), "Invalid type for 'input[0].content'" },
  { INPUT ("{\"type\":\"item_reference\",\"id\":\"x\"}"), "Invalid value: 'item_reference'" },
  { INPUT (
        "{\"role\":\"user\",\"content\":\"x\",\"internal_chat_message_metadata_passthrough\":{}}"),
    "Unknown parameter: 'input[0].internal_chat_message_metadata_passthrough'" },
  { INPUT ("{\"role\":\"assistant\",\"content\":\"x\",\"id\":\"msg_1\"}"),
    "input item ID does not belong to this connection" },
  { INPUT ("{\"type\":\"function_call\",\"call_id\":\"c1\",\"name\":\"f\",\"arguments\":{}}"),
    "Invalid type for 'input[0].arguments'" },
  { INPUT ("{\"type\":\"compaction_trigger\"}," USER), "must be the last input item" },
  { INPUT (USER ",{\"type\":\"compaction_trigger\"}"), NULL },
  /* pictures */
  { INPUT (PICTURE ("data:image/png;base64,AAAA")), NULL },
  { INPUT (PICTURE ("https://example.com/a.png")), "external image URLs are not supported" },
  /* tools */
  { TOOLS ("{\"type\":\"function\",\"name\":\"f\",\"parameters\":{}}"), NULL },
  { TOOLS ("{\"type\":\"function\",\"name\":\"f\",\"strict\":true,\"parameters\":{\"type\":"
           "\"object\",\"properties\":{\"a\":{}},\"additionalProperties\":false}}"),
    "Missing 'a'" },
  { TOOLS ("{\"type\":\"function\",\"function\":{\"name\":\"f\"}}"), "'tools[0].name'" },
  { TOOLS ("{\"type\":\"function\",\"name\":\"a.b\"}"), "does not match pattern" },
  { TOOLS ("{\"type\":\"function\",\"name\":\"" NAME_64 "\"}"), NULL },
  { TOOLS ("{\"type\":\"function\",\"name\":\"" NAME_64 "5\"}"), "string_above_max_length" },
  { TOOLS ("{\"type\":\"custom\",\"name\":\"f\",\"format\":{\"type\":\"text\"}}"), NULL },
  { TOOLS ("{\"type\":\"namespace\",\"name\":\"n\",\"description\":\"\",\"tools\":[]}"),
    "Invalid 'tools[0].description'" },
  { TOOLS ("{\"type\":\"namespace\",\"name\":\"n\",\"description\":\"d\",\"tools\":[{\"type\":"
           "\"function\",\"name\":\"f\"}]}"),
    NULL },
  { TOOLS ("{\"type\":\"web_search\"}"), "Tool 'web_search' is not supported" },
  { TOOLS ("{\"type\":\"image_generation\"}"), "Tool 'image_generation' is not supported" },
  { TOOLS ("{\"type\":\"tool_search\",\"execution\":\"client\"}"), NULL },
  { START "\"tool_choice\":{\"type\":\"image_generation\"}," HELLO, "is not supported" },
  { START "\"tool_choice\":{\"type\":\"function\",\"name\":\"f\"}," HELLO, "'f' not found" },
  { START "\"tool_choice\":\"any\"," HELLO, "Invalid value: 'any'" },
  { INPUT ("{\"type\":\"additional_tools\",\"role\":\"developer\",\"tools\":[{\"type\":"
           "\"web_search\"},{\"type\":\"function\",\"name\":\"f\"}]}," USER),
    NULL },
};

static void
test_table (void)
{
  check_rows (jump_responses_check, "test", rows, G_N_ELEMENTS (rows), VISION);
}

/* Grok knows what OpenAI has published, nothing else. */
static void
test_grok (void)
{
#define GROK(rest) "{\"model\":\"grok-4.5\"," rest "}"
  static const char scenario[] =
      "{\"models\":[{\"id\":\"grok-4.5\",\"vendor\":\"xAI\",\"supported_endpoints\":"
      "[\"/responses\"],\"capabilities\":{\"type\":\"chat\",\"supports\":{"
      "\"reasoning_effort\":[\"low\"]}}}]}";
  static const CheckRow grok_rows[] = {
    { GROK ("\"reasoning\":{\"effort\":\"low\"},\"input\":\"Hello\""), NULL },
    { GROK ("\"temperature\":0.5,\"input\":\"Hello\""), "'temperature' is not supported" },
    { GROK ("\"client_metadata\":{},\"input\":\"Hello\""), "upstream connect error" },
    { GROK ("\"reasoning\":{\"context\":\"all_turns\"},\"input\":\"Hello\""),
      "upstream connect error" },
    { GROK ("\"input\":[{\"type\":\"additional_tools\",\"tools\":[]}," USER "]"),
      "upstream connect error" },
  };

  check_rows (jump_responses_check, scenario, grok_rows, G_N_ELEMENTS (grok_rows), NULL);
#undef GROK
}

static void
test_vision_header (void)
{
  static const CheckRow row = { INPUT (PICTURE ("data:image/png;base64,AAAA")),
                                "missing required Copilot-Vision-Request header" };
  static const CheckRow in_output = {
    INPUT (CALL ",{\"type\":\"function_call_output\",\"call_id\":\"c1\",\"output\":[{\"type\":"
                "\"input_image\",\"image_url\":\"data:image/png;base64,AAAA\"}]}"),
    "missing required Copilot-Vision-Request header"
  };

  check_rows (jump_responses_check, "test", &row, 1, NULL);
  check_rows (jump_responses_check, "test", &in_output, 1, NULL);
}

static void
test_many_tools (void)
{
  for (guint n = 128; n <= 129; n++)
    {
      g_autoptr (GString) body = g_string_new (START "\"tools\":[");
      CheckRow row = { NULL, n == 128 ? NULL : "array too long" };

      for (guint i = 0; i < n; i++)
        g_string_append_printf (body,
                                "%s{\"type\":\"function\",\"name\":\"f%u\"}",
                                i == 0 ? "" : ",",
                                i);
      g_string_append (body, "]," HELLO);
      row.body = body->str;
      check_rows (jump_responses_check, "test", &row, 1, NULL);
    }
}

static void
test_overflow (void)
{
  g_autofree char *text = g_strnfill (4400, 'a');
  g_autofree char *body = g_strdup_printf ("{\"model\":\"sim-small\",\"input\":\"%s\"}", text);
  CheckRow row = { body, "prompt token count of 1107 exceeds the limit of 1000" };

  check_rows (jump_responses_check, "matrix", &row, 1, NULL);
}

static void
check_reasoning (const char *model, const char *id, const char *seal, guint status)
{
  g_autofree char *id_member = id == NULL ? g_strdup ("") : g_strdup_printf ("\"id\":\"%s\",", id);
  g_autofree char *body =
      g_strdup_printf ("{\"model\":\"%s\",\"input\":[{\"type\":\"reasoning\",%s\"summary\":[],"
                       "\"content\":null,\"encrypted_content\":\"%s\"}," USER "]}",
                       model,
                       id_member,
                       seal);
  g_autoptr (JumpPlannedReply) reply = check_body (jump_responses_check, "test", body, NULL);

  g_assert_cmpuint (reply == NULL ? 0 : reply->status, ==, status);
}

/* Reasoning comes back as it was given out, for the same model, beside no other id. */
static void
test_reasoning (void)
{
  g_autoptr (JsonObject) model = json_object_new ();
  g_autofree char *seal = NULL;
  g_autofree char *partner = NULL;
  g_autofree char *stranger = jump_opaque_id_make ("");

  json_object_set_string_member (model, "id", "gpt-5.5");
  seal = jump_reasoning_seal_make (JUMP_SEAL_RESPONSES, model, "thought");
  partner = jump_opaque_id_make (seal);
  check_reasoning ("gpt-5.5", NULL, seal, 0);
  check_reasoning ("gpt-5.5", partner, seal, 0);
  check_reasoning ("gpt-5.5", stranger, seal, 401);
  check_reasoning ("gpt-5.5", "rs_1", seal, 400);
  check_reasoning ("gpt-5.3-codex", NULL, seal, 400);
  check_reasoning ("gpt-5.5", NULL, "c2lnbmF0dXJl", 400);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/responses-check/table", test_table);
  g_test_add_func ("/responses-check/grok", test_grok);
  g_test_add_func ("/responses-check/vision-header", test_vision_header);
  g_test_add_func ("/responses-check/many-tools", test_many_tools);
  g_test_add_func ("/responses-check/overflow", test_overflow);
  g_test_add_func ("/responses-check/reasoning", test_reasoning);
  return g_test_run ();
}
