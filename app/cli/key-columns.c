/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/key-columns.h"

#include "app/cli/column-text.h"
#include "service/service.h"

#include <glib/gi18n-lib.h>
#include <string.h>

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

static const char *
translate_state (const char *state)
{
  if (strcmp (state, "active") == 0)
    return C_ ("client key", "active");
  if (strcmp (state, "pending") == 0)
    return C_ ("client key", "waits for approval");
  return C_ ("client key", "revoked");
}

static char *
describe_time (gint64 seconds)
{
  g_autoptr (GDateTime) time = NULL;

  if (seconds == 0)
    return g_strdup (_ ("never"));
  time = g_date_time_new_from_unix_local (seconds);
  return time == NULL ? g_strdup ("-") : g_date_time_format (time, "%Y-%m-%d %H:%M");
}

static void
add_models (GPtrArray *parts, JsonArray *models)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; models != NULL && i < json_array_get_length (models); i++)
    g_string_append_printf (names,
                            "%s%s",
                            i == 0 ? "" : " ",
                            jump_json_array_get_string (models, i));
  if (names->len > 0)
    g_ptr_array_add (parts, g_strdup (names->str));
}

static char *
describe_limits (JsonObject *key)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  guint per_minute = (guint) jump_json_get_int (key, "requests_per_minute", 0);
  guint concurrent = (guint) jump_json_get_int (key, "concurrent", 0);
  double credits = jump_json_get_double (key, "daily_credits", 0);

  if (per_minute > 0)
    /* Translators: requests in one minute, as in "20/minute" */
    g_ptr_array_add (parts, g_strdup_printf (_ ("%u/minute"), per_minute));
  if (concurrent > 0)
    /* Translators: requests at the same time */
    g_ptr_array_add (parts, g_strdup_printf (_ ("%u at once"), concurrent));
  if (credits > 0)
    g_ptr_array_add (parts, g_strdup_printf (_ ("%g credits a day"), credits));
  add_models (parts, jump_json_get_array (key, "models"));
  if (parts->len == 0)
    return g_strdup (_ ("none"));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (", ", (char **) parts->pdata);
}

static Row *
make_row (JsonObject *key)
{
  Row *row = g_new0 (Row, 1);

  row->cells[0] = g_strdup (jump_json_get_string (key, "name", ""));
  row->cells[1] = g_strdup (translate_state (jump_json_get_string (key, "state", "")));
  row->cells[2] = g_strconcat ("…", jump_json_get_string (key, "hint", ""), NULL);
  row->cells[3] = describe_time (jump_json_get_int (key, "last_used", 0));
  row->cells[4] = describe_limits (key);
  return row;
}

static Row *
make_head (void)
{
  Row *row = g_new0 (Row, 1);

  row->cells[0] = g_strdup (C_ ("client key", "NAME"));
  row->cells[1] = g_strdup (C_ ("client key", "STATE"));
  row->cells[2] = g_strdup (C_ ("client key", "ENDS IN"));
  row->cells[3] = g_strdup (C_ ("client key", "LAST USED"));
  row->cells[4] = g_strdup (C_ ("client key", "LIMITS"));
  return row;
}

static char *
set_table (GPtrArray *rows)
{
  GString *text = g_string_new (NULL);
  glong widths[N_COLUMNS] = { 0 };

  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = g_ptr_array_index (rows, i);

      for (guint j = 0; j < N_COLUMNS; j++)
        widths[j] = MAX (widths[j], jump_column_get_width (row->cells[j]));
    }
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = g_ptr_array_index (rows, i);

      g_string_append (text, "  ");
      for (guint j = 0; j + 1 < N_COLUMNS; j++)
        jump_column_append (text, row->cells[j], widths[j] + GAP);
      g_string_append_printf (text, "%s\n", row->cells[N_COLUMNS - 1]);
    }
  return g_string_free (text, FALSE);
}

/**
 * jump_key_columns_new:
 * @answer: of GET /api/keys
 *
 * Returns: (transfer full): a table, or how to make the first key
 */
char *
jump_key_columns_new (JsonObject *answer)
{
  JsonArray *keys = jump_json_get_array (answer, "keys");
  guint n_keys = keys == NULL ? 0 : json_array_get_length (keys);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);

  if (n_keys == 0)
    /* Translators: the words behind the colon are typed */
    return g_strdup (_ ("There are no client keys. To make one: jumpseat keys create NAME\n"));
  g_ptr_array_add (rows, make_head ());
  for (guint i = 0; i < n_keys; i++)
    {
      JsonObject *key = jump_json_array_get_object (keys, i);

      if (key != NULL)
        g_ptr_array_add (rows, make_row (key));
    }
  return set_table (rows);
}
