/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/text-table.h"

#include "app/cli/column-text.h"

#include <string.h>

#define GAP "  "

struct _JumpTextTable
{
  char *sides;      /* (owned) */
  GPtrArray *cells; /* (owned) (element-type utf8) */
};

/**
 * jump_text_table_new:
 * @sides: as "lrr"
 *
 * Returns: (transfer full): a table without rows
 */
JumpTextTable *
jump_text_table_new (const char *sides)
{
  JumpTextTable *self = g_new0 (JumpTextTable, 1);

  self->sides = g_strdup (sides);
  self->cells = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
jump_text_table_free (JumpTextTable *self)
{
  g_free (self->sides);
  g_ptr_array_unref (self->cells);
  g_free (self);
}

/* What clients name themselves must not move the cursor. */
static void
flatten (char *text)
{
  for (char *at = text; *at != '\0'; at++)
    {
      if ((guchar) *at < 0x20 || *at == 0x7f)
        *at = ' ';
    }
}

void
jump_text_table_take (JumpTextTable *self, char *cell)
{
  char *text = cell != NULL ? cell : g_strdup ("-");

  flatten (text);
  g_ptr_array_add (self->cells, text);
}

void
jump_text_table_add (JumpTextTable *self, const char *cell)
{
  jump_text_table_take (self, g_strdup (cell));
}

static void
append_cell (GString *text, const char *cell, glong width, gboolean is_right, gboolean is_last)
{
  glong room = width - jump_column_get_width (cell);

  for (glong i = 0; is_right && i < room; i++)
    g_string_append_c (text, ' ');
  if (is_right || is_last)
    g_string_append (text, cell);
  else
    jump_column_append (text, cell, width);
}

char *
jump_text_table_to_text (JumpTextTable *self)
{
  GString *text = g_string_new (NULL);
  guint n_columns = (guint) strlen (self->sides);
  g_autofree glong *widths = g_new0 (glong, n_columns);

  for (guint i = 0; i < self->cells->len; i++)
    widths[i % n_columns] =
        MAX (widths[i % n_columns], jump_column_get_width (g_ptr_array_index (self->cells, i)));
  for (guint i = 0; i < self->cells->len; i++)
    {
      guint column = i % n_columns;
      gboolean is_last = column + 1 == n_columns;

      g_string_append (text, GAP);
      append_cell (text,
                   g_ptr_array_index (self->cells, i),
                   widths[column],
                   self->sides[column] == 'r',
                   is_last);
      if (is_last)
        g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}
