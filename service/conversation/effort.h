/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/model-traits.h"
#include "service/conversation/prompt.h"

/* How hard a model shall think: words in one dialect, a budget of tokens in another, both subject to what
 * the model takes. Pure. */

/* H-06: below 4096 tokens low, below 16384 medium, else high. */
const char *jump_effort_from_budget (gint64 budget);
/* The opposite, within the model's bounds. 0: no thinking. */
gint64 jump_effort_to_budget (const char *effort, const JumpModelTraits *traits);
/* The word of the model's list that comes nearest to @effort, the weaker one of two. (nullable): the model
 * has no list, or @effort is no word of the scale none, minimal, low, medium, high, xhigh, max. */
const char *jump_effort_nearest (const char *effort, const JumpModelTraits *traits);
/* What @prompt wants as a word, from effort, thinking and budget; NULL: it did not say. */
const char *jump_effort_of_prompt (const JumpPrompt *prompt);
