/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/budget-limit.h"

#include "service/base/error.h"

JumpBudgetLimit *
jump_budget_limit_parse (const char *name, const char *value, GError **error)
{
  g_set_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS, "not yet");
  return NULL;
}

char *
jump_budget_limit_dup_value (const JumpBudgetLimit *self)
{
  return g_strdup ("");
}

void
jump_budget_limit_free (JumpBudgetLimit *self)
{
  g_free (self->name);
  g_free (self->key);
  g_free (self->model);
  g_free (self->cheaper);
  g_free (self);
}
