/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/messages-check.h"
#include "tests/unit/check-table.h"

#define VISION "Copilot-Vision-Request: true"

/* sonnet-4.6 thinks adaptively and with a budget, 4.5 with a budget, sonnet-5 adaptively. */
#define START        "{\"model\":\"claude-sonnet-4.6\",\"max_tokens\":4000,"
#define OLDER        "{\"model\":\"claude-sonnet-4.5\",\"max_tokens\":4000,"
#define NEWER        "{\"model\":\"claude-sonnet-5\",\"max_tokens\":4000,"
#define USER         "{\"role\":\"user\",\"content\":\"hi\"}"
#define HELLO        "\"messages\":[" USER "]}"
#define TALK(more)   START "\"messages\":[" more "]}"
#define BLOCK(block) TALK ("{\"role\":\"user\",\"content\":[" block "]}")
#define TEXT         "{\"type\":\"text\",\"text\":\"hi\"}"
#define SCHEMA       "\"input_schema\":{\"type\":\"object\"}"
#define TOOLS(tools) START "\"tools\":[" tools "]," HELLO
#define TOOL(name)   "{\"name\":\"" name "\"," SCHEMA "}"
#define CALLER(id)                                                                          \
  "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"" id "\",\"name\":" \
  "\"f\",\"input\":{},\"caller\":{\"type\":\"direct\"}}]}"
#define RESULT(id) \
  "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"" id "\"}]}"
#define MARK    "\"cache_control\":{\"type\":\"ephemeral\"}"

#define NAME_64 "a234567890123456789012345678901234567890123456789012345678901234"

static const CheckRow field_rows[] = {
  { START HELLO, NULL },
  { START "\"stream\":true,\"system\":\"x\",\"metadata\":{\"user_id\":\"u\"},\"stop_sequences\":"
          "[\"x\"],\"temperature\":0.2," HELLO,
    NULL },
  /* models */
  { "{\"model\":\"claude-9\",\"max_tokens\":9," HELLO, "model_not_supported" },
  { "{\"model\":\"gpt-4.1\",\"max_tokens\":9," HELLO,
    "is not accessible via the /v1/messages endpoint" },
  /* fields */
  { "{\"model\":\"claude-sonnet-4.6\"," HELLO, "max_tokens: Field required" },
  { "{\"model\":\"claude-sonnet-4.6\",\"max_tokens\":32001," HELLO,
    "{\"message\":\"The maximum tokens you requested exceeds the model limit of 32000\"}" },
  { START "\"inference_geo\":\"eu\"," HELLO, "inference_geo: Extra inputs are not permitted" },
  { START "\"fallbacks\":[]," HELLO, "fallbacks: Extra inputs are not permitted" },
  { START "\"speed\":\"fast\"," HELLO, "speed: Extra inputs are not permitted" },
  { START MARK "," HELLO, "cache_control: Extra inputs are not permitted" },
  { START "\"context_management\":{}," HELLO,
    "context_management: Extra inputs are not permitted" },
  /* thinking */
  { START "\"thinking\":{\"type\":\"adaptive\",\"display\":\"summarized\"}," HELLO, NULL },
  { START "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}," HELLO, NULL },
  { START "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1023}," HELLO,
    "greater than or equal to 1024" },
  { START "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":4000}," HELLO,
    "`max_tokens` must be greater than `thinking.budget_tokens`" },
  { START "\"thinking\":{\"type\":\"enabled\"}," HELLO, "budget_tokens: Field required" },
  { "{\"model\":\"claude-haiku-4.5\",\"max_tokens\":64000,\"thinking\":{\"type\":\"enabled\","
    "\"budget_tokens\":32001}," HELLO,
    "exceeds the maximum of 32000" },
  { OLDER "\"thinking\":{\"type\":\"adaptive\"}," HELLO, "not supported on this model" },
  { NEWER "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}," HELLO,
    "not supported for this model" },
  { START "\"thinking\":{\"type\":\"adaptive\"},\"temperature\":0.2," HELLO,
    "`temperature` may only be set to 1" },
  { START "\"thinking\":{\"type\":\"adaptive\"},\"top_k\":5," HELLO, "`top_k` must be unset" },
  { START "\"output_config\":{\"effort\":\"low\"}," HELLO, NULL },
  { START "\"output_config\":{\"effort\":\"max\"}," HELLO, "invalid_reasoning_effort" },
  { START "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{}}}," HELLO, NULL },
  { OLDER "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{}}}," HELLO,
    "vertexai.allowedPartnerModelFeatures" },
  /* tools */
  { TOOLS (TOOL ("f")), NULL },
  { TOOLS ("{\"name\":\"f\",\"input_schema\":{\"type\":\"object\",\"$schema\":\"x\"}}"), NULL },
  { TOOLS (TOOL ("")), "tools.0.custom.name: String should have at least 1 character" },
  { TOOLS (TOOL ("a.b")), "should match pattern" },
  { TOOLS (TOOL (NAME_64)), NULL },
  { TOOLS (TOOL (NAME_64 "5")), "should match pattern" },
  { TOOLS (TOOL ("f") "," TOOL ("f")), "Tool names must be unique" },
  { TOOLS ("{\"name\":\"f\"}"), "tools.0.custom.input_schema: Field required" },
  { TOOLS ("{\"name\":\"f\",\"eager_input_streaming\":true," SCHEMA "}"),
    "tools.0.custom.eager_input_streaming: Extra inputs are not permitted" },
  { TOOLS ("{\"name\":\"f\",\"defer_loading\":true," SCHEMA "}"),
    "tools.0.custom.defer_loading: Extra inputs are not permitted" },
  { TOOLS ("{\"type\":\"bash_20250124\",\"name\":\"bash\"}"), NULL },
  { TOOLS ("{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}"),
    "The use of the web search tool is not supported." },
  { TOOLS ("{\"type\":\"web_fetch_20250910\",\"name\":\"web_fetch\"}"),
    "rejected tool(s): web_fetch" },
  { TOOLS ("{\"type\":\"code_execution_20250825\",\"name\":\"code_execution\"}"),
    "tools.0: Input tag 'code_execution_20250825' found using 'type' does not match" },
  { TOOLS ("{\"type\":\"mcp_toolset\",\"mcp_server_name\":\"x\"}"), "Input tag 'mcp_toolset'" },
  { START "\"tool_choice\":{\"type\":\"any\"}," HELLO, "only be specified while providing tools" },
  { START "\"tool_choice\":\"auto\"," HELLO, "tool_choice: Input should be an object" },
  { START "\"tools\":[" TOOL ("f") "],\"tool_choice\":{\"type\":\"any\"},\"thinking\":{\"type\":"
                                   "\"adaptive\"}," HELLO,
    "Thinking may not be enabled when tool_choice forces tool use." },
  /* system */
  { START "\"system\":[{\"type\":\"text\",\"text\":\"x\"," MARK "}]," HELLO, NULL },
  { START "\"system\":\"\"," HELLO, "system: text content blocks must be non-empty" },
  { START "\"system\":[{\"type\":\"text\",\"text\":\"x-anthropic-billing-header: v\"}]," HELLO,
    "x-anthropic-billing-header is a reserved keyword" },
  { START "\"system\":[{\"type\":\"text\",\"text\":\"x\",\"cache_control\":{\"type\":\"ephemeral\","
          "\"scope\":\"global\"}}]," HELLO,
    "system.0.cache_control.ephemeral.scope: Extra inputs are not permitted" },
  { START "\"system\":[{\"type\":\"text\",\"text\":\"x\",\"cache_control\":{\"type\":\"ephemeral\","
          "\"ttl\":\"1h\"}}]," HELLO,
    "system.0.cache_control.ephemeral.ttl: Extra inputs are not permitted" },
};

static const CheckRow message_rows[] = {
  { TALK (""), "at least one message" },
  { BLOCK (TEXT), NULL },
  { BLOCK ("{\"type\":\"text\",\"text\":\"\"}"), "text content blocks must be non-empty" },
  { BLOCK ("{\"type\":\"text\",\"text\":\" \"}"), "non-whitespace" },
  { TALK ("{\"role\":\"user\",\"content\":\"\"}"), "text content blocks must be non-empty" },
  { TALK ("{\"role\":\"user\"}"), "messages.0.content: Field required" },
  { TALK ("{\"role\":\"user\",\"content\":\"x\",\"output_config\":{}}"),
    "messages.0.output_config: Extra inputs are not permitted" },
  { BLOCK ("{\"type\":\"text\",\"text\":\"x\",\"foo\":1}"),
    "messages.0.content.0.text.foo: Extra" },
  { BLOCK ("{\"type\":\"tool_use\",\"id\":\"x\",\"name\":\"f\",\"input\":{}}"),
    "Input tag 'tool_use'" },
  { BLOCK ("{\"type\":\"text\",\"text\":\"x\"," MARK "},{\"type\":\"text\",\"text\":\"x\"," MARK
           "},{\"type\":\"text\",\"text\":\"x\"," MARK "},{\"type\":\"text\",\"text\":\"x\"," MARK
           "},{\"type\":\"text\",\"text\":\"x\"," MARK "}"),
    "A maximum of 4 blocks with cache_control may be provided. Found 5." },
  /* pictures */
  { BLOCK ("{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\","
           "\"data\":\"AAAA\"}}"),
    NULL },
  { BLOCK ("{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://example.com/a\"}}"),
    "external image URLs are not supported" },
  { BLOCK ("{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/bmp\","
           "\"data\":\"AAAA\"}}"),
    "media_type: Input should be" },
  /* roles */
  { TALK (USER ","
               "{\"role\":\"system\",\"content\":\"x\"}," USER),
    "Unexpected role \\\"system\\\"" },
  { NEWER "\"messages\":[" USER ",{\"role\":\"system\",\"content\":\"x\"}]}", NULL },
  { TALK (USER ",{\"role\":\"assistant\",\"content\":\"So\"}"), "prefill" },
  { TALK ("{\"role\":\"assistant\",\"content\":\"So\"}," USER), "first message must use" },
  /* calls and results */
  { TALK (USER "," CALLER ("t1") "," RESULT ("t1")), NULL },
  { TALK (USER "," CALLER ("t1") "," USER),
    "messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: t1." },
  { TALK (RESULT ("t1")),
    "messages.0.content.0: unexpected `tool_use_id` found in `tool_result` blocks: t1." },
  { TALK (USER "," CALLER ("t1") "," RESULT ("t2")), "immediately after: t1." },
  { TALK (USER "," CALLER ("call:1") "," RESULT ("call:1")), "should match pattern" },
  { START "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024},\"messages\":[" USER
          "," CALLER ("t1") "," RESULT ("t1") "]}",
    "Expected `thinking` or `redacted_thinking`, but found `tool_use`" },
  { START "\"thinking\":{\"type\":\"adaptive\"},\"messages\":[" USER
          "," CALLER ("t1") "," RESULT ("t1") "]}",
    NULL },
  /* reasoning */
  { TALK (USER ",{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"x\","
               "\"signature\":\"forged\"}," TEXT "]}," USER),
    "messages.1.content.0: Invalid `signature` in `thinking` block" },
  { TALK (USER ",{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"x\"}"
               "," TEXT "]}," USER),
    "messages.1.content.0.thinking.signature: Field required" },
  { TALK (USER ",{\"role\":\"assistant\",\"content\":[{\"type\":\"redacted_thinking\",\"data\":"
               "\"forged\"}," TEXT "]}," USER),
    "Invalid `data` in `redacted_thinking` block" },
};

static void
test_fields (void)
{
  check_rows (jump_messages_check, "test", field_rows, G_N_ELEMENTS (field_rows), VISION);
}

static void
test_messages (void)
{
  check_rows (jump_messages_check, "test", message_rows, G_N_ELEMENTS (message_rows), VISION);
}

static void
test_vision_header (void)
{
  static const CheckRow row = {
    TALK (USER "," CALLER ("t1") ",{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\","
                                 "\"tool_use_id\":\"t1\",\"content\":[{\"type\":\"image\","
                                 "\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\","
                                 "\"data\":\"AAAA\"}}]}]}"),
    "missing required Copilot-Vision-Request header"
  };

  check_rows (jump_messages_check, "test", &row, 1, NULL);
}

static void
test_betas (void)
{
  static const CheckRow good = { START HELLO, NULL };
  static const CheckRow bad = { START HELLO,
                                "Unexpected value(s) `claude-code-20250219`, `x` for the" };
  static const CheckRow managed = { START "\"context_management\":{}," HELLO, NULL };

  check_rows (jump_messages_check,
              "test",
              &good,
              1,
              "anthropic-beta: interleaved-thinking-2025-05-14, context-management-2025-06-27");
  check_rows (jump_messages_check,
              "test",
              &bad,
              1,
              "anthropic-beta: claude-code-20250219,interleaved-thinking-2025-05-14,x");
  check_rows (jump_messages_check,
              "test",
              &managed,
              1,
              "anthropic-beta: context-management-2025-06-27");
}

/* Counting wants the same, without what belongs to saying something. */
static void
test_count (void)
{
  static const CheckRow count_rows[] = {
    { "{\"model\":\"claude-sonnet-4.6\"," HELLO, NULL },
    { START HELLO, "max_tokens: Extra inputs are not permitted" },
    { "{\"model\":\"claude-sonnet-4.6\",\"tools\":[" TOOL ("") "]," HELLO, "at least 1 character" },
    { "{\"model\":\"gpt-5.5\"," HELLO, "is not accessible via the /v1/messages endpoint" },
    { "{\"model\":\"claude-sonnet-4.6\",\"system\":\"x-anthropic-billing-header: v\"," HELLO,
      "x-anthropic-billing-header is a reserved keyword" },
    { "{\"model\":\"claude-sonnet-4.6\"," MARK "," HELLO, "cache_control: Extra inputs" },
    { "{\"model\":\"claude-sonnet-4.6\",\"messages\":[" USER
      ",{\"role\":\"assistant\",\"content\":\"So\"}]}",
      "prefill" },
    { "{\"model\":\"claude-sonnet-4.6\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":"
      "\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"AAAA\"}}"
      "]}]}",
      "missing required Copilot-Vision-Request header" },
  };
  static const CheckRow beta_row = { "{\"model\":\"claude-sonnet-4.6\"," HELLO,
                                     "Unexpected value(s) `x` for the" };

  check_rows (jump_messages_check_count, "test", count_rows, G_N_ELEMENTS (count_rows), NULL);
  check_rows (jump_messages_check_count, "test", &beta_row, 1, "anthropic-beta: x");
}

static void
test_many_tools (void)
{
  for (guint n = 128; n <= 129; n++)
    {
      g_autoptr (GString) body = g_string_new (START "\"tools\":[");
      CheckRow row = { NULL, n == 128 ? NULL : "array too long" };

      for (guint i = 0; i < n; i++)
        g_string_append_printf (body, "%s{\"name\":\"f%u\"," SCHEMA "}", i == 0 ? "" : ",", i);
      g_string_append (body, "]," HELLO);
      row.body = body->str;
      check_rows (jump_messages_check, "test", &row, 1, NULL);
    }
}

static void
test_overflow (void)
{
  static const struct
  {
    guint length;
    const char *says;
  } cases[] = {
    { 3000, NULL },
    { 4400, "prompt is too long: 1107 tokens > 1000 maximum" },
    { 9000, "Request body is too large for model context window" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strnfill (cases[i].length, 'a');
      g_autofree char *body = g_strdup_printf (
          "{\"model\":\"sim-small\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":"
          "\"%s\"}]}",
          text);
      CheckRow row = { body, cases[i].says };

      check_rows (jump_messages_check, "matrix", &row, 1, NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/messages-check/fields", test_fields);
  g_test_add_func ("/messages-check/messages", test_messages);
  g_test_add_func ("/messages-check/vision-header", test_vision_header);
  g_test_add_func ("/messages-check/betas", test_betas);
  g_test_add_func ("/messages-check/count", test_count);
  g_test_add_func ("/messages-check/many-tools", test_many_tools);
  g_test_add_func ("/messages-check/overflow", test_overflow);
  return g_test_run ();
}
