/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* What is shown of a budget. Pure. All return (transfer full) unless it says otherwise. */

/* "Each month, key laptop, claude-opus-*": what it is for */
char *jump_budget_words_title (const JumpBudgetLimit *limit);
/* What happens when it is used up: "Then requests are refused." */
char *jump_budget_words_action (const JumpBudgetLimit *limit);
/* "312 of 500 credits used (62%)", with a ≈ where a part is estimated */
char *jump_budget_words_used (const JumpBudgetState *state);
/* "Starts again at midnight.": (nullable) */
char *jump_budget_words_until (const JumpBudgetState *state);
/* Of 0 to 1, for a bar. */
double jump_budget_words_share (const JumpBudgetState *state);
/* A notification: "80% of the budget is used", and which one */
char *jump_budget_words_notice_title (guint percent);
char *jump_budget_words_notice_body (const JumpBudgetState *state);
/* The name of a row of the settings: "month key:laptop model:claude-*". @key, @model: (nullable) */
char *jump_budget_words_row_name (JumpBudgetPeriod period, const char *key, const char *model);
/* Names of choices. (transfer none) */
const char *jump_budget_words_period (JumpBudgetPeriod period);
const char *jump_budget_words_action_name (JumpBudgetAction action);
/* The limit that refuses by now. Returns: (nullable) (transfer full): a sentence for an overview */
char *jump_budget_words_attention (GArray *states);
