/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/usage-export.h"

#include "ui/save-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The heading of the first column, the same in every language: programs read it. */
static const char *
get_heading (JumpSumBy by)
{
  switch (by)
    {
    case JUMP_SUM_ALL:
      return "time";
    case JUMP_SUM_MODEL:
      return "model";
    case JUMP_SUM_API:
      return "api";
    case JUMP_SUM_CLIENT:
      return "client";
    case JUMP_SUM_KEY:
      return "key";
    case JUMP_SUM_SESSION:
      return "session";
    case JUMP_SUM_STATUS:
      return "status";
    }
  return "name";
}

/**
 * jump_usage_export_new_text:
 * @by: what the rows are
 * @rows: (element-type JumpUsageRow): what there is
 */
char *
jump_usage_export_new_text (JumpSumBy by, GPtrArray *rows)
{
  g_autoptr (GString) text = g_string_new (NULL);

  jump_usage_csv_append_head (text, get_heading (by));
  for (guint i = 0; i < rows->len; i++)
    {
      const JumpUsageRow *row = g_ptr_array_index (rows, i);

      jump_usage_csv_append_row (text, row->name, row->order, &row->sums);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
jump_usage_export_ask (GtkWidget *widget, JumpUsageNumbers *numbers)
{
  GPtrArray *rows = jump_usage_numbers_get_rows (numbers);
  g_autofree char *name = NULL;
  g_autoptr (GBytes) content = NULL;
  char *text;

  if (rows == NULL)
    return;
  name = g_strdup_printf ("jumpseat-usage-%s.csv",
                          jump_usage_range_get_name (jump_usage_numbers_get_range (numbers)));
  text = jump_usage_export_new_text (jump_usage_numbers_get_by (numbers), rows);
  content = g_bytes_new_take (text, strlen (text));
  jump_save_file_ask (widget, _ ("Export Usage"), name, content);
}
