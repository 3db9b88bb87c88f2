/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/changes.h"
#include "service/conversation/model-traits.h"
#include "service/conversation/prompt.h"

/* How much a Claude model shall write and think, which is one question: what it thinks counts as
 * output. Pure. */

typedef enum
{
  JUMP_ANTHROPIC_THINKING_NONE,     /* nothing is said about it */
  JUMP_ANTHROPIC_THINKING_ADAPTIVE, /* as much as the model likes */
  JUMP_ANTHROPIC_THINKING_BUDGET,
} JumpAnthropicThinkingMode;

typedef struct
{
  JumpAnthropicThinkingMode mode;
  gint64 budget;      /* tokens: BUDGET */
  const char *effort; /* (nullable): a word of the model's */
  gint64 max_tokens;
} JumpAnthropicThinking;

/* @is_allowed: nothing else in the request speaks against it */
void jump_anthropic_thinking_decide (JumpAnthropicThinking *self,
                                     const JumpPrompt *prompt,
                                     const JumpModelTraits *traits,
                                     gboolean is_allowed,
                                     JumpChanges *changes);
