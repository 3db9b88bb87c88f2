/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/budget-columns.h"

#include "app/cli/column-text.h"
#include "service/service.h"

#include <glib/gi18n-lib.h>

#define N_COLUMNS 5
#define GAP       2

typedef struct
{
  char *cells[N_COLUMNS]; /* (owned) */
} Row;

static void
free_row (gpointer data)
{
  Row *row = data;

  for (guint i = 0; i < N_COLUMNS; i++)
    g_free (row->cells[i]);
  g_free (row);
}

static char *
describe_action (JsonObject *budget)
{
  const char *action = jump_json_get_string (budget, "action", "");
  const char *model = jump_json_get_string (budget, "cheaper_model", NULL);

  return model == NULL ? g_strdup (action) : g_strconcat (action, " ", model, NULL);
}

/* Only a running service knows what was used. */
static char *
describe_use (JsonObject *budget)
{
  double used = jump_json_get_double (budget, "used", -1);

  return used < 0 ? g_strdup ("-") : jump_budget_limit_dup_credits (used);
}

static char *
describe_percent (JsonObject *budget)
{
  double percent = jump_json_get_double (budget, "percent", -1);

  return percent < 0 ? g_strdup ("-") : g_strdup_printf ("%.0f %%", percent);
}

static Row *
make_row (JsonObject *budget)
{
  Row *row = g_new0 (Row, 1);

  row->cells[0] = g_strdup (jump_json_get_string (budget, "name", ""));
  row->cells[1] = describe_use (budget);
  row->cells[2] = jump_budget_limit_dup_credits (jump_json_get_double (budget, "credits", 0));
  row->cells[3] = describe_percent (budget);
  row->cells[4] = describe_action (budget);
  return row;
}

static Row *
make_head (void)
{
  Row *row = g_new0 (Row, 1);

  row->cells[0] = g_strdup (C_ ("budget", "NAME"));
  row->cells[1] = g_strdup (C_ ("budget", "USED"));
  row->cells[2] = g_strdup (C_ ("budget", "CREDITS"));
  row->cells[3] = g_strdup (C_ ("budget", "PART"));
  row->cells[4] = g_strdup (C_ ("budget", "ACTION"));
  return row;
}

static char *
set_table (GPtrArray *rows)
{
  GString *text = g_string_new (NULL);
  glong widths[N_COLUMNS] = { 0 };

  for (guint i = 0; i < rows->len; i++)
    for (guint j = 0; j < N_COLUMNS; j++)
      widths[j] = MAX (widths[j], jump_column_get_width (((Row *) rows->pdata[i])->cells[j]));
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = rows->pdata[i];

      g_string_append (text, "  ");
      for (guint j = 0; j + 1 < N_COLUMNS; j++)
        jump_column_append (text, row->cells[j], widths[j] + GAP);
      g_string_append_printf (text, "%s\n", row->cells[N_COLUMNS - 1]);
    }
  return g_string_free (text, FALSE);
}

/**
 * jump_budget_columns_new:
 * @answer: of GET /api/budgets
 *
 * Returns: (transfer full): a table, or how to set the first budget
 */
char *
jump_budget_columns_new (JsonObject *answer)
{
  JsonArray *budgets = jump_json_get_array (answer, "budgets");
  guint n_budgets = budgets == NULL ? 0 : json_array_get_length (budgets);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);

  if (n_budgets == 0)
    /* Translators: the words behind the colon are typed */
    return g_strdup (_ ("There are no budgets. To set one: jumpseat budget set day 500 warn\n"));
  g_ptr_array_add (rows, make_head ());
  for (guint i = 0; i < n_budgets; i++)
    {
      JsonObject *budget = jump_json_array_get_object (budgets, i);

      if (budget != NULL)
        g_ptr_array_add (rows, make_row (budget));
    }
  return set_table (rows);
}
