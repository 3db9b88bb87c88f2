/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "patch-stage.h"

/* Requests as they are sent; what a repair needs stands in front of what every request has. */
#define GPT(rest)  "{\"model\":\"gpt-5\"," rest "," ALWAYS "}"
#define GROK(rest) "{\"model\":\"grok-4.5\"," rest "," ALWAYS "}"
#define ALWAYS     "\"store\":false,\"include\":[\"reasoning.encrypted_content\"]"
#define SAY        "\"input\":\"hi\""
#define INPUT(all) "\"input\":[" all "]"
#define HI         "{\"role\":\"user\",\"content\":\"hi\"}"
#define F          "{\"type\":\"function\",\"name\":\"f\"}"

static const JumpModelTraits *const gpt = &patch_stage_gpt_5;
static const JumpModelTraits *const grok = &patch_stage_grok;

static void
test_storing (void)
{
#define INCLUDE "\"include\":[\"reasoning.encrypted_content\"]"
  const PatchRow rows[] = {
    { gpt, GPT (SAY ",\"zeta\":[ 1.50 ],\"truncation\":\"auto\",\"user\":\"u\""), NULL, "" },
    { gpt,
      "{\"model\":\"gpt-5\"," SAY ",\"store\":true," INCLUDE "}",
      "{\"model\":\"gpt-5\"," SAY ",\"store\":false," INCLUDE "}",
      "store-disabled" },
    { gpt,
      "{\"model\":\"gpt-5\"," SAY "," INCLUDE "}",
      "{\"store\":false,\"model\":\"gpt-5\"," SAY "," INCLUDE "}",
      "store-disabled" },
    { gpt,
      GPT ("\"previous_response_id\":\"resp_1\"," SAY),
      GPT (SAY),
      "previous-response-dropped" },
    { gpt, GPT (SAY ",\"service_tier\":\"auto\""), GPT (SAY), "service-tier-dropped" },
    { gpt, GPT (SAY ",\"background\":false,\"conversation\":null"), NULL, "" },
  };
  const PatchErrorRow errors[] = {
    { gpt,
      GPT (SAY ",\"background\":true"),
      "background: expected false, the upstream works on nothing in the background" },
    { gpt,
      GPT (SAY ",\"conversation\":\"conv_1\""),
      "conversation: expected none, the upstream keeps no conversations" },
  };

  patch_stage_check (JUMP_DIALECT_RESPONSES, rows, G_N_ELEMENTS (rows));
  patch_stage_check_errors (JUMP_DIALECT_RESPONSES, errors, G_N_ELEMENTS (errors));
}

static void
test_members (void)
{
  const PatchRow rows[] = {
    { gpt,
      GPT (SAY ",\"max_output_tokens\":5"),
      GPT (SAY ",\"max_output_tokens\":16"),
      "max-tokens-raised" },
    { gpt,
      GPT (SAY ",\"max_output_tokens\":999999"),
      GPT (SAY ",\"max_output_tokens\":128000"),
      "max-tokens-clamped" },
    { gpt, GPT (SAY ",\"temperature\":1,\"top_p\":1.0"), NULL, "" },
    { gpt,
      GPT (SAY ",\"temperature\":0,\"top_p\":0.5"),
      GPT (SAY),
      "temperature-dropped,top-p-dropped" },
    { grok, GROK (SAY ",\"temperature\":0"), GROK (SAY), "temperature-dropped" },
    { gpt,
      GPT (SAY ",\"reasoning\":{\"effort\":\"max\",\"summary\":\"auto\"}"),
      GPT (SAY ",\"reasoning\":{\"effort\":\"high\",\"summary\":\"auto\"}"),
      "effort-adjusted" },
    { gpt,
      GPT (SAY ",\"client_metadata\":{},\"reasoning\":{\"context\":\"all_turns\"}"),
      NULL,
      "" },
    { grok,
      GROK (SAY ",\"client_metadata\":{},\"reasoning\":{\"context\":\"all_turns\"}"),
      GROK (SAY ",\"reasoning\":{}"),
      "dropped:reasoning.context,dropped:client_metadata" },
  };

  patch_stage_check (JUMP_DIALECT_RESPONSES, rows, G_N_ELEMENTS (rows));
}

static void
test_include (void)
{
#define BODY(rest) "{\"model\":\"gpt-5\"," SAY ",\"store\":false" rest "}"
  const PatchRow rows[] = {
    { gpt,
      BODY (""),
      "{\"include\":[\"reasoning.encrypted_content\"],\"model\":\"gpt-5\"," SAY ",\"store\":false}",
      "include-added" },
    { gpt,
      BODY (",\"include\":null"),
      BODY (",\"include\":[\"reasoning.encrypted_content\"]"),
      "include-added" },
    { gpt,
      BODY (",\"include\":[]"),
      BODY (",\"include\":[\"reasoning.encrypted_content\"]"),
      "include-added" },
    { gpt,
      BODY (",\"include\":[\"a\" , \"b\"]"),
      BODY (",\"include\":[\"a\" , \"b\",\"reasoning.encrypted_content\"]"),
      "include-added" },
    { &patch_stage_gpt_4o, "{\"model\":\"gpt-4o\"," SAY ",\"store\":false}", NULL, "" },
  };

  patch_stage_check (JUMP_DIALECT_RESPONSES, rows, G_N_ELEMENTS (rows));
}

static void
test_tools (void)
{
#define SPACE(text) \
  "{\"type\":\"namespace\",\"name\":\"mail\",\"description\":\"" text "\",\"tools\":[" F "]}"
#define LITE(all) "{\"type\":\"additional_tools\",\"role\":\"developer\",\"tools\":[" all "]}"
  const PatchRow rows[] = {
    { gpt,
      GPT (SAY ",\"tools\":[" F ",{\"type\":\"custom\",\"name\":\"c\"}," SPACE (
          "d") ",{\"type\":\"local_shell\"},{\"type\":\"function\",\"name\":\"web_search\"}]"),
      NULL,
      "" },
    { gpt,
      GPT (SAY ",\"tools\":[{\"type\":\"web_search\"}," F
               ",{\"type\":\"image_generation\"}],\"tool_choice\":{\"type\":\"image_generation\"}"),
      GPT (SAY ",\"tools\":[" F "]"),
      "hosted-tool-removed:web_search,hosted-tool-removed:image_generation,tool-choice-dropped" },
    { gpt,
      GPT (SAY
           ",\"tools\":[{\"type\":\"mcp\",\"server_label\":\"x\"}],\"tool_choice\":\"required\""),
      GPT (SAY),
      "hosted-tool-removed:mcp,tool-choice-dropped" },
    { gpt,
      GPT (SAY ",\"tool_choice\":{\"type\":\"image_generation\"}"),
      GPT (SAY),
      "tool-choice-dropped" },
    { gpt, GPT (SAY ",\"tool_choice\":\"auto\",\"parallel_tool_calls\":true"), NULL, "" },
    { gpt,
      GPT (SAY ",\"tools\":[" F ",{\"type\":\"web_search\"}],\"tool_choice\":{\"type\":"
               "\"allowed_tools\",\"mode\":\"auto\",\"tools\":[{\"type\":\"web_search\"}," F "]}"),
      GPT (SAY ",\"tools\":[" F "],\"tool_choice\":{\"type\":"
               "\"allowed_tools\",\"mode\":\"auto\",\"tools\":[" F "]}"),
      "hosted-tool-removed:web_search" },
    { gpt,
      GPT (SAY ",\"tools\":[" SPACE ("") "]"),
      GPT (SAY ",\"tools\":[" SPACE ("Tools of mail.") "]"),
      "namespace-described" },
    { gpt,
      GPT (INPUT (LITE (SPACE ("")) "," HI)),
      GPT (INPUT (LITE (SPACE ("Tools of mail.")) "," HI)),
      "namespace-described" },
    { grok,
      GROK (INPUT (LITE (F) "," HI) ",\"tools\":[{\"type\":\"function\",\"name\":\"g\"}]"),
      GROK (INPUT (HI) ",\"tools\":[{\"type\":\"function\",\"name\":\"g\"}," F "]"),
      "additional-tools-lifted" },
    { grok,
      GROK (INPUT (LITE (F ",{\"type\":\"web_search\"}") "," HI)),
      "{\"tools\":[" F "],\"model\":\"grok-4.5\"," INPUT (HI) "," ALWAYS "}",
      "additional-tools-lifted,hosted-tool-removed:web_search" },
  };

  patch_stage_check (JUMP_DIALECT_RESPONSES, rows, G_N_ELEMENTS (rows));
}

/* Upstream runs it for some models, and has not refused it for this one. */
static void
test_web_search (void)
{
  JumpModelTraits searching = patch_stage_gpt_5;
  const PatchRow rows[] = {
    { &searching, GPT (SAY ",\"tools\":[{\"type\":\"web_search\"}]"), NULL, "" },
    { &searching,
      GPT (SAY ",\"tools\":[{\"type\":\"image_generation\"},{\"type\":\"web_search\"}]"),
      GPT (SAY ",\"tools\":[{\"type\":\"web_search\"}]"),
      "hosted-tool-removed:image_generation" },
  };

  searching.takes_web_search = TRUE;
  patch_stage_check (JUMP_DIALECT_RESPONSES, rows, G_N_ELEMENTS (rows));
}

static void
test_items (void)
{
#define THOUGHT(state) "{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"" state "\"}"
  const PatchRow rows[] = {
    { gpt, GPT (INPUT (HI "," THOUGHT ("abc") "," HI)), NULL, "" },
    { gpt,
      GPT (INPUT ("{\"id\":\"msg_1\",\"role\":\"user\",\"content\":\"hi\"},"
                  "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],"
                  "\"encrypted_content\":\"abc\"}")),
      GPT (INPUT (HI "," THOUGHT ("abc"))),
      "item-ids-dropped" },
    { gpt,
      GPT (INPUT ("{\"role\":\"user\",\"content\":\"hi\","
                  "\"internal_chat_message_metadata_passthrough\":{}}")),
      GPT (INPUT (HI)),
      "dropped:internal_chat_message_metadata_passthrough" },
    { gpt,
      GPT (INPUT (HI "," THOUGHT ("jumpseat1.encrypted.gpt-5.abc"))),
      GPT (INPUT (HI "," THOUGHT ("abc"))),
      "reasoning-opened" },
    { gpt,
      GPT (INPUT (HI "," THOUGHT (
          "jumpseat1.signature.claude-opus-5.abc") ",{\"type\":\"reasoning\","
                                                   "\"summary\":[],\"encrypted_content\":null}," HI)),
      GPT (INPUT (HI "," HI)),
      "reasoning-dropped" },
  };
  const PatchErrorRow errors[] = {
    { gpt,
      GPT (INPUT (HI ",{\"type\":\"item_reference\",\"id\":\"msg_1\"}")),
      "input[1]: expected the item itself, the upstream keeps none to refer to" },
    { gpt,
      GPT (INPUT ("{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":"
                  "\"https://x\"}]}")),
      "input[0].content[0].image_url: expected the data itself, "
      "the upstream fetches nothing from the web" },
    { gpt,
      GPT (
          INPUT ("{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"file_id\":\"f\"}]}")),
      "input[0].content[0].file_id: expected the data itself, the upstream keeps no files" },
  };

  patch_stage_check (JUMP_DIALECT_RESPONSES, rows, G_N_ELEMENTS (rows));
  patch_stage_check_errors (JUMP_DIALECT_RESPONSES, errors, G_N_ELEMENTS (errors));
}

static void
test_pairs (void)
{
#define CALL(id) \
  "{\"type\":\"function_call\",\"call_id\":\"" id "\",\"name\":\"f\",\"arguments\":\"{}\"}"
#define OUTPUT(id, text) \
  "{\"type\":\"function_call_output\",\"call_id\":\"" id "\",\"output\":\"" text "\"}"
#define CUSTOM "{\"type\":\"custom_tool_call\",\"call_id\":\"c\",\"name\":\"f\",\"input\":\"x\"}"
#define NONE   "[No result: the call was interrupted.]"
  const PatchRow rows[] = {
    { gpt,
      GPT (INPUT (HI "," CALL ("1") "," CALL ("2") "," HI
                                                   "," OUTPUT ("2", "b") "," OUTPUT ("1", "a"))),
      NULL,
      "" },
    { gpt,
      GPT (INPUT (HI "," OUTPUT ("1", "a") "," HI)),
      GPT (INPUT (HI "," HI)),
      "tool-pairs-repaired" },
    { gpt,
      GPT (INPUT (HI "," CALL ("1") "," OUTPUT ("2", "b"))),
      GPT (INPUT (HI "," CALL ("1") "," OUTPUT ("1", NONE))),
      "tool-pairs-repaired" },
    { gpt,
      GPT (INPUT (CUSTOM "," HI)),
      GPT (INPUT (CUSTOM ",{\"type\":\"custom_tool_call_output\",\"call_id\":\"c\",\"output\":"
                         "\"" NONE "\"}," HI)),
      "tool-pairs-repaired" },
  };

  patch_stage_check (JUMP_DIALECT_RESPONSES, rows, G_N_ELEMENTS (rows));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/responses-patch/storing", test_storing);
  g_test_add_func ("/responses-patch/members", test_members);
  g_test_add_func ("/responses-patch/include", test_include);
  g_test_add_func ("/responses-patch/tools", test_tools);
  g_test_add_func ("/responses-patch/web-search", test_web_search);
  g_test_add_func ("/responses-patch/items", test_items);
  g_test_add_func ("/responses-patch/pairs", test_pairs);
  return g_test_run ();
}
