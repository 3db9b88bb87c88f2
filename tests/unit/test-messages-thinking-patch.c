/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "patch-stage.h"

#define BUDGET(rest) "{\"model\":\"claude-sonnet-4.5\"," SAY "," rest "}"
#define ADAPT(rest)  "{\"model\":\"claude-sonnet-4.6\"," SAY "," rest "}"
#define OPUS(rest)   "{\"model\":\"claude-opus-4.8\"," SAY "," rest "}"
#define SAY          "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"
#define ENABLED(n)   "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":" n "}"
#define ADAPTIVE     "\"thinking\":{\"type\":\"adaptive\"}"
#define LIMIT(n)     "\"max_tokens\":" n
#define EFFORT(word) "\"output_config\":{\"effort\":\"" word "\"}"

#define FORCED       "\"tools\":[{\"name\":\"f\",\"input_schema\":{}}],\"tool_choice\":{\"type\":\"any\"}"

static const JumpModelTraits *const budget = &patch_stage_sonnet_4_5;
static const JumpModelTraits *const adapt = &patch_stage_sonnet_4_6;
static const JumpModelTraits *const opus = &patch_stage_opus_4_8;

static void
test_limits (void)
{
  const PatchRow rows[] = {
    { budget, BUDGET (LIMIT ("64000")), NULL, "" },
    { budget, BUDGET (LIMIT ("64001")), BUDGET (LIMIT ("64000")), "max-tokens-clamped" },
    { &patch_stage_unknown, "{\"model\":\"x\"," SAY ",\"max_tokens\":999999}", NULL, "" },
    { budget, BUDGET (LIMIT ("32000") "," ENABLED ("31999")), NULL, "" },
    { budget,
      BUDGET (LIMIT ("64000") "," ENABLED ("40000")),
      BUDGET (LIMIT ("64000") "," ENABLED ("32000")),
      "thinking-budget-clamped" },
    { budget,
      BUDGET (LIMIT ("4000") "," ENABLED ("10")),
      BUDGET (LIMIT ("4000") "," ENABLED ("1024")),
      "thinking-budget-clamped" },
    /* H-05 */
    { budget,
      BUDGET (LIMIT ("4000") "," ENABLED ("4000")),
      BUDGET (LIMIT ("8000") "," ENABLED ("4000")),
      "max-tokens-raised" },
    { budget,
      BUDGET (LIMIT ("100") "," ENABLED ("20000")),
      BUDGET (LIMIT ("36384") "," ENABLED ("20000")),
      "max-tokens-raised" },
  };

  patch_stage_check (JUMP_DIALECT_MESSAGES, rows, G_N_ELEMENTS (rows));
}

static void
test_modes (void)
{
  const PatchRow rows[] = {
    { budget, BUDGET (LIMIT ("9") ",\"thinking\":{\"type\":\"disabled\"}"), NULL, "" },
    /* H-06 */
    { adapt,
      ADAPT (LIMIT ("9") "," ENABLED ("4095")),
      "{" EFFORT ("low") ",\"model\":\"claude-sonnet-4.6\"," SAY "," LIMIT ("9") "," ADAPTIVE "}",
      "thinking-adaptive" },
    { adapt,
      ADAPT (LIMIT ("9") "," ENABLED ("31999") ",\"output_config\":{\"zeta\":1}"),
      ADAPT (LIMIT ("9") "," ADAPTIVE ",\"output_config\":{\"effort\":\"high\",\"zeta\":1}"),
      "thinking-adaptive" },
    { adapt,
      ADAPT (LIMIT ("9") "," ENABLED ("31999") "," EFFORT ("medium")),
      ADAPT (LIMIT ("9") "," ADAPTIVE "," EFFORT ("medium")),
      "thinking-adaptive" },
    { budget,
      BUDGET (LIMIT ("30000") "," ADAPTIVE "," EFFORT ("high")),
      BUDGET (LIMIT ("30000") ",\"thinking\":{\"budget_tokens\":24576,\"type\":\"enabled\"}"),
      "thinking-budget,effort-dropped" },
    { &patch_stage_gpt_4o,
      "{\"model\":\"gpt-4o\"," SAY "," ENABLED ("2000") "," LIMIT ("9") ",\"temperature\":0}",
      "{\"model\":\"gpt-4o\"," SAY "," LIMIT ("9") ",\"temperature\":0}",
      "thinking-dropped" },
    { &patch_stage_gpt_4o,
      "{\"model\":\"gpt-4o\"," SAY "," ADAPTIVE "," LIMIT ("9") "}",
      "{\"model\":\"gpt-4o\"," SAY "," LIMIT ("9") "}",
      "thinking-dropped" },
    { adapt,
      ADAPT (LIMIT ("9") ",\"thinking\":{\"type\":\"enabled\"},\"output_config\":{\"zeta\":1}"),
      ADAPT (LIMIT ("9") "," ADAPTIVE ",\"output_config\":{\"effort\":\"medium\",\"zeta\":1}"),
      "thinking-adaptive" },
    { adapt,
      ADAPT (LIMIT ("9") "," ADAPTIVE "," FORCED),
      ADAPT (LIMIT ("9") "," FORCED),
      "thinking-dropped" },
    { &patch_stage_unknown, "{\"model\":\"x\"," SAY "," ADAPTIVE "," LIMIT ("9") "}", NULL, "" },
  };

  patch_stage_check (JUMP_DIALECT_MESSAGES, rows, G_N_ELEMENTS (rows));
}

static void
test_display (void)
{
#define SHOWN "\"thinking\":{\"display\":\"summarized\",\"type\":\"adaptive\"}"
  const PatchRow rows[] = {
    { adapt, ADAPT (LIMIT ("9") "," ADAPTIVE), NULL, "" },
    { opus, OPUS (LIMIT ("9") "," SHOWN), NULL, "" },
    { opus, OPUS (LIMIT ("9") "," ADAPTIVE), OPUS (LIMIT ("9") "," SHOWN), "display-summarized" },
    { adapt,
      ADAPT (LIMIT ("9") ",\"thinking\":{\"display\":\"omitted\",\"type\":\"adaptive\"}"),
      ADAPT (LIMIT ("9") "," SHOWN),
      "display-summarized" },
  };

  patch_stage_check (JUMP_DIALECT_MESSAGES, rows, G_N_ELEMENTS (rows));
}

static void
test_effort (void)
{
  const PatchRow rows[] = {
    { opus, OPUS (LIMIT ("9") "," EFFORT ("max")), NULL, "" },
    { adapt,
      ADAPT (LIMIT ("9") "," EFFORT ("max")),
      ADAPT (LIMIT ("9") "," EFFORT ("high")),
      "effort-adjusted" },
    { budget, BUDGET (LIMIT ("9") "," EFFORT ("low")), BUDGET (LIMIT ("9")), "effort-dropped" },
    { budget,
      BUDGET (LIMIT ("9") ",\"output_config\":{\"effort\":\"low\",\"zeta\":1}"),
      BUDGET (LIMIT ("9") ",\"output_config\":{\"zeta\":1}"),
      "effort-dropped" },
  };

  patch_stage_check (JUMP_DIALECT_MESSAGES, rows, G_N_ELEMENTS (rows));
}

static void
test_format (void)
{
#define SCHEMA "{\"type\":\"json_schema\",\"schema\":{}}"
  const PatchRow rows[] = {
    { opus, OPUS (LIMIT ("9") ",\"output_config\":{\"format\":" SCHEMA "}"), NULL, "" },
    { adapt,
      ADAPT (LIMIT ("9") ",\"output_config\":{\"format\":null}"),
      ADAPT (LIMIT ("9")),
      "format-dropped" },
    { adapt,
      ADAPT (LIMIT ("9") ",\"output_config\":{\"format\":" SCHEMA "}"),
      ADAPT (LIMIT ("9")),
      "format-dropped" },
    { opus,
      OPUS ("\"output_format\":" SCHEMA "," LIMIT ("9")),
      "{\"output_config\":{\"format\":" SCHEMA "},\"model\":\"claude-opus-4.8\"," SAY
      "," LIMIT ("9") "}",
      "format-moved" },
    { opus,
      OPUS ("\"output_format\":" SCHEMA "," LIMIT ("9") "," EFFORT ("low")),
      OPUS (LIMIT ("9") ",\"output_config\":{\"format\":" SCHEMA ",\"effort\":\"low\"}"),
      "format-moved" },
    { adapt,
      ADAPT ("\"output_format\":" SCHEMA "," LIMIT ("9")),
      ADAPT (LIMIT ("9")),
      "format-dropped" },
  };

  patch_stage_check (JUMP_DIALECT_MESSAGES, rows, G_N_ELEMENTS (rows));
}

static void
test_beside (void)
{
#define CLEAR      "{\"type\":\"clear_thinking_20251015\",\"keep\":\"all\"}"
#define TOOLS      "{\"type\":\"clear_tool_uses_20250919\"}"
#define EDITS(all) "\"context_management\":{\"edits\":[" all "]}"
  const PatchRow rows[] = {
    { budget, BUDGET (LIMIT ("9") ",\"temperature\":0.5,\"top_k\":3"), NULL, "" },
    { budget, BUDGET (LIMIT ("9000") "," ENABLED ("2000") ",\"temperature\":1.0"), NULL, "" },
    { budget,
      BUDGET (LIMIT ("9000") "," ENABLED ("2000") ",\"temperature\":0.5,\"top_k\":3"),
      BUDGET (LIMIT ("9000") "," ENABLED ("2000")),
      "temperature-dropped,top-k-dropped" },
    { adapt,
      ADAPT (LIMIT ("9") "," ADAPTIVE ",\"top_k\":3"),
      ADAPT (LIMIT ("9") "," ADAPTIVE),
      "top-k-dropped" },
    { adapt, ADAPT (LIMIT ("9") "," ADAPTIVE "," EDITS (CLEAR)), NULL, "" },
    { adapt, ADAPT (LIMIT ("9") "," EDITS (CLEAR)), ADAPT (LIMIT ("9")), "context-edit-dropped" },
    { adapt,
      ADAPT (LIMIT ("9") "," EDITS (CLEAR "," TOOLS)),
      ADAPT (LIMIT ("9") "," EDITS (TOOLS)),
      "context-edit-dropped" },
    { adapt, ADAPT (LIMIT ("9") "," EDITS (TOOLS)), NULL, "" },
  };

  patch_stage_check (JUMP_DIALECT_MESSAGES, rows, G_N_ELEMENTS (rows));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/messages-thinking-patch/limits", test_limits);
  g_test_add_func ("/messages-thinking-patch/modes", test_modes);
  g_test_add_func ("/messages-thinking-patch/display", test_display);
  g_test_add_func ("/messages-thinking-patch/effort", test_effort);
  g_test_add_func ("/messages-thinking-patch/format", test_format);
  g_test_add_func ("/messages-thinking-patch/beside", test_beside);
  return g_test_run ();
}
