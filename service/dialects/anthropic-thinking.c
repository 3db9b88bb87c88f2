/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-thinking.h"

#include "service/conversation/effort.h"

#include <string.h>

/* For clients that set no limit, where Anthropic insists on one: more than most answers need, and what
 * every Claude model since 3.7 can write. The model's own maximum would do as well but for its price when
 * one runs wild. */
#define DEFAULT_MAX_TOKENS 32000
/* Protocol 6.3. */
#define MIN_BUDGET 1024
/* H-05: room for the answer behind a budget that fills the limit. */
#define MAX_ROOM 16384

static gint64
limit (gint64 value, gint64 max)
{
  return max > 0 ? MIN (value, max) : value;
}

static void
decide_max_tokens (JumpAnthropicThinking *self,
                   const JumpPrompt *prompt,
                   const JumpModelTraits *traits,
                   JumpChanges *changes)
{
  self->max_tokens = prompt->max_tokens > 0 ? prompt->max_tokens : DEFAULT_MAX_TOKENS;
  self->max_tokens = limit (self->max_tokens, traits->max_output_tokens);
  if (prompt->max_tokens > self->max_tokens)
    jump_changes_add (changes, "max-tokens-lowered");
}

static void
decide_budget (JumpAnthropicThinking *self,
               const JumpPrompt *prompt,
               const JumpModelTraits *traits,
               JumpChanges *changes)
{
  gint64 budget = prompt->thinking == JUMP_THINKING_BUDGET && prompt->thinking_budget > 0
                      ? prompt->thinking_budget
                      : jump_effort_to_budget (jump_effort_of_prompt (prompt), traits);
  gint64 wanted = budget;
  gint64 max_tokens;

  if (budget <= 0)
    return;
  budget = MAX (budget, MAX (traits->min_thinking_budget, MIN_BUDGET));
  budget = limit (budget, traits->max_thinking_budget);
  max_tokens = self->max_tokens;
  if (max_tokens <= budget)
    max_tokens = limit (budget + MIN (MAX_ROOM, budget), traits->max_output_tokens);
  if (max_tokens <= budget)
    budget = max_tokens / 2;
  if (budget < MIN_BUDGET)
    return;
  if (max_tokens > self->max_tokens && prompt->max_tokens > 0)
    jump_changes_add (changes, "max-tokens-raised");
  if (budget != wanted)
    jump_changes_add (changes, "thinking-budget-clamped");
  self->mode = JUMP_ANTHROPIC_THINKING_BUDGET;
  self->budget = budget;
  self->max_tokens = max_tokens;
}

static gboolean
wants_thinking (const JumpPrompt *prompt)
{
  const char *effort = jump_effort_of_prompt (prompt);

  return effort != NULL && strcmp (effort, "none") != 0;
}

/**
 * jump_anthropic_thinking_decide:
 * @self: (out caller-allocates)
 * @prompt: what the client asks; who asks for nothing gets no thinking
 * @traits: of the model
 * @is_allowed: see jump_anthropic_turns_allow_thinking(); a choice of tools forbids it too
 * @changes: notes what was changed
 *
 * Adaptive models take no budget, so one becomes an effort (H-06); those with a budget take no effort.
 */
void
jump_anthropic_thinking_decide (JumpAnthropicThinking *self,
                                const JumpPrompt *prompt,
                                const JumpModelTraits *traits,
                                gboolean is_allowed,
                                JumpChanges *changes)
{
  gboolean can_think = traits->thinks_adaptively || traits->max_thinking_budget > 0 ||
                       (!traits->is_known && traits->is_claude);

  *self = (JumpAnthropicThinking){ JUMP_ANTHROPIC_THINKING_NONE, 0, NULL, 0 };
  decide_max_tokens (self, prompt, traits, changes);
  if (!wants_thinking (prompt))
    return;
  if (!is_allowed || !can_think)
    {
      jump_changes_add (changes, "thinking-dropped");
      return;
    }
  if (!traits->thinks_adaptively)
    {
      decide_budget (self, prompt, traits, changes);
      return;
    }
  self->mode = JUMP_ANTHROPIC_THINKING_ADAPTIVE;
  if (prompt->effort != NULL || prompt->thinking == JUMP_THINKING_BUDGET)
    self->effort = jump_effort_nearest (jump_effort_of_prompt (prompt), traits);
}
