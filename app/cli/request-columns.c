/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/request-columns.h"

#include "app/cli/column-text.h"
#include "app/cli/text-table.h"
#include "service/service.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SIDES     "lrrrrrll"
#define N_COLUMNS 8

/* Wide enough for nearly all: a line that has just come cannot wait for those after it. */
static const glong line_widths[N_COLUMNS] = { 19, 6, 8, 8, 7, 8, 24, 0 };

static char *
format_time (JsonObject *item)
{
  g_autoptr (GDateTime) time =
      g_date_time_new_from_unix_local (jump_json_get_int (item, "timestamp", 0));

  return time == NULL ? NULL : g_date_time_format (time, "%Y-%m-%d %H:%M:%S");
}

static char *
format_status (JsonObject *item)
{
  gint64 status = jump_json_get_int (item, "status_code", 0);

  return status == 0 ? g_strdup (jump_json_get_string (item, "state", NULL))
                     : g_strdup_printf ("%" G_GINT64_FORMAT, status);
}

/* All input, what came from the cache included. */
static char *
format_input (JsonObject *item)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT,
                          jump_json_get_int (item, "input_tokens", 0) +
                              jump_json_get_int (item, "cache_creation_input_tokens", 0) +
                              jump_json_get_int (item, "cache_read_input_tokens", 0));
}

static char *
format_credits (JsonObject *item)
{
  double credits = jump_json_get_double (item, "credits", -1);
  double estimated = jump_json_get_double (item, "estimated_credits", -1);

  if (credits >= 0)
    return g_strdup_printf ("%.3f", credits);
  return estimated < 0 ? NULL : g_strdup_printf ("~%.3f", estimated);
}

static const char *
get_model (JsonObject *item)
{
  const char *translated = jump_json_get_string (item, "translated_model", NULL);

  return translated != NULL ? translated : jump_json_get_string (item, "model", NULL);
}

static const char *
get_client (JsonObject *item)
{
  const char *client = jump_json_get_string (item, "client", NULL);

  return client != NULL ? client : jump_json_get_string (item, "client_ip", NULL);
}

static void
fill_cells (JsonObject *item, char *cells[N_COLUMNS])
{
  cells[0] = format_time (item);
  cells[1] = format_status (item);
  cells[2] = g_strdup_printf ("%.2f s", jump_json_get_double (item, "duration", 0));
  cells[3] = format_input (item);
  cells[4] = g_strdup_printf ("%" G_GINT64_FORMAT, jump_json_get_int (item, "output_tokens", 0));
  cells[5] = format_credits (item);
  cells[6] = g_strdup (get_model (item));
  cells[7] = g_strdup (get_client (item));
}

static const char *
get_heading (guint column)
{
  const char *const headings[N_COLUMNS] = {
    C_ ("requests", "TIME"),    C_ ("requests", "STATUS"), C_ ("requests", "TOOK"),
    C_ ("requests", "INPUT"),   C_ ("requests", "OUTPUT"), C_ ("requests", "CREDITS"),
    C_ ("requests", "MODEL"),   C_ ("requests", "CLIENT"),
  };

  return headings[column];
}

/* Takes @cells. */
static char *
make_line (char *cells[N_COLUMNS])
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      g_autofree char *cell = cells[i] != NULL ? cells[i] : g_strdup ("-");
      glong room = line_widths[i] - jump_column_get_width (cell);

      for (char *at = cell; *at != '\0'; at++)
        if ((guchar) *at < 0x20 || *at == 0x7f)
          *at = ' ';
      g_string_append (line, "  ");
      for (; SIDES[i] == 'r' && room > 0; room--)
        g_string_append_c (line, ' ');
      jump_column_append (line, cell, SIDES[i] == 'l' ? line_widths[i] : 0);
    }
  g_string_append_c (line, '\n');
  return g_string_free (line, FALSE);
}

/**
 * jump_request_columns_new:
 * @answer: of GET /api/requests: the newest first
 *
 * Returns: (transfer full): the newest last, where people look on a terminal
 */
char *
jump_request_columns_new (JsonObject *answer)
{
  JsonArray *items = jump_json_get_array (answer, "items");
  guint n_items = items == NULL ? 0 : json_array_get_length (items);
  g_autoptr (JumpTextTable) table = jump_text_table_new (SIDES);

  if (n_items == 0)
    return g_strdup (_ ("There are no such requests.\n"));
  for (guint i = 0; i < N_COLUMNS; i++)
    jump_text_table_add (table, get_heading (i));
  for (guint i = n_items; i > 0; i--)
    {
      JsonObject *item = jump_json_array_get_object (items, i - 1);
      char *cells[N_COLUMNS];

      if (item == NULL)
        continue;
      fill_cells (item, cells);
      for (guint k = 0; k < N_COLUMNS; k++)
        jump_text_table_take (table, cells[k]);
    }
  return jump_text_table_to_text (table);
}

char *
jump_request_columns_make_head (void)
{
  char *cells[N_COLUMNS];

  for (guint i = 0; i < N_COLUMNS; i++)
    cells[i] = g_strdup (get_heading (i));
  return make_line (cells);
}

/**
 * jump_request_columns_make_line:
 * @item: has ended
 *
 * Returns: (transfer full): with its line's end
 */
char *
jump_request_columns_make_line (JsonObject *item)
{
  char *cells[N_COLUMNS];

  fill_cells (item, cells);
  return make_line (cells);
}

/**
 * jump_request_columns_matches:
 * @item: of a list
 * @text: (nullable): NULL matches all
 *
 * As the service does it for lists: model, endpoint, client, session, route, error.
 *
 * Returns: whether it stands in one of them
 */
gboolean
jump_request_columns_matches (JsonObject *item, const char *text)
{
  static const char *const names[] = { "model",  "translated_model", "endpoint",
                                       "client", "session",          "route",
                                       "error" };
  g_autofree char *wanted = text == NULL ? NULL : g_utf8_casefold (text, -1);

  for (gsize i = 0; wanted != NULL && i < G_N_ELEMENTS (names); i++)
    {
      const char *value = jump_json_get_string (item, names[i], "");
      g_autofree char *folded = g_utf8_casefold (value, -1);

      if (strstr (folded, wanted) != NULL)
        return TRUE;
    }
  return wanted == NULL;
}
