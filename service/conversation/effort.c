/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/effort.h"

/* From the weakest to the strongest. The budgets are ours; those of the words that H-06 knows lie
 * inside its bounds, so that a word survives the way there and back. */
static const struct
{
  const char *word;
  gint64 budget; /* tokens */
} scale[] = {
  { "none", 0 },     { "minimal", 1024 }, { "low", 2048 },  { "medium", 8192 },
  { "high", 24576 }, { "xhigh", 32768 },  { "max", 65536 },
};

#define LOW_BELOW    4096
#define MEDIUM_BELOW 16384
/* Messages takes no smaller budget (protocol 6.3). */
#define MIN_BUDGET 1024

/* Returns: -1 for a word that is not on the scale */
static int
position (const char *word)
{
  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (scale); i++)
    if (g_str_equal (scale[i].word, word))
      return (int) i;
  return -1;
}

/**
 * jump_effort_from_budget:
 * @budget: tokens; 0 or less: no thinking
 *
 * Returns: none, low, medium or high (H-06)
 */
const char *
jump_effort_from_budget (gint64 budget)
{
  if (budget <= 0)
    return "none";
  if (budget < LOW_BELOW)
    return "low";
  return budget < MEDIUM_BELOW ? "medium" : "high";
}

/**
 * jump_effort_to_budget:
 * @effort: (nullable): a word; unknown ones count as medium, none and %NULL as no thinking
 * @traits: of the model that shall think
 *
 * Returns: tokens; 0: no thinking, because nobody wants it or the model has no budget
 */
gint64
jump_effort_to_budget (const char *effort, const JumpModelTraits *traits)
{
  int at = position (effort);
  gint64 budget = scale[at < 0 ? position ("medium") : at].budget;

  if (effort == NULL || budget == 0 || (traits->is_known && traits->max_thinking_budget <= 0))
    return 0;
  if (traits->max_thinking_budget > 0)
    budget = MIN (budget, traits->max_thinking_budget);
  return MAX (budget, MAX (traits->min_thinking_budget, MIN_BUDGET));
}

/**
 * jump_effort_nearest:
 * @effort: (nullable): the wanted word
 * @traits: of the model that shall think
 *
 * Returns: (nullable): a word of the model's list, never one that means more effort than one that
 *   is just as near
 */
const char *
jump_effort_nearest (const char *effort, const JumpModelTraits *traits)
{
  int wanted = position (effort);
  int best = -1;
  const char *word = NULL;

  if (wanted < 0 || traits->efforts == NULL)
    return NULL;
  for (gsize i = 0; traits->efforts[i] != NULL; i++)
    {
      int at = position (traits->efforts[i]);
      int distance = ABS (at - wanted);

      if (at < 0)
        continue;
      if (best < 0 || distance < ABS (best - wanted) ||
          (distance == ABS (best - wanted) && at < best))
        {
          best = at;
          word = traits->efforts[i];
        }
    }
  return word;
}

/**
 * jump_effort_of_prompt:
 * @prompt: what a client asks
 *
 * Switching thinking off wins over any word, as a word may also steer how much is written. Thinking
 * without a measure counts as medium: models that would not think by themselves have to be told.
 *
 * Returns: (nullable): a word, not necessarily one that the model takes
 */
const char *
jump_effort_of_prompt (const JumpPrompt *prompt)
{
  if (prompt->thinking == JUMP_THINKING_OFF)
    return "none";
  if (prompt->effort != NULL)
    return prompt->effort;
  switch (prompt->thinking)
    {
    case JUMP_THINKING_UNSET:
    case JUMP_THINKING_OFF:
      return NULL;
    case JUMP_THINKING_BUDGET:
      return jump_effort_from_budget (prompt->thinking_budget);
    case JUMP_THINKING_ADAPTIVE:
      return "medium";
    }
  return NULL;
}
