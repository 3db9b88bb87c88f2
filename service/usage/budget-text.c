/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/budget-text.h"

static const char *
get_period (JumpBudgetPeriod period)
{
  switch (period)
    {
    case JUMP_BUDGET_SESSION:
      return "the budget of this conversation";
    case JUMP_BUDGET_DAY:
      return "the budget for today";
    case JUMP_BUDGET_MONTH:
      break;
    }
  return "the budget for this month";
}

static void
append_credits (GString *text, double credits)
{
  g_autofree char *number = jump_budget_limit_dup_credits (credits);

  g_string_append (text, number);
}

/* In the computer's own time, as budgets are. */
static void
append_renewal (GString *text, gint64 until)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (until);
  g_autofree char *shown = g_date_time_format (date, "%Y-%m-%d %H:%M");

  if (until == 0)
    g_string_append (text, "; a new conversation has one of its own");
  else
    g_string_append_printf (text, "; it is renewed at %s", shown);
}

char *
jump_budget_text_new (const JumpBudgetState *state)
{
  const JumpBudgetLimit *limit = state->limit;
  g_autofree char *estimated = jump_budget_limit_dup_credits (state->estimated);
  GString *text = g_string_new (get_period (limit->period));

  if (limit->key != NULL)
    g_string_append_printf (text, " of the client key \"%s\"", limit->key);
  if (limit->model != NULL)
    g_string_append_printf (text, " for the model %s", limit->model);
  g_string_append (text, " is used up: ");
  append_credits (text, state->used);
  g_string_append (text, " of ");
  append_credits (text, limit->credits);
  g_string_append (text, " credits");
  /* Parts of a request's price can be too small to show. */
  if (!g_str_equal (estimated, "0"))
    g_string_append_printf (text, " (%s of them estimated)", estimated);
  append_renewal (text, state->until);
  g_string_append_printf (text, " (Jumpseat's setting budgets.%s)", limit->name);
  return g_string_free (text, FALSE);
}
