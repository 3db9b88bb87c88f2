/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/usage-table.h"

#include "ui/usage-table-model.h"

#include <glib/gi18n-lib.h>

struct _JumpUsageTable
{
  GtkScrolledWindow parent_instance;

  GtkListStore *store;            /* (owned) */
  GtkTreeViewColumn *name_column; /* (unowned): in the view */

  /* of the template */
  GtkTreeView *view;
};

G_DEFINE_FINAL_TYPE (JumpUsageTable, jump_usage_table, GTK_TYPE_SCROLLED_WINDOW)

static const char *const titles[JUMP_USAGE_N_COLUMNS] = {
  [JUMP_USAGE_COLUMN_NAME] = N_ ("Name"),
      [JUMP_USAGE_COLUMN_CREDITS] = N_ ("Credits"),
          /* Translators: what credits are in dollars; a column's title */
          [JUMP_USAGE_COLUMN_DOLLARS] = N_ ("Dollars"),
              [JUMP_USAGE_COLUMN_REQUESTS] = N_ ("Requests"),
                  [JUMP_USAGE_COLUMN_FAILED] = N_ ("Failed"),
                      /* Translators: how many requests have no price; a column's title */
                      [JUMP_USAGE_COLUMN_UNPRICED] = N_ ("Unpriced"),
                          [JUMP_USAGE_COLUMN_INPUT] = N_ ("Tokens in"),
                              /* Translators: share of the tokens that came from the cache; a column's title */
                              [JUMP_USAGE_COLUMN_CACHED] = N_ ("Cached"),
                                                               [JUMP_USAGE_COLUMN_OUTPUT] =
                                                                   N_ ("Tokens out"),
                                                               };

static void
render_cell (GtkTreeViewColumn *column,
             GtkCellRenderer *cell,
             GtkTreeModel *model,
             GtkTreeIter *iter,
             gpointer user_data)
{
  g_autofree char *text =
      jump_usage_table_model_dup_text (model, iter, GPOINTER_TO_INT (user_data));

  g_object_set (cell,
                "text",
                text,
                "weight",
                jump_usage_table_model_is_total (model, iter) ? PANGO_WEIGHT_BOLD
                                                              : PANGO_WEIGHT_NORMAL,
                NULL);
}

static void
add_column (JumpUsageTable *self, JumpUsageColumn id)
{
  gboolean is_name = id == JUMP_USAGE_COLUMN_NAME;
  GtkCellRenderer *cell = gtk_cell_renderer_text_new ();
  GtkTreeViewColumn *column = gtk_tree_view_column_new ();

  if (is_name)
    g_object_set (cell, "ellipsize", PANGO_ELLIPSIZE_MIDDLE, "width-chars", 18, NULL);
  else
    g_object_set (cell, "xalign", 1.0, NULL);
  gtk_tree_view_column_set_title (column, _ (titles[id]));
  gtk_tree_view_column_pack_start (column, cell, TRUE);
  gtk_tree_view_column_set_cell_data_func (column, cell, render_cell, GINT_TO_POINTER (id), NULL);
  gtk_tree_view_column_set_sort_column_id (column, (int) id);
  gtk_tree_view_column_set_expand (column, is_name);
  gtk_tree_view_column_set_alignment (column, is_name ? 0 : 1);
  gtk_tree_view_append_column (self->view, column);
  if (is_name)
    self->name_column = column;
}

static void
jump_usage_table_dispose (GObject *object)
{
  JumpUsageTable *self = JUMP_USAGE_TABLE (object);

  g_clear_object (&self->store);
  G_OBJECT_CLASS (jump_usage_table_parent_class)->dispose (object);
}

static void
jump_usage_table_class_init (JumpUsageTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_usage_table_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/usage-table.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpUsageTable, view);
}

static void
jump_usage_table_init (JumpUsageTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->store = jump_usage_table_model_new ();
  for (guint i = 0; i < JUMP_USAGE_N_COLUMNS; i++)
    add_column (self, (JumpUsageColumn) i);
  gtk_tree_view_set_model (self->view, GTK_TREE_MODEL (self->store));
}

/**
 * jump_usage_table_set_rows:
 * @self: a table
 * @rows: (element-type JumpUsageRow): its lines
 * @total: what they are together
 * @name_title: (nullable): translated
 */
void
jump_usage_table_set_rows (JumpUsageTable *self,
                           GPtrArray *rows,
                           const JumpUsageSums *total,
                           const char *name_title)
{
  if (g_strcmp0 (gtk_tree_view_column_get_title (self->name_column), name_title) != 0)
    {
      gtk_list_store_clear (self->store);
      gtk_tree_view_column_set_title (self->name_column, name_title);
    }
  jump_usage_table_model_fill (self->store, rows, total);
}
