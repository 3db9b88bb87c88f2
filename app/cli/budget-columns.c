/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/budget-columns.h"

#include "app/cli/text-table.h"
#include "service/service.h"

#include <glib/gi18n-lib.h>

#define SIDES "lrrrl"

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

  return used < 0 ? NULL : jump_budget_limit_dup_credits (used);
}

static char *
describe_percent (JsonObject *budget)
{
  double percent = jump_json_get_double (budget, "percent", -1);

  return percent < 0 ? NULL : g_strdup_printf ("%.0f %%", percent);
}

static void
add_row (JumpTextTable *table, JsonObject *budget)
{
  jump_text_table_add (table, jump_json_get_string (budget, "name", ""));
  jump_text_table_take (table, describe_use (budget));
  jump_text_table_take (
      table,
      jump_budget_limit_dup_credits (jump_json_get_double (budget, "credits", 0)));
  jump_text_table_take (table, describe_percent (budget));
  jump_text_table_take (table, describe_action (budget));
}

static void
add_head (JumpTextTable *table)
{
  jump_text_table_add (table, C_ ("budget", "NAME"));
  jump_text_table_add (table, C_ ("budget", "USED"));
  jump_text_table_add (table, C_ ("budget", "CREDITS"));
  jump_text_table_add (table, C_ ("budget", "PART"));
  jump_text_table_add (table, C_ ("budget", "ACTION"));
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
  g_autoptr (JumpTextTable) table = jump_text_table_new (SIDES);

  if (n_budgets == 0)
    /* Translators: the words behind the colon are typed */
    return g_strdup (_ ("There are no budgets. To set one: jumpseat budget set day 500 warn\n"));
  add_head (table);
  for (guint i = 0; i < n_budgets; i++)
    {
      JsonObject *budget = jump_json_array_get_object (budgets, i);

      if (budget != NULL)
        add_row (table, budget);
    }
  return jump_text_table_to_text (table);
}
