/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/effort.h"

static void
test_from_budget (void)
{
  static const struct
  {
    gint64 budget;
    const char *effort;
  } cases[] = {
    { -1, "none" },      { 0, "none" },     { 1, "low" },
    { 1024, "low" },     { 4095, "low" },   { 4096, "medium" },
    { 16383, "medium" }, { 16384, "high" }, { G_MAXINT64, "high" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (jump_effort_from_budget (cases[i].budget), ==, cases[i].effort);
}

static void
test_to_budget (void)
{
  static const struct
  {
    const char *effort;
    gboolean is_known;
    gint64 min;
    gint64 max;
    gint64 budget;
  } cases[] = {
    { NULL, TRUE, 1024, 32000, 0 },
    { "none", TRUE, 1024, 32000, 0 },
    { "minimal", TRUE, 1024, 32000, 1024 },
    { "low", TRUE, 1024, 32000, 2048 },
    { "medium", TRUE, 1024, 32000, 8192 },
    { "high", TRUE, 1024, 32000, 24576 },
    { "max", TRUE, 1024, 32000, 32000 },
    { "high", TRUE, 1024, 10000, 10000 },
    { "low", TRUE, 4000, 32000, 4000 },
    { "sideways", TRUE, 1024, 32000, 8192 },
    /* the catalogue says that it has no budget */
    { "high", TRUE, 0, 0, 0 },
    /* nobody knows the model */
    { "high", FALSE, 0, 0, 24576 },
    { "minimal", FALSE, 0, 0, 1024 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      JumpModelTraits traits = { .is_known = cases[i].is_known,
                                 .min_thinking_budget = cases[i].min,
                                 .max_thinking_budget = cases[i].max };

      g_assert_cmpint (jump_effort_to_budget (cases[i].effort, &traits), ==, cases[i].budget);
    }
}

/* Who asked for a word gets that word back. */
static void
test_there_and_back (void)
{
  static const char *const words[] = { "none", "low", "medium", "high" };
  const JumpModelTraits traits = { .max_thinking_budget = 32000 };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_cmpstr (jump_effort_from_budget (jump_effort_to_budget (words[i], &traits)),
                     ==,
                     words[i]);
}

static void
test_nearest (void)
{
  static const char *const three[] = { "low", "medium", "high", NULL };
  static const char *const backwards[] = { "xhigh", "high", "none", NULL };
  static const char *const odd[] = { "ludicrous", "medium", NULL };
  static const char *const no_word[] = { "ludicrous", NULL };
  static const struct
  {
    const char *const *efforts;
    const char *effort;
    const char *nearest;
  } cases[] = {
    { three, "medium", "medium" },   { three, "none", "low" },     { three, "minimal", "low" },
    { three, "max", "high" },        { three, NULL, NULL },        { three, "sideways", NULL },
    { backwards, "max", "xhigh" },   { backwards, "low", "none" }, /* as far from high: the weaker one */
    { backwards, "medium", "high" }, { odd, "low", "medium" },     { no_word, "low", NULL },
    { NULL, "low", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      JumpModelTraits traits = { .efforts = cases[i].efforts };

      g_assert_cmpstr (jump_effort_nearest (cases[i].effort, &traits), ==, cases[i].nearest);
    }
}

static void
test_of_prompt (void)
{
  static const struct
  {
    JumpThinking thinking;
    gint64 budget;
    const char *effort;
    const char *expected;
  } cases[] = {
    { JUMP_THINKING_UNSET, -1, NULL, NULL },        { JUMP_THINKING_UNSET, -1, "xhigh", "xhigh" },
    { JUMP_THINKING_OFF, -1, NULL, "none" },        { JUMP_THINKING_OFF, -1, "high", "none" },
    { JUMP_THINKING_BUDGET, 1024, NULL, "low" },    { JUMP_THINKING_BUDGET, 31999, NULL, "high" },
    { JUMP_THINKING_BUDGET, 1024, "high", "high" }, { JUMP_THINKING_ADAPTIVE, -1, NULL, "medium" },
    { JUMP_THINKING_ADAPTIVE, -1, "low", "low" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JumpPrompt) prompt = jump_prompt_new ();

      prompt->thinking = cases[i].thinking;
      prompt->thinking_budget = cases[i].budget;
      prompt->effort = g_strdup (cases[i].effort);
      g_assert_cmpstr (jump_effort_of_prompt (prompt), ==, cases[i].expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/effort/from-budget", test_from_budget);
  g_test_add_func ("/effort/to-budget", test_to_budget);
  g_test_add_func ("/effort/there-and-back", test_there_and_back);
  g_test_add_func ("/effort/nearest", test_nearest);
  g_test_add_func ("/effort/of-prompt", test_of_prompt);
  return g_test_run ();
}
