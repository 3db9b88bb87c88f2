/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/request-table-model.h"

/* Any number but 0 will do: iters stay valid as long as their row. */
#define STAMP 1

static gboolean
take_place (JumpRequestTable *self, GtkTreeIter *iter, GSequenceIter *place)
{
  gboolean has_row = !g_sequence_iter_is_end (place);

  if (has_row)
    jump_request_table_model_fill_iter (self, iter, place);
  else
    iter->stamp = 0;
  return has_row;
}

static GtkTreeModelFlags
table_get_flags (GtkTreeModel *model)
{
  return GTK_TREE_MODEL_ITERS_PERSIST | GTK_TREE_MODEL_LIST_ONLY;
}

static int
table_get_n_columns (GtkTreeModel *model)
{
  return JUMP_REQUEST_N_COLUMNS;
}

static GType
table_get_column_type (GtkTreeModel *model, int column)
{
  return G_TYPE_STRING;
}

static gboolean
table_iter_nth_child (GtkTreeModel *model, GtkTreeIter *iter, GtkTreeIter *parent, int n)
{
  JumpRequestTable *self = JUMP_REQUEST_TABLE (model);

  iter->stamp = 0;
  if (parent != NULL || n < 0 || n >= g_sequence_get_length (self->shown))
    return FALSE;
  return take_place (self, iter, g_sequence_get_iter_at_pos (self->shown, n));
}

static gboolean
table_get_iter (GtkTreeModel *model, GtkTreeIter *iter, GtkTreePath *path)
{
  iter->stamp = 0;
  return gtk_tree_path_get_depth (path) == 1 &&
         table_iter_nth_child (model, iter, NULL, gtk_tree_path_get_indices (path)[0]);
}

static GtkTreePath *
table_get_path (GtkTreeModel *model, GtkTreeIter *iter)
{
  g_return_val_if_fail (iter->stamp == STAMP, NULL);
  return jump_request_table_model_path (iter->user_data);
}

static void
table_get_value (GtkTreeModel *model, GtkTreeIter *iter, int column, GValue *value)
{
  JumpRequestRow *row;

  g_return_if_fail (iter->stamp == STAMP);
  row = g_sequence_get (iter->user_data);
  g_value_init (value, G_TYPE_STRING);
  g_value_take_string (
      value,
      jump_request_table_dup_text (row->table, row->item, (JumpRequestColumn) column));
}

static gboolean
table_iter_next (GtkTreeModel *model, GtkTreeIter *iter)
{
  g_return_val_if_fail (iter->stamp == STAMP, FALSE);
  return take_place (JUMP_REQUEST_TABLE (model), iter, g_sequence_iter_next (iter->user_data));
}

static gboolean
table_iter_previous (GtkTreeModel *model, GtkTreeIter *iter)
{
  g_return_val_if_fail (iter->stamp == STAMP, FALSE);
  if (g_sequence_iter_is_begin (iter->user_data))
    {
      iter->stamp = 0;
      return FALSE;
    }
  return take_place (JUMP_REQUEST_TABLE (model), iter, g_sequence_iter_prev (iter->user_data));
}

static gboolean
table_iter_children (GtkTreeModel *model, GtkTreeIter *iter, GtkTreeIter *parent)
{
  return table_iter_nth_child (model, iter, parent, 0);
}

static gboolean
table_iter_has_child (GtkTreeModel *model, GtkTreeIter *iter)
{
  return FALSE;
}

static int
table_iter_n_children (GtkTreeModel *model, GtkTreeIter *iter)
{
  return iter == NULL ? g_sequence_get_length (JUMP_REQUEST_TABLE (model)->shown) : 0;
}

static gboolean
table_iter_parent (GtkTreeModel *model, GtkTreeIter *iter, GtkTreeIter *child)
{
  iter->stamp = 0;
  return FALSE;
}

void
jump_request_table_model_init (GtkTreeModelIface *iface)
{
  iface->get_flags = table_get_flags;
  iface->get_n_columns = table_get_n_columns;
  iface->get_column_type = table_get_column_type;
  iface->get_iter = table_get_iter;
  iface->get_path = table_get_path;
  iface->get_value = table_get_value;
  iface->iter_next = table_iter_next;
  iface->iter_previous = table_iter_previous;
  iface->iter_children = table_iter_children;
  iface->iter_has_child = table_iter_has_child;
  iface->iter_n_children = table_iter_n_children;
  iface->iter_nth_child = table_iter_nth_child;
  iface->iter_parent = table_iter_parent;
}

void
jump_request_table_model_fill_iter (JumpRequestTable *self, GtkTreeIter *iter, GSequenceIter *place)
{
  iter->stamp = STAMP;
  iter->user_data = place;
}

GtkTreePath *
jump_request_table_model_path (GSequenceIter *place)
{
  return gtk_tree_path_new_from_indices (g_sequence_iter_get_position (place), -1);
}
