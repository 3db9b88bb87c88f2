/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/budget-words.h"

#include "ui/figure-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define FULL 100

static gulong
get_plural (double amount)
{
  return amount == 1 ? 1 : (gulong) MAX (2, MIN (ceil (amount), 1e9));
}

const char *
jump_budget_words_period (JumpBudgetPeriod period)
{
  switch (period)
    {
    case JUMP_BUDGET_SESSION:
      /* Translators: what a budget is for */
      return _ ("Each conversation");
    case JUMP_BUDGET_DAY:
      /* Translators: what a budget is for */
      return _ ("Each day");
    case JUMP_BUDGET_MONTH:
      /* Translators: what a budget is for */
      return _ ("Each month");
    }
  return "";
}

const char *
jump_budget_words_action_name (JumpBudgetAction action)
{
  switch (action)
    {
    case JUMP_BUDGET_WARN:
      /* Translators: what happens when a budget is used up */
      return _ ("Only tell me");
    case JUMP_BUDGET_ASK:
      /* Translators: what happens when a budget is used up */
      return _ ("Ask before each request");
    case JUMP_BUDGET_CHEAPER:
      /* Translators: what happens when a budget is used up */
      return _ ("Use a cheaper model");
    case JUMP_BUDGET_REFUSE:
      /* Translators: what happens when a budget is used up */
      return _ ("Refuse requests");
    }
  return "";
}

char *
jump_budget_words_title (const JumpBudgetLimit *limit)
{
  const char *period = jump_budget_words_period (limit->period);

  if (limit->key != NULL && limit->model != NULL)
    /* Translators: what a budget is for: "Each day", the name of a key, and of a model */
    return g_strdup_printf (_ ("%s, key “%s”, %s"), period, limit->key, limit->model);
  if (limit->key != NULL)
    /* Translators: what a budget is for: "Each day" and the name of a key */
    return g_strdup_printf (_ ("%s, key “%s”"), period, limit->key);
  if (limit->model != NULL)
    /* Translators: what a budget is for: "Each day" and the name of a model */
    return g_strdup_printf (_ ("%s, %s"), period, limit->model);
  return g_strdup (period);
}

char *
jump_budget_words_action (const JumpBudgetLimit *limit)
{
  switch (limit->action)
    {
    case JUMP_BUDGET_WARN:
      return g_strdup (_ ("You are told at 50, 80, 95 and 100%."));
    case JUMP_BUDGET_ASK:
      return g_strdup (_ ("Once it is used up, you are asked before each request."));
    case JUMP_BUDGET_CHEAPER:
      if (limit->cheaper == NULL)
        return g_strdup (_ ("Once it is used up, a cheaper model is used."));
      /* Translators: %s is the name of a model */
      return g_strdup_printf (_ ("Once it is used up, %s is used."), limit->cheaper);
    case JUMP_BUDGET_REFUSE:
      return g_strdup (_ ("Once it is used up, requests are refused."));
    }
  return NULL;
}

char *
jump_budget_words_used (const JumpBudgetState *state)
{
  double credits = state->limit->credits;
  g_autofree char *amount = jump_figure_text_amount (state->used);
  g_autofree char *used =
      state->estimated > 0 ? g_strdup_printf (C_ ("estimate", "≈ %s"), amount) : g_strdup (amount);
  g_autofree char *all = jump_figure_text_amount (credits);
  g_autofree char *percent =
      jump_figure_text_percent (credits > 0 ? 100 * state->used / credits : FULL);

  /* Translators: how much is used, how much there is, and the same as percentage */
  return g_strdup_printf (
      ngettext ("%s of %s credit used (%s)", "%s of %s credits used (%s)", get_plural (credits)),
      used,
      all,
      percent);
}

char *
jump_budget_words_until (const JumpBudgetState *state)
{
  g_autofree char *day = NULL;

  switch (state->limit->period)
    {
    case JUMP_BUDGET_SESSION:
      return g_strdup (_ ("The conversation that has used most is shown."));
    case JUMP_BUDGET_DAY:
      return g_strdup (_ ("Starts again at midnight."));
    case JUMP_BUDGET_MONTH:
      break;
    }
  if (state->until <= 0)
    return NULL;
  day = jump_figure_text_day (state->until);
  /* Translators: %s is a day such as 1 December */
  return g_strdup_printf (_ ("Starts again on %s."), day);
}

double
jump_budget_words_share (const JumpBudgetState *state)
{
  if (state->limit->credits <= 0)
    return 1;
  return CLAMP (state->used / state->limit->credits, 0, 1);
}

char *
jump_budget_words_notice_title (guint percent)
{
  g_autofree char *text = jump_figure_text_percent (percent);

  if (percent >= FULL)
    return g_strdup (_ ("A budget is used up"));
  /* Translators: %s is a percentage: "80 %" */
  return g_strdup_printf (_ ("%s of a budget are used"), text);
}

char *
jump_budget_words_notice_body (const JumpBudgetState *state)
{
  g_autofree char *title = jump_budget_words_title (state->limit);
  g_autofree char *used = jump_budget_words_used (state);
  g_autofree char *action = jump_budget_words_action (state->limit);

  if (state->limit->action == JUMP_BUDGET_WARN)
    /* Translators: what a budget is for, and how much of it is used */
    return g_strdup_printf (_ ("%s: %s."), title, used);
  /* Translators: what a budget is for, how much of it is used, and a sentence that says what happens then */
  return g_strdup_printf (_ ("%s: %s. %s"), title, used, action);
}

char *
jump_budget_words_row_name (JumpBudgetPeriod period, const char *key, const char *model)
{
  g_autoptr (GString) name = g_string_new (jump_budget_period_get_name (period));

  if (key != NULL)
    g_string_append_printf (name, " key:%s", key);
  if (model != NULL)
    g_string_append_printf (name, " model:%s", model);
  return g_string_free (g_steal_pointer (&name), FALSE);
}

/**
 * jump_budget_words_attention:
 * @states: (element-type JumpBudgetState): of all limits
 *
 * Limits of keys and models stop some only; that they do is said all the same.
 */
char *
jump_budget_words_attention (GArray *states)
{
  for (guint i = 0; i < states->len; i++)
    {
      const JumpBudgetState *state = &g_array_index (states, JumpBudgetState, i);
      g_autofree char *title = NULL;

      if (state->limit->action != JUMP_BUDGET_REFUSE || state->crossed < FULL ||
          state->limit->period == JUMP_BUDGET_SESSION)
        continue;
      title = jump_budget_words_title (state->limit);
      /* Translators: %s is what a budget is for, as in "Each day, key “laptop”" */
      return g_strdup_printf (_ ("A budget is used up, and requests are refused: %s"), title);
    }
  return NULL;
}
