/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "patch-stage.h"

#define BODY(rest) "{\"model\":\"claude-sonnet-4.5\",\"max_tokens\":9," rest "}"
#define OPUS(rest) "{\"model\":\"claude-opus-4.8\",\"max_tokens\":9," rest "}"
#define HI         "{\"role\":\"user\",\"content\":\"hi\"}"
#define SAY        "\"messages\":[" HI "]"
#define T(text)    "{\"type\":\"text\",\"text\":\"" text "\"}"
#define USER(all)  "{\"role\":\"user\",\"content\":[" all "]}"
#define BOT(all)   "{\"role\":\"assistant\",\"content\":[" all "]}"
#define TALK(all)  "\"messages\":[" all "]"
#define TOOL(more) "{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}" more "}"

static const JumpModelTraits *const sonnet = &patch_stage_sonnet_4_5;
static const JumpModelTraits *const opus = &patch_stage_opus_4_8;

static void
test_members (void)
{
  const PatchRow rows[] = {
    { sonnet, BODY (SAY ",\"zeta\":[ 1.50 ],\"metadata\":{\"user_id\":\"u\"}"), NULL, "" },
    { sonnet, "{\"model\":\"sonnet\",\"max_tokens\":9," SAY "}", BODY (SAY), "model" },
    { sonnet,
      BODY (
          "\"service_tier\":\"auto\",\"inference_geo\":\"eu\",\"fallbacks\":[],\"speed\":\"fast\","
          "\"container\":\"c\",\"mcp_servers\":[],\"cache_control\":{\"type\":\"ephemeral\"}," SAY),
      BODY (SAY),
      "dropped:service_tier,dropped:inference_geo,dropped:fallbacks,dropped:speed,"
      "dropped:container,dropped:mcp_servers,dropped:cache_control" },
    { sonnet,
      BODY (SAY ",\"metadata\":{\"a\":1,\"user_id\":\"u\",\"b\":2}"),
      BODY (SAY ",\"metadata\":{\"user_id\":\"u\"}"),
      "metadata-trimmed" },
    { sonnet, BODY (SAY ",\"metadata\":null"), BODY (SAY), "metadata-trimmed" },
  };

  patch_stage_check (JUMP_DIALECT_MESSAGES, rows, G_N_ELEMENTS (rows));
}

static void
test_system (void)
{
#define BILLING "x-anthropic-billing-header: cc_version=2.1.15; cch=1;"
  const PatchRow rows[] = {
    { sonnet, BODY (SAY ",\"system\":\"Say x-anthropic-billing-header: twice\""), NULL, "" },
    { sonnet, BODY (SAY ",\"system\":[" T ("a") "]"), NULL, "" },
    { sonnet, BODY (SAY ",\"system\":\"\""), BODY (SAY), "empty-text-dropped" },
    { sonnet,
      BODY (SAY ",\"system\":[" T ("") "," T ("a") "]"),
      BODY (SAY ",\"system\":[" T ("a") "]"),
      "empty-text-dropped" },
    { sonnet,
      BODY (SAY ",\"system\":[" T (BILLING) "," T ("a") "]"),
      BODY (SAY ",\"system\":[" T ("a") "]"),
      "billing-header-dropped" },
    { sonnet,
      BODY (SAY ",\"system\":[" T ("X-Anthropic-BILLING-header: 1") "]"),
      BODY (SAY),
      "billing-header-dropped" },
    { sonnet, BODY (SAY ",\"system\":\"" BILLING "\""), BODY (SAY), "billing-header-dropped" },
    { sonnet,
      BODY (SAY ",\"system\":\"" BILLING "\\n\\nBe kind.\\n  " BILLING "\\nBe brief.\""),
      BODY (SAY ",\"system\":\"Be kind.\\nBe brief.\""),
      "billing-header-dropped" },
    { sonnet,
      BODY (SAY ",\"system\":[" T (BILLING "\\nBe kind.") "]"),
      BODY (SAY ",\"system\":[" T ("Be kind.") "]"),
      "billing-header-dropped" },
  };

  patch_stage_check (JUMP_DIALECT_MESSAGES, rows, G_N_ELEMENTS (rows));
#undef BILLING
}

static void
test_tools (void)
{
#define TOOLS(all) BODY (SAY ",\"tools\":[" all "]")
#define SEARCH     "{\"type\":\"tool_search_tool_regex_20251119\",\"name\":\"tool_search_tool_regex\"}"
#define WEB        "{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}"
#define LOCAL      "{\"name\":\"web_search\",\"input_schema\":{}}"
  const PatchRow rows[] = {
    { sonnet, TOOLS (TOOL ("") "," LOCAL), NULL, "" },
    { sonnet,
      TOOLS ("{\"type\":\"bash_20250124\",\"name\":\"bash\"},"
             "{\"type\":\"text_editor_20250728\",\"name\":\"e\"},"
             "{\"type\":\"memory_20250818\",\"name\":\"m\"},"
             "{\"type\":\"computer_20250124\",\"name\":\"c\"},"
             "{\"type\":\"custom\",\"name\":\"f\",\"input_schema\":{}}," SEARCH),
      NULL,
      "" },
    { sonnet,
      TOOLS (WEB "," TOOL ("") ",{\"type\":\"code_execution_20250825\",\"name\":\"x\"}"),
      TOOLS (TOOL ("")),
      "hosted-tool-removed:web_search_20250305,hosted-tool-removed:code_execution_20250825" },
    { sonnet,
      BODY (SAY ",\"tools\":[" WEB "],\"tool_choice\":{\"type\":\"auto\"}"),
      BODY (SAY),
      "hosted-tool-removed:web_search_20250305,tool-choice-dropped" },
    { sonnet, BODY (SAY ",\"tool_choice\":{\"type\":\"any\"}"), BODY (SAY), "tool-choice-dropped" },
    { sonnet,
      BODY ("\"tool_choice\":{\"type\":\"tool\",\"name\":\"web_search\"}," SAY ",\"tools\":[" WEB
            "," TOOL ("") "]"),
      TOOLS (TOOL ("")),
      "hosted-tool-removed:web_search_20250305,tool-choice-dropped" },
    { sonnet,
      BODY (SAY ",\"tools\":[" WEB "," LOCAL
                "],\"tool_choice\":{\"type\":\"tool\",\"name\":\"web_search\"}"),
      BODY (SAY ",\"tools\":[" LOCAL
                "],\"tool_choice\":{\"type\":\"tool\",\"name\":\"web_search\"}"),
      "hosted-tool-removed:web_search_20250305" },
    { sonnet,
      TOOLS (TOOL (",\"eager_input_streaming\":true,\"defer_loading\":false")),
      TOOLS (TOOL ("")),
      "eager-streaming-dropped,defer-loading-dropped" },
    { sonnet, TOOLS (SEARCH "," TOOL (",\"defer_loading\":true")), NULL, "" },
    { sonnet,
      TOOLS ("{\"name\":\"f\",\"input_schema\":{\"$schema\":\"http://x\",\"type\":\"object\"}}"),
      TOOLS (TOOL ("")),
      "schema-uri-dropped" },
    { sonnet, TOOLS (TOOL (",\"strict\":true")), NULL, "" },
    { &patch_stage_sonnet_4_6,
      "{\"model\":\"claude-sonnet-4.6\",\"max_tokens\":9," SAY
      ",\"tools\":[" TOOL (",\"strict\":true") "]}",
      "{\"model\":\"claude-sonnet-4.6\",\"max_tokens\":9," SAY ",\"tools\":[" TOOL ("") "]}",
      "strict-dropped" },
  };

  patch_stage_check (JUMP_DIALECT_MESSAGES, rows, G_N_ELEMENTS (rows));
}

static void
test_blocks (void)
{
#define REMINDER(text) "<system-reminder>\\n" text "\\n</system-reminder>"
#define CALL           "{\"type\":\"tool_use\",\"id\":\"1\",\"name\":\"f\",\"input\":{\"type\":\"image\"}}"
#define RESULT(all)    "{\"type\":\"tool_result\",\"tool_use_id\":\"1\",\"content\":[" all "]}"
  const PatchRow rows[] = {
    { sonnet,
      BODY (TALK (USER (T ("") "," T ("a")) "," BOT (T (" \\n")) "," HI)),
      BODY (TALK (USER (T ("a")) "," HI)),
      "empty-text-dropped,empty-message-dropped" },
    { sonnet,
      BODY (TALK ("{\"role\":\"user\",\"content\":\"\"}," HI)),
      BODY (TALK (HI)),
      "empty-message-dropped" },
    { sonnet,
      BODY (TALK (HI "," BOT (CALL) "," USER (RESULT (T ("") "," T ("a"))))),
      BODY (TALK (HI "," BOT (CALL) "," USER (RESULT (T ("a"))))),
      "empty-text-dropped" },
    { sonnet,
      BODY (TALK (HI "," BOT (CALL) "," USER (
          RESULT ("{\"type\":\"tool_reference\",\"tool_name\":\"g\"}")))),
      BODY (TALK (HI "," BOT (CALL) "," USER (RESULT (T ("g"))))),
      "tool-reference-as-text" },
    { sonnet,
      BODY (TALK (HI ",{\"role\":\"system\",\"content\":\"s\"}," HI)),
      BODY (TALK (HI ",{\"role\":\"user\",\"content\":\"" REMINDER ("s") "\"}," HI)),
      "system-as-user" },
    { sonnet,
      BODY (TALK (HI ",{\"role\":\"system\",\"content\":[" T ("a") "," T ("") "]}")),
      BODY (TALK (HI "," USER (T (REMINDER ("a"))))),
      "system-as-user,empty-text-dropped" },
    { opus, OPUS (TALK (HI ",{\"role\":\"system\",\"content\":\"s\"}," HI)), NULL, "" },
    { sonnet,
      BODY (TALK (BOT (T ("a")) "," HI)),
      BODY (TALK (
          "{\"role\":\"user\",\"content\":\"[The conversation begins.]\"}," BOT (T ("a")) "," HI)),
      "first-turn-added" },
    { sonnet,
      BODY (TALK (
          HI
          "," BOT ("{\"type\":\"tool_use\",\"id\":\"call:1\",\"name\":\"f\",\"input\":{}}") "," USER (
              "{\"type\":\"tool_result\",\"tool_use_id\":\"call:1\"}"))),
      BODY (TALK (
          HI
          "," BOT ("{\"type\":\"tool_use\",\"id\":\"call_1\",\"name\":\"f\",\"input\":{}}") "," USER (
              "{\"type\":\"tool_result\",\"tool_use_id\":\"call_1\"}"))),
      "tool-ids-cleaned" },
    { sonnet,
      BODY (TALK (HI "," BOT (T ("{")))),
      BODY (TALK (HI "," BOT (T ("{")) ",{\"role\":\"user\",\"content\":\"Go on exactly where your "
                                       "last message ends, without repeating any of it.\"}")),
      "prefill-continued" },
    { sonnet,
      BODY (TALK (HI "," BOT (T ("")))),
      BODY (TALK (HI)),
      "empty-text-dropped,empty-message-dropped" },
  };

  patch_stage_check (JUMP_DIALECT_MESSAGES, rows, G_N_ELEMENTS (rows));
}

static void
test_reasoning (void)
{
#define THOUGHT(s) "{\"type\":\"thinking\",\"thinking\":\"t\",\"signature\":\"" s "\"}"
#define HIDDEN(s)  "{\"type\":\"redacted_thinking\",\"data\":\"" s "\"}"
#define TURN(all)  BODY (TALK (HI "," BOT (all) "," HI))
#define OWN        "claude%2Dsonnet"
  const PatchRow rows[] = {
    { sonnet, TURN (THOUGHT ("abc") "," HIDDEN ("def") "," T ("a")), NULL, "" },
    { sonnet,
      TURN (THOUGHT ("jumpseat1.signature.claude-sonnet-4%2E5.abc") "," T ("a")),
      TURN (THOUGHT ("abc") "," T ("a")),
      "reasoning-opened" },
    { sonnet,
      TURN (HIDDEN ("jumpseat1.redacted.claude-sonnet-4%2E5.abc") "," T ("a")),
      TURN (HIDDEN ("abc") "," T ("a")),
      "reasoning-opened" },
    { sonnet,
      TURN (THOUGHT ("jumpseat1.signature.claude-opus-5.abc") "," T ("a")),
      TURN (T ("a")),
      "reasoning-dropped" },
    { sonnet,
      TURN (HIDDEN ("jumpseat1.encrypted.gpt-5.abc") "," T ("a")),
      TURN (T ("a")),
      "reasoning-dropped" },
    { sonnet, TURN (THOUGHT ("") "," T ("a")), TURN (T ("a")), "reasoning-dropped" },
    { sonnet,
      TURN ("{\"type\":\"thinking\",\"thinking\":\"t\"}"),
      BODY (TALK (HI "," HI)),
      "reasoning-dropped,empty-message-dropped" },
  };

  patch_stage_check (JUMP_DIALECT_MESSAGES, rows, G_N_ELEMENTS (rows));
#undef TURN
#undef OWN
}

static void
test_cache (void)
{
#define MARK    ",\"cache_control\":{\"type\":\"ephemeral\"}"
#define M(text) "{\"type\":\"text\",\"text\":\"" text "\"" MARK "}"
#define ODD(text)                       \
  "{\"type\":\"text\",\"text\":\"" text \
  "\",\"cache_control\":{\"scope\":\"global\",\"type\":\"ephemeral\",\"ttl\":\"1h\"}}"
  const PatchRow rows[] = {
    { sonnet,
      BODY ("\"system\":[" M ("a") "]," TALK (USER (M ("b") "," M ("c"))) ",\"tools\":[" TOOL (
          MARK) "]"),
      NULL,
      "" },
    { sonnet,
      BODY ("\"system\":[" ODD ("a") "]," TALK (HI "," BOT (CALL) "," USER (RESULT (ODD ("b"))))),
      BODY ("\"system\":[" M ("a") "]," TALK (HI "," BOT (CALL) "," USER (RESULT (M ("b"))))),
      "cache-markers-cleaned" },
    { sonnet,
      BODY (TALK (USER (M ("b") "," ODD ("c") "," M ("d"))) ",\"system\":[" M (
          "a") "],\"tools\":[" TOOL (MARK) "]"),
      BODY (TALK (USER (M ("b") "," M ("c") "," M ("d"))) ",\"system\":[" M (
          "a") "],\"tools\":[" TOOL ("") "]"),
      "cache-markers-dropped,cache-markers-cleaned" },
    { sonnet,
      BODY ("\"system\":[" M ("a") "," M ("b") "]," TALK (
          USER (M ("c") "," M ("d") "," M ("e") "," M ("f")))),
      BODY ("\"system\":[" T ("a") "," T ("b") "]," TALK (
          USER (M ("c") "," M ("d") "," M ("e") "," M ("f")))),
      "cache-markers-dropped" },
  };

  patch_stage_check (JUMP_DIALECT_MESSAGES, rows, G_N_ELEMENTS (rows));
}

static void
test_images (void)
{
#define IMAGE(d)                                                                                   \
  "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"" d \
  "\"}}"
#define LEFT_OUT T ("[An earlier image is left out: the model takes only 2 in one prompt.]")
  const PatchRow rows[] = {
    { sonnet,
      BODY (
          TALK (HI "," BOT (CALL) "," USER (RESULT (IMAGE ("A") "," IMAGE ("B")) "," IMAGE ("C")))),
      BODY (TALK (HI "," BOT (CALL) "," USER (RESULT (LEFT_OUT "," IMAGE ("B")) "," IMAGE ("C")))),
      "images-dropped" },
  };
  const PatchErrorRow errors[] = {
    { sonnet,
      BODY (
          TALK (USER ("{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://x\"}}"))),
      "messages[0].content[0].source.url: expected the data itself, "
      "the upstream fetches nothing from the web" },
    { sonnet,
      BODY (TALK (HI "," BOT (CALL) "," USER (
          RESULT (T ("a") ",{\"type\":\"image\",\"source\":{\"type\":\"file\","
                          "\"file_id\":\"f\"}}")))),
      "messages[2].content[0].content[1].source.file_id: expected the data itself, "
      "the upstream keeps no files" },
  };

  patch_stage_check (JUMP_DIALECT_MESSAGES, rows, G_N_ELEMENTS (rows));
  patch_stage_check_errors (JUMP_DIALECT_MESSAGES, errors, G_N_ELEMENTS (errors));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/messages-patch/members", test_members);
  g_test_add_func ("/messages-patch/system", test_system);
  g_test_add_func ("/messages-patch/tools", test_tools);
  g_test_add_func ("/messages-patch/blocks", test_blocks);
  g_test_add_func ("/messages-patch/reasoning", test_reasoning);
  g_test_add_func ("/messages-patch/cache", test_cache);
  g_test_add_func ("/messages-patch/images", test_images);
  return g_test_run ();
}
