/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/budget-limit.h"

#include "service/base/error.h"

#include <string.h>

#define KEY_WORD   " key:"
#define MODEL_WORD " model:"
/* Ten million dollars: more is a slip of the finger. */
#define MAX_CREDITS 1e9
/* The last digit that is written. */
#define MIN_CREDITS 0.0001

static const char *const period_names[] = {
  [JUMP_BUDGET_SESSION] = "session",
  [JUMP_BUDGET_DAY] = "day",
  [JUMP_BUDGET_MONTH] = "month",
};

static const char *const action_names[] = {
  [JUMP_BUDGET_WARN] = "warn",
  [JUMP_BUDGET_ASK] = "ask",
  [JUMP_BUDGET_CHEAPER] = "cheaper",
  [JUMP_BUDGET_REFUSE] = "refuse",
};

/* Returns: where @word is in @names, or -1 */
static int
find_word (const char *const *names, gsize n_names, const char *word)
{
  for (gsize i = 0; i < n_names; i++)
    if (g_ascii_strcasecmp (names[i], word) == 0)
      return (int) i;
  return -1;
}

static gboolean
set_bad_name (const char *name, const char *expected, GError **error)
{
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_SETTINGS,
               "budgets.%s: expected %s, as in \"day\", \"month key:laptop\" or "
               "\"session model:claude-opus-*\"",
               name,
               expected);
  return FALSE;
}

static gboolean
set_bad_value (const char *name, const char *value, const char *expected, GError **error)
{
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_SETTINGS,
               "budgets.%s: \"%s\" is not %s",
               name,
               value,
               expected);
  return FALSE;
}

static gboolean
is_plain (const char *text)
{
  for (; *text != '\0'; text++)
    if (g_ascii_iscntrl (*text))
      return FALSE;
  return TRUE;
}

/* Cuts what follows @word off @rest. Returns: (transfer full) (nullable): it, NULL: not there */
static char *
cut_off (char *rest, const char *word)
{
  char *at = strstr (rest, word);

  if (at == NULL)
    return NULL;
  *at = '\0';
  return g_strstrip (g_strdup (at + strlen (word)));
}

/* A key may be called "my laptop", a model holds no blank. */
static gboolean
read_name (JumpBudgetLimit *self, GError **error)
{
  g_autofree char *rest = g_strdup (self->name);
  const char *star;
  int period;

  self->model = cut_off (rest, MODEL_WORD);
  self->key = cut_off (rest, KEY_WORD);
  g_strstrip (rest);
  period = find_word (period_names, G_N_ELEMENTS (period_names), rest);
  if (period < 0)
    return set_bad_name (self->name, "a period, day, month or session", error);
  self->period = (JumpBudgetPeriod) period;
  if (self->key != NULL && (*self->key == '\0' || strchr (self->key, ':') != NULL))
    return set_bad_name (self->name, "the name of a client key behind key:", error);
  if (self->model == NULL)
    return TRUE;
  star = strchr (self->model, '*');
  if (*self->model == '\0' || strpbrk (self->model, " \t") != NULL ||
      (star != NULL && star[1] != '\0'))
    return set_bad_name (self->name,
                         "a model behind model:, with * only at its end, and key: before it",
                         error);
  return TRUE;
}

/* GLib reads "inf" and "0x10" as numbers, too. */
static gboolean
read_credits (const char *text, double *out_credits)
{
  char *end = NULL;

  if (strspn (text, "0123456789.") != strlen (text))
    return FALSE;
  *out_credits = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && *out_credits >= MIN_CREDITS && *out_credits <= MAX_CREDITS;
}

static gboolean
read_value (JumpBudgetLimit *self, const char *value, GError **error)
{
  g_auto (GStrv) all = g_strsplit_set (value, " \t", -1);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  int action;

  for (guint i = 0; all[i] != NULL; i++)
    if (*all[i] != '\0')
      g_ptr_array_add (words, all[i]);
  if (words->len < 2)
    return set_bad_value (self->name, value, "credits and an action, as in \"500 warn\"", error);
  if (!read_credits (words->pdata[0], &self->credits))
    return set_bad_value (self->name,
                          value,
                          "in the form of a number of credits above 0 and an action",
                          error);
  action = find_word (action_names, G_N_ELEMENTS (action_names), words->pdata[1]);
  if (action < 0)
    return set_bad_value (self->name, value, "one of warn, ask, cheaper, refuse", error);
  self->action = (JumpBudgetAction) action;
  if (words->len > (self->action == JUMP_BUDGET_CHEAPER ? 3 : 2))
    return set_bad_value (self->name,
                          value,
                          "credits and an action; only cheaper takes a model behind it",
                          error);
  if (words->len == 3)
    self->cheaper = g_strdup (words->pdata[2]);
  return TRUE;
}

/**
 * jump_budget_limit_parse:
 * @name: of the row: a period, and what it is for: "day key:my laptop model:claude-*"
 * @value: of the row: "12.5 cheaper gpt-5-mini"
 * @error: JUMP_ERROR_SETTINGS, as in: budgets.day: "12 stop" is not one of warn, ask, cheaper, refuse
 *
 * Returns: (transfer full) (nullable): the limit
 */
JumpBudgetLimit *
jump_budget_limit_parse (const char *name, const char *value, GError **error)
{
  g_autoptr (JumpBudgetLimit) self = g_new0 (JumpBudgetLimit, 1);
  g_autofree char *shown = NULL;

  self->name = g_strdup (name);
  if (!is_plain (name) || !is_plain (value))
    {
      shown = g_strescape (name, NULL);
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_SETTINGS,
                   "budgets.%s: expected a text of one line",
                   shown);
      return NULL;
    }
  if (!read_name (self, error) || !read_value (self, value, error))
    return NULL;
  return g_steal_pointer (&self);
}

char *
jump_budget_limit_dup_credits (double credits)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  char *end;

  g_ascii_formatd (text, sizeof text, "%.4f", credits);
  end = text + strlen (text);
  while (end[-1] == '0')
    *--end = '\0';
  if (end[-1] == '.')
    *--end = '\0';
  return g_strdup (text);
}

/**
 * jump_budget_limit_dup_value:
 * @self: a limit
 *
 * Returns: (transfer full): what jump_budget_limit_parse() reads as the same
 */
char *
jump_budget_limit_dup_value (const JumpBudgetLimit *self)
{
  g_autofree char *credits = jump_budget_limit_dup_credits (self->credits);

  return g_strdup_printf ("%s %s%s%s",
                          credits,
                          action_names[self->action],
                          self->cheaper != NULL ? " " : "",
                          self->cheaper != NULL ? self->cheaper : "");
}

const char *
jump_budget_action_get_name (JumpBudgetAction action)
{
  return action_names[action];
}

const char *
jump_budget_period_get_name (JumpBudgetPeriod period)
{
  return period_names[period];
}

void
jump_budget_limit_free (JumpBudgetLimit *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->key);
  g_free (self->model);
  g_free (self->cheaper);
  g_free (self);
}
