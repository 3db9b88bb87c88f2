/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-thinking.h"

typedef struct
{
  /* the client's */
  JumpThinking thinking;
  gint64 budget;
  const char *effort;
  gint64 max_tokens;
  /* the model's */
  gboolean is_adaptive;
  gint64 max_budget;
  gint64 max_output;
  gboolean is_forbidden;
  /* what comes out */
  JumpAnthropicThinkingMode mode;
  gint64 expected_budget;
  const char *expected_effort;
  gint64 expected_max;
  const char *changes;
} Row;

#define UNSET    JUMP_THINKING_UNSET
#define OFF      JUMP_THINKING_OFF
#define BUDGET   JUMP_THINKING_BUDGET
#define ADAPTIVE JUMP_THINKING_ADAPTIVE
#define NONE_    JUMP_ANTHROPIC_THINKING_NONE
#define BUDGET_  JUMP_ANTHROPIC_THINKING_BUDGET
#define FREE_    JUMP_ANTHROPIC_THINKING_ADAPTIVE

/* efforts of the adaptive ones: low, medium, high */
static const Row rows[] = {
  { UNSET, -1, NULL, -1, FALSE, 32000, 64000, FALSE, NONE_, 0, NULL, 32000, "" },
  { UNSET, -1, NULL, -1, FALSE, 32000, 8192, FALSE, NONE_, 0, NULL, 8192, "" },
  { UNSET, -1, NULL, -1, FALSE, 0, 0, FALSE, NONE_, 0, NULL, 32000, "" },
  { UNSET, -1, NULL, 9000, FALSE, 0, 8192, FALSE, NONE_, 0, NULL, 8192, "max-tokens-lowered" },
  { OFF, -1, "high", 100, TRUE, 0, 64000, FALSE, NONE_, 0, NULL, 100, "" },
  { UNSET, -1, "none", 100, FALSE, 32000, 64000, FALSE, NONE_, 0, NULL, 100, "" },
  /* budgets */
  { BUDGET, 2000, NULL, 8000, FALSE, 32000, 64000, FALSE, BUDGET_, 2000, NULL, 8000, "" },
  { BUDGET,
    10,
    NULL,
    8000,
    FALSE,
    32000,
    64000,
    FALSE,
    BUDGET_,
    1024,
    NULL,
    8000,
    "thinking-budget-clamped" },
  { BUDGET,
    50000,
    NULL,
    64000,
    FALSE,
    32000,
    64000,
    FALSE,
    BUDGET_,
    32000,
    NULL,
    64000,
    "thinking-budget-clamped" },
  { BUDGET,
    4000,
    NULL,
    4000,
    FALSE,
    32000,
    64000,
    FALSE,
    BUDGET_,
    4000,
    NULL,
    8000,
    "max-tokens-raised" },
  { BUDGET,
    30000,
    NULL,
    1000,
    FALSE,
    32000,
    64000,
    FALSE,
    BUDGET_,
    30000,
    NULL,
    46384,
    "max-tokens-raised" },
  { BUDGET, 32000, NULL, -1, FALSE, 32000, 64000, FALSE, BUDGET_, 32000, NULL, 48384, "" },
  { BUDGET,
    32000,
    NULL,
    16000,
    FALSE,
    32000,
    16000,
    FALSE,
    BUDGET_,
    8000,
    NULL,
    16000,
    "thinking-budget-clamped" },
  /* no room for the smallest */
  { BUDGET, 2000, NULL, 1000, FALSE, 32000, 1500, FALSE, NONE_, 0, NULL, 1000, "" },
  { UNSET, -1, "low", 8000, FALSE, 32000, 64000, FALSE, BUDGET_, 2048, NULL, 8000, "" },
  { ADAPTIVE, -1, NULL, 32000, FALSE, 32000, 64000, FALSE, BUDGET_, 8192, NULL, 32000, "" },
  /* adaptive models */
  { ADAPTIVE, -1, NULL, 32000, TRUE, 0, 64000, FALSE, FREE_, 0, NULL, 32000, "" },
  { ADAPTIVE, -1, "max", 32000, TRUE, 0, 64000, FALSE, FREE_, 0, "high", 32000, "" },
  { BUDGET, 2000, NULL, 32000, TRUE, 0, 64000, FALSE, FREE_, 0, "low", 32000, "" },
  { BUDGET, 2000, "high", 1000, TRUE, 0, 64000, FALSE, FREE_, 0, "high", 1000, "" },
  { UNSET, -1, "minimal", 1000, TRUE, 0, 64000, FALSE, FREE_, 0, "low", 1000, "" },
  /* not possible */
  { ADAPTIVE, -1, "high", 1000, TRUE, 0, 64000, TRUE, NONE_, 0, NULL, 1000, "thinking-dropped" },
  { BUDGET, 2000, NULL, 8000, FALSE, 0, 64000, FALSE, NONE_, 0, NULL, 8000, "thinking-dropped" },
};

static void
test_table (void)
{
  static const char *const efforts[] = { "low", "medium", "high", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      g_autoptr (JumpPrompt) prompt = jump_prompt_new ();
      g_auto (JumpChanges) changes = { NULL };
      JumpAnthropicThinking found;
      const JumpModelTraits traits = {
        .id = "m",
        .is_claude = TRUE,
        .is_known = TRUE,
        .thinks_adaptively = row->is_adaptive,
        .max_thinking_budget = row->max_budget,
        .max_output_tokens = row->max_output,
        .efforts = row->is_adaptive ? efforts : NULL,
      };

      g_test_message ("row %u", i);
      prompt->thinking = row->thinking;
      prompt->thinking_budget = row->budget;
      prompt->effort = g_strdup (row->effort);
      prompt->max_tokens = row->max_tokens;
      jump_anthropic_thinking_decide (&found, prompt, &traits, !row->is_forbidden, &changes);
      g_assert_cmpint (found.mode, ==, row->mode);
      g_assert_cmpint (found.budget, ==, row->expected_budget);
      g_assert_cmpstr (found.effort, ==, row->expected_effort);
      g_assert_cmpint (found.max_tokens, ==, row->expected_max);
      g_assert_cmpstr (jump_changes_get (&changes), ==, row->changes);
    }
}

/* Of a model that no catalogue knows, a budget is worth a try. */
static void
test_unknown_model (void)
{
  g_autoptr (JumpPrompt) prompt = jump_prompt_new ();
  g_auto (JumpChanges) changes = { NULL };
  const JumpModelTraits traits = { .id = "claude-next", .is_claude = TRUE };
  JumpAnthropicThinking found;

  prompt->thinking = JUMP_THINKING_BUDGET;
  prompt->thinking_budget = 5000;
  prompt->max_tokens = 9000;
  jump_anthropic_thinking_decide (&found, prompt, &traits, TRUE, &changes);
  g_assert_cmpint (found.mode, ==, JUMP_ANTHROPIC_THINKING_BUDGET);
  g_assert_cmpint (found.budget, ==, 5000);
  g_assert_cmpint (found.max_tokens, ==, 9000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/anthropic-thinking/table", test_table);
  g_test_add_func ("/anthropic-thinking/unknown-model", test_unknown_model);
  return g_test_run ();
}
