/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/request-list-columns.h"

#include "ui/request-cell.h"

#include <glib/gi18n-lib.h>

/* What the theme puts around a text in a header's button, which is more than around a cell's. */
#define PADDING    18
#define ICON_WIDTH 22

/* The longest of what is to be read without cutting; what is shown is not translated but measured. */
static const char *
get_sample (JumpRequestColumn column)
{
  switch (column)
    {
    case JUMP_REQUEST_COLUMN_TIME:
      return "00:00:00";
    case JUMP_REQUEST_COLUMN_CLIENT:
      return "openai (Python)";
    case JUMP_REQUEST_COLUMN_API:
      return "Completions";
    case JUMP_REQUEST_COLUMN_MODEL:
      return "claude-sonnet-4.5 → x";
    case JUMP_REQUEST_COLUMN_WAY:
      return _("Translated");
    case JUMP_REQUEST_COLUMN_STATE:
      return _("Failed (%u)");
    case JUMP_REQUEST_COLUMN_FIRST_BYTE:
      return "888 ms";
    case JUMP_REQUEST_COLUMN_DURATION:
      return "8:88 min";
    case JUMP_REQUEST_COLUMN_INPUT:
    case JUMP_REQUEST_COLUMN_CACHED:
    case JUMP_REQUEST_COLUMN_OUTPUT:
      return "888.8k";
    case JUMP_REQUEST_COLUMN_CREDITS:
      return "≈ 88.88";
    case JUMP_REQUEST_COLUMN_STATE_ICON:
    case JUMP_REQUEST_N_COLUMNS:
      break;
    }
  return "";
}

static int
measure_text (GtkWidget *widget, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  int width = 0;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static int
get_width (GtkTreeViewColumn *column)
{
  return gtk_tree_view_column_get_fixed_width (column);
}

static JumpRequestCell *
get_cell (GtkTreeViewColumn *column)
{
  g_autoptr (GList) cells = gtk_cell_layout_get_cells (GTK_CELL_LAYOUT (column));

  return JUMP_REQUEST_CELL (cells->data);
}

static void
set_cell (GtkTreeViewColumn *column,
          GtkCellRenderer *cell,
          GtkTreeModel *model,
          GtkTreeIter *iter,
          gpointer user_data)
{
  jump_request_cell_set_row (JUMP_REQUEST_CELL (cell), JUMP_REQUEST_TABLE (model), iter);
}

/**
 * jump_request_list_columns_connect:
 * @view: whose model is to be a JumpRequestTable
 */
void
jump_request_list_columns_connect (GtkTreeView *view)
{
  for (int i = 0; i < JUMP_REQUEST_COLUMN_STATE_ICON; i++)
    {
      GtkTreeViewColumn *column = gtk_tree_view_get_column (view, i);

      gtk_tree_view_column_set_cell_data_func (column,
                                               GTK_CELL_RENDERER (get_cell (column)),
                                               set_cell,
                                               NULL,
                                               NULL);
    }
}

void
jump_request_list_columns_measure (GtkTreeView *view)
{
  for (int i = 0; i < JUMP_REQUEST_COLUMN_STATE_ICON; i++)
    {
      GtkTreeViewColumn *column = gtk_tree_view_get_column (view, i);
      int sample = measure_text (GTK_WIDGET (view), get_sample ((JumpRequestColumn) i));
      int title = measure_text (GTK_WIDGET (view), gtk_tree_view_column_get_title (column));

      jump_request_cell_forget (get_cell (column));
      if (i == JUMP_REQUEST_COLUMN_STATE)
        sample += ICON_WIDTH;
      gtk_tree_view_column_set_fixed_width (column, MAX (sample, title) + PADDING);
    }
}

/**
 * jump_request_list_columns_fit:
 * @view: whose columns have been measured
 * @width: of the view
 *
 * Hides the columns that matter least to whoever looks whether all is well, until the others fit: time,
 * model, state and duration stay, however narrow it is.
 */
void
jump_request_list_columns_fit (GtkTreeView *view, int width)
{
  static const JumpRequestColumn optional[] = {
    JUMP_REQUEST_COLUMN_FIRST_BYTE, JUMP_REQUEST_COLUMN_CACHED, JUMP_REQUEST_COLUMN_WAY,
    JUMP_REQUEST_COLUMN_API,        JUMP_REQUEST_COLUMN_INPUT,  JUMP_REQUEST_COLUMN_OUTPUT,
    JUMP_REQUEST_COLUMN_CREDITS,    JUMP_REQUEST_COLUMN_CLIENT,
  };
  int needed = 0;

  for (int i = 0; i < JUMP_REQUEST_COLUMN_STATE_ICON; i++)
    needed += get_width (gtk_tree_view_get_column (view, i));
  for (guint i = 0; i < G_N_ELEMENTS (optional); i++)
    {
      GtkTreeViewColumn *column = gtk_tree_view_get_column (view, (int) optional[i]);
      gboolean has_room = needed <= width;

      if (!has_room)
        needed -= get_width (column);
      if (gtk_tree_view_column_get_visible (column) != has_room)
        gtk_tree_view_column_set_visible (column, has_room);
    }
}
