/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/usage-columns.h"

#include "app/cli/text-table.h"
#include "service/service.h"

#include <glib/gi18n-lib.h>

#define SIDES "lrrrrrr"
/* Fewer credits do not show. */
#define LEAST_SHOWN 0.005

static char *
format_count (JsonObject *row, const char *name)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, jump_json_get_int (row, name, 0));
}

/* What upstream said, and behind a tilde what the catalogue's prices say of the rest. */
static char *
format_credits (JsonObject *row)
{
  double credits = jump_json_get_double (row, "credits", -1);
  double estimated = jump_json_get_double (row, "estimated_credits", 0);

  if (credits < 0 && estimated <= 0)
    return NULL;
  if (estimated <= 0 || (credits >= LEAST_SHOWN && estimated < LEAST_SHOWN))
    return g_strdup_printf ("%.2f", credits);
  if (credits < LEAST_SHOWN)
    return g_strdup_printf ("~%.2f", MAX (credits, 0) + estimated);
  return g_strdup_printf ("%.2f + ~%.2f", credits, estimated);
}

static char *
format_share (JsonObject *row)
{
  double share = jump_json_get_double (row, "cached_share", -1);

  return share < 0 ? NULL : g_strdup_printf ("%.0f %%", share * 100);
}

static char *
format_name (JsonObject *row, const char *by)
{
  gint64 seconds = jump_json_get_int (row, "time", 0);
  const char *name = jump_json_get_string (row, "name", NULL);
  g_autoptr (GDateTime) time = NULL;

  if (seconds == 0)
    return g_strdup (name);
  time = g_date_time_new_from_unix_local (seconds);
  return g_date_time_format (time, g_str_equal (by, "day") ? "%Y-%m-%d" : "%Y-%m-%d %H:%M");
}

/* Takes @name. */
static void
add_row (JumpTextTable *table, char *name, JsonObject *row)
{
  jump_text_table_take (table, name);
  jump_text_table_take (table, format_count (row, "requests"));
  jump_text_table_take (table, format_count (row, "failed"));
  jump_text_table_take (table, format_count (row, "input_tokens"));
  jump_text_table_take (table, format_share (row));
  jump_text_table_take (table, format_count (row, "output_tokens"));
  jump_text_table_take (table, format_credits (row));
}

static void
add_head (JumpTextTable *table, const char *by)
{
  jump_text_table_take (table, g_ascii_strup (by, -1));
  jump_text_table_add (table, C_ ("usage", "REQUESTS"));
  jump_text_table_add (table, C_ ("usage", "FAILED"));
  jump_text_table_add (table, C_ ("usage", "INPUT"));
  jump_text_table_add (table, C_ ("usage", "CACHED"));
  jump_text_table_add (table, C_ ("usage", "OUTPUT"));
  jump_text_table_add (table, C_ ("usage", "CREDITS"));
}

/**
 * jump_usage_columns_new:
 * @answer: of GET /api/usage
 * @by: what it was added up by
 *
 * Returns: (transfer full): a table with a row of totals, or that nothing was used
 */
char *
jump_usage_columns_new (JsonObject *answer, const char *by)
{
  JsonArray *rows = jump_json_get_array (answer, "rows");
  JsonObject *totals = jump_json_get_object (answer, "totals");
  guint n_rows = rows == NULL ? 0 : json_array_get_length (rows);
  g_autoptr (JumpTextTable) table = jump_text_table_new (SIDES);

  if (n_rows == 0 || totals == NULL)
    return g_strdup (_ ("Nothing was used in that time.\n"));
  add_head (table, by);
  for (guint i = 0; i < n_rows; i++)
    {
      JsonObject *row = jump_json_array_get_object (rows, i);

      if (row != NULL)
        add_row (table, format_name (row, by), row);
    }
  add_row (table, g_strdup (C_ ("usage", "total")), totals);
  return jump_text_table_to_text (table);
}
