/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/usage/budget.h"

/* What a limit that is used up says to people: in error replies, so in English.
 * Returns: (transfer full): one sentence: which, how much, when it is renewed */
char *jump_budget_text_new (const JumpBudgetState *state);
