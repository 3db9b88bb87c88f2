/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* One row of the settings' [budgets]: "day = 500 refuse", "month key:laptop = 2000 ask",
 * "day model:claude-opus-* = 100 cheaper gpt-5-mini", "session = 50 warn". Here, because settings check
 * their rows and usage goes by them, and neither knows the other. */

typedef enum
{
  JUMP_BUDGET_SESSION, /* each conversation that a client names */
  JUMP_BUDGET_DAY,     /* from midnight, local time */
  JUMP_BUDGET_MONTH,   /* from the first, local time */
} JumpBudgetPeriod;

typedef enum
{
  JUMP_BUDGET_WARN,
  JUMP_BUDGET_ASK,
  JUMP_BUDGET_CHEAPER,
  JUMP_BUDGET_REFUSE,
} JumpBudgetAction;

typedef struct
{
  char *name; /* (owned): the row's */
  JumpBudgetPeriod period;
  char *key;   /* (owned) (nullable): name or id of a client key */
  char *model; /* (owned) (nullable): "*" at the end for any ending */
  double credits;
  JumpBudgetAction action;
  char *cheaper; /* (owned) (nullable): a model */
} JumpBudgetLimit;

/* Returns: (transfer full) (nullable): NULL with JUMP_ERROR_SETTINGS that says what was expected. */
JumpBudgetLimit *jump_budget_limit_parse (const char *name, const char *value, GError **error);
/* Returns: (transfer full): the value of the row. */
char *jump_budget_limit_dup_value (const JumpBudgetLimit *self);
/* Returns: (transfer full): @credits without zeroes that say nothing: "500", "0.25". */
char *jump_budget_limit_dup_credits (double credits);
const char *jump_budget_action_get_name (JumpBudgetAction action);
const char *jump_budget_period_get_name (JumpBudgetPeriod period);
void jump_budget_limit_free (JumpBudgetLimit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpBudgetLimit, jump_budget_limit_free)
