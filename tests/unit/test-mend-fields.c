/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "mend-stage.h"

#define CHAT       &jump_dialect_chat
#define RESP       &jump_dialect_responses
#define MESS       &jump_dialect_messages
#define HI         "{\"role\":\"user\",\"content\":\"hi\"}"
#define TALK(all)  "\"messages\":[" all "]"
#define INPUT(all) "{\"input\":[" all "]}"
#define ENABLED    "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}"

static void
test_limits (void)
{
  const MendRow rows[] = {
    { CHAT,
      "unsupported_parameter",
      "max_tokens",
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use "
      "'max_completion_tokens' instead.",
      "{\"max_tokens\":5}",
      "{\"max_completion_tokens\":5}",
      "max-tokens-swapped" },
    { CHAT,
      NULL,
      NULL,
      "Unrecognized request argument supplied: max_completion_tokens",
      "{\"max_completion_tokens\":5}",
      "{\"max_tokens\":5}",
      "max-tokens-swapped" },
    { MESS,
      NULL,
      NULL,
      "The maximum tokens you requested exceeds the model limit of 128000",
      "{\"max_tokens\":200000}",
      "{\"max_tokens\":128000}",
      "max-tokens-clamped" },
    { RESP,
      NULL,
      NULL,
      "The maximum tokens you requested exceeds the model limit of 128000",
      "{\"max_output_tokens\":5}",
      NULL,
      NULL },
  };

  mend_stage_check (rows, G_N_ELEMENTS (rows));
}

static void
test_fields (void)
{
  const MendRow rows[] = {
    { CHAT,
      NULL,
      "temperature",
      "Unsupported value: 'temperature' does not support 0.2 with this model.",
      "{\"temperature\":0.2,\"n\":1}",
      "{\"n\":1}",
      "dropped:temperature" },
    { CHAT,
      NULL,
      NULL,
      "Unsupported parameter: 'top_p' is not supported with this model",
      "{\"top_p\":0.2,\"n\":1}",
      "{\"n\":1}",
      "dropped:top_p" },
    { MESS,
      NULL,
      NULL,
      "`temperature` and `top_p` cannot both be specified for this model.",
      "{\"temperature\":0.2,\"top_p\":0.9}",
      "{\"temperature\":0.2}",
      "top-p-dropped" },
    { MESS,
      NULL,
      NULL,
      "zeta: Extra inputs are not permitted",
      "{\"zeta\":1,\"n\":1}",
      "{\"n\":1}",
      "dropped:zeta" },
    /* the types that upstream puts between, and all of a list */
    { MESS,
      NULL,
      NULL,
      "system.0.cache_control.ephemeral.scope: Extra inputs are not permitted",
      "{\"system\":[{\"cache_control\":{\"type\":\"ephemeral\",\"scope\":1}}]}",
      "{\"system\":[{\"cache_control\":{\"type\":\"ephemeral\"}}]}",
      "dropped:system[].cache_control.ephemeral.scope" },
    { MESS,
      NULL,
      NULL,
      "messages.0.content.0.text.zeta: Extra inputs are not permitted",
      "{" TALK ("{\"content\":[{\"type\":\"text\",\"text\":\"a\",\"zeta\":1}]}") "}",
      "{" TALK ("{\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}") "}",
      "dropped:messages[].content[].text.zeta" },
    { MESS,
      NULL,
      NULL,
      "tools.0.custom.zeta: Extra inputs are not permitted",
      "{\"tools\":[{\"name\":\"f\",\"zeta\":1},{\"zeta\":1,\"name\":\"g\"}]}",
      "{\"tools\":[{\"name\":\"f\"},{\"name\":\"g\"}]}",
      "dropped:tools[].custom.zeta" },
    { RESP,
      NULL,
      NULL,
      "Unknown parameter: 'input[0].zeta'.",
      INPUT ("{\"zeta\":1,\"role\":\"user\"}"),
      INPUT ("{\"role\":\"user\"}"),
      "dropped:input[].zeta" },
    { CHAT,
      NULL,
      NULL,
      "Unrecognized request argument supplied: zeta",
      "{\"zeta\":1,\"n\":1}",
      "{\"n\":1}",
      "dropped:zeta" },
    { CHAT,
      NULL,
      "model",
      "The requested model is not supported.",
      "{\"model\":\"x\"}",
      NULL,
      NULL },
    { RESP,
      NULL,
      "input[0].content[0].image_url",
      "external image URLs are not supported",
      INPUT ("{\"content\":[{\"image_url\":\"https://x\"}]}"),
      NULL,
      NULL },
    { CHAT, NULL, NULL, "alpha: Extra inputs are not permitted", "{\"zeta\":1}", NULL, NULL },
    { MESS, NULL, NULL, "external image URLs are not supported", "{" TALK (HI) "}", NULL, NULL },
    { CHAT,
      "invalid_reasoning_effort",
      NULL,
      "effort max is not supported",
      "{\"reasoning_effort\":\"max\",\"n\":1}",
      "{\"n\":1}",
      "effort-dropped" },
    { RESP,
      NULL,
      "reasoning.effort",
      "Unsupported value: 'max'",
      "{\"reasoning\":{\"effort\":\"max\",\"summary\":\"auto\"}}",
      "{\"reasoning\":{\"summary\":\"auto\"}}",
      "effort-dropped" },
  };

  mend_stage_check (rows, G_N_ELEMENTS (rows));
}

static void
test_field_count (void)
{
  const MendRow row = { MESS,           NULL, NULL, "zeta: Extra inputs are not permitted",
                        "{\"zeta\":1}", NULL, NULL };
  g_autofree char *name = NULL;
  g_autofree char *sent =
      mend_stage_run (&row, 400, "dropped:a,dropped:b,dropped:c,dropped:d", &name);
  g_autofree char *late_name = NULL;
  g_autofree char *late =
      mend_stage_run (&row, 400, "dropped:a,dropped:b,dropped:c,dropped:d,dropped:e", &late_name);

  g_assert_cmpstr (sent, ==, "{}");
  g_assert_null (late);
  g_assert_null (late_name);
}

static void
test_features (void)
{
#define FORMAT "\"output_config\":{\"format\":{\"type\":\"json_schema\"},\"effort\":\"low\"}"
#define SAID   "\"Answer with one JSON value and nothing else.\""
#define DENIED "FAILED_PRECONDITION: constraints/vertexai.allowedPartnerModelFeatures"
  const MendRow rows[] = {
    { MESS,
      NULL,
      NULL,
      DENIED,
      "{" FORMAT ",\"tools\":[{\"name\":\"f\",\"strict\":true}]}",
      "{\"system\":" SAID ",\"output_config\":{\"effort\":\"low\"},\"tools\":[{\"name\":\"f\"}]}",
      "structured-outputs-dropped" },
    { CHAT,
      NULL,
      NULL,
      "Structured outputs are not supported with this model",
      "{\"response_format\":{},\"tools\":[{\"type\":\"function\",\"function\":{\"strict\":true}}]}",
      "{\"tools\":[{\"type\":\"function\",\"function\":{}}]}",
      "structured-outputs-dropped" },
    { MESS,
      NULL,
      NULL,
      "The use of the web search tool is not supported.",
      "{\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"w\"},{\"name\":\"web_search\"}]}",
      "{\"tools\":[{\"name\":\"web_search\"}]}",
      "hosted-tool-removed:web_search_20250305" },
    { MESS,
      NULL,
      NULL,
      "rejected tool(s): web_fetch",
      "{\"tools\":[{\"type\":\"web_fetch_20250910\"}],\"tool_choice\":{\"type\":\"auto\"},\"n\":1}",
      "{\"n\":1}",
      "hosted-tool-removed:web_fetch_20250910" },
    { RESP,
      NULL,
      NULL,
      "Tool 'tool_search' is not supported with gpt-5.",
      "{\"tools\":[{\"type\":\"tool_search\"},{\"type\":\"function\",\"name\":\"f\"}]}",
      "{\"tools\":[{\"type\":\"function\",\"name\":\"f\"}]}",
      "hosted-tool-removed:tool_search" },
    { MESS,
      NULL,
      NULL,
      "Unexpected value(s) `x` for the `anthropic-beta` header",
      "{\"context_management\":{},\"tools\":[{\"name\":\"f\",\"defer_loading\":true}]}",
      "{\"tools\":[{\"name\":\"f\"}]}",
      JUMP_MEND_BETA_DROPPED },
    { MESS,
      NULL,
      NULL,
      "Unexpected value(s) `x` for the `anthropic-beta` header",
      "{\"n\":1}",
      "{\"n\":1}",
      JUMP_MEND_BETA_DROPPED },
    { MESS,
      NULL,
      NULL,
      "Thinking may not be enabled when tool_choice forces tool use.",
      "{" ENABLED ",\"n\":1}",
      "{\"n\":1}",
      "thinking-dropped" },
    { MESS,
      NULL,
      NULL,
      "messages: Unexpected role \"system\". Use the top-level parameter",
      "{" TALK (HI ",{\"role\":\"system\",\"content\":\"s\"}") "}",
      "{" TALK (HI ",{\"role\":\"user\",\"content\":\"s\"}") "}",
      "system-as-user" },
  };

  mend_stage_check (rows, G_N_ELEMENTS (rows));
}

/* "The requested model is not supported." for a model that the account has: an odd field (protocol 5.3). */
static void
test_unknown_fields (void)
{
#define REFUSED CHAT, "model_not_supported", "model", "The requested model is not supported."
  const MendRow rows[] = {
    { REFUSED,
      "{\"model\":\"m\",\"foo\":1,\"seed\":1,\"web_search_options\":{},\"messages\":[]}",
      "{\"model\":\"m\",\"seed\":1,\"messages\":[]}",
      "unknown-fields-dropped:foo/web_search_options" },
    { REFUSED, "{\"model\":\"m\",\"messages\":[],\"user\":\"u\"}", NULL, NULL },
    { RESP,
      "model_not_supported",
      "model",
      "The requested model is not supported.",
      "{\"model\":\"m\",\"foo\":1,\"input\":\"x\"}",
      NULL,
      NULL },
    { CHAT, NULL, NULL, "Bad Request", "{\"model\":\"m\",\"foo\":1,\"messages\":[]}", NULL, NULL },
  };

  mend_stage_check (rows, G_N_ELEMENTS (rows));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mend-fields/limits", test_limits);
  g_test_add_func ("/mend-fields/fields", test_fields);
  g_test_add_func ("/mend-fields/field-count", test_field_count);
  g_test_add_func ("/mend-fields/features", test_features);
  g_test_add_func ("/mend-fields/unknown-fields", test_unknown_fields);
  return g_test_run ();
}
