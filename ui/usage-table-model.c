/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/usage-table-model.h"

#include "ui/figure-text.h"
#include "ui/usage-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Of the store. */
enum
{
  FIELD_KEY,
  FIELD_NAME,
  FIELD_ORDER,
  FIELD_IS_TOTAL,
  FIELD_SUMS, /* JumpUsageSums, boxed */
  N_FIELDS,
};

static gpointer
copy_sums (gpointer sums)
{
  return g_memdup2 (sums, sizeof (JumpUsageSums));
}

static GType
get_sums_type (void)
{
  GType type = g_type_from_name ("JumpUsageTableSums");

  return type != 0 ? type : g_boxed_type_register_static ("JumpUsageTableSums", copy_sums, g_free);
}

static void
get_sums (GtkTreeModel *model, GtkTreeIter *iter, JumpUsageSums *out_sums)
{
  g_autofree JumpUsageSums *sums = NULL;

  gtk_tree_model_get (model, iter, FIELD_SUMS, &sums, -1);
  *out_sums = sums != NULL ? *sums : (JumpUsageSums){ 0 };
}

static double
get_value (const JumpUsageSums *sums, JumpUsageColumn column)
{
  switch (column)
    {
    case JUMP_USAGE_COLUMN_CREDITS:
    case JUMP_USAGE_COLUMN_DOLLARS:
      return jump_usage_measure_value (sums, JUMP_MEASURE_CREDITS);
    case JUMP_USAGE_COLUMN_REQUESTS:
      return (double) sums->n_requests;
    case JUMP_USAGE_COLUMN_FAILED:
      return (double) sums->n_failed;
    case JUMP_USAGE_COLUMN_UNPRICED:
      return (double) sums->n_unpriced;
    case JUMP_USAGE_COLUMN_INPUT:
      return (double) sums->input_tokens;
    case JUMP_USAGE_COLUMN_CACHED:
      return sums->input_tokens > 0 ? (double) sums->cached_tokens / (double) sums->input_tokens
                                    : -1;
    case JUMP_USAGE_COLUMN_OUTPUT:
      return (double) sums->output_tokens;
    case JUMP_USAGE_COLUMN_NAME:
    case JUMP_USAGE_N_COLUMNS:
      break;
    }
  return 0;
}

static int
compare_names (GtkTreeModel *model, GtkTreeIter *a, GtkTreeIter *b)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gint64 first_order;
  gint64 second_order;

  gtk_tree_model_get (model, a, FIELD_NAME, &first, FIELD_ORDER, &first_order, -1);
  gtk_tree_model_get (model, b, FIELD_NAME, &second, FIELD_ORDER, &second_order, -1);
  if (first_order != second_order)
    return first_order < second_order ? -1 : 1;
  return g_utf8_collate (first != NULL ? first : "", second != NULL ? second : "");
}

/* The sums come last, whichever way round the others are. */
static int
compare_total (GtkTreeModel *model, GtkTreeIter *a, GtkTreeIter *b)
{
  GtkSortType order = GTK_SORT_ASCENDING;
  int column;
  int is_first = jump_usage_table_model_is_total (model, a);
  int is_second = jump_usage_table_model_is_total (model, b);

  gtk_tree_sortable_get_sort_column_id (GTK_TREE_SORTABLE (model), &column, &order);
  return order == GTK_SORT_ASCENDING ? is_first - is_second : is_second - is_first;
}

static int
compare_rows (GtkTreeModel *model, GtkTreeIter *a, GtkTreeIter *b, gpointer user_data)
{
  JumpUsageColumn column = (JumpUsageColumn) GPOINTER_TO_INT (user_data);
  int by_total = compare_total (model, a, b);
  JumpUsageSums first;
  JumpUsageSums second;
  double difference;

  if (by_total != 0)
    return by_total;
  if (column == JUMP_USAGE_COLUMN_NAME)
    return compare_names (model, a, b);
  get_sums (model, a, &first);
  get_sums (model, b, &second);
  difference = get_value (&first, column) - get_value (&second, column);
  if (difference == 0)
    return compare_names (model, a, b);
  return difference < 0 ? -1 : 1;
}

static void
set_row (GtkListStore *store, GtkTreeIter *iter, const JumpUsageRow *row, gboolean is_total)
{
  JumpUsageSums sums;

  get_sums (GTK_TREE_MODEL (store), iter, &sums);
  if (sums.n_requests > 0 && memcmp (&sums, &row->sums, sizeof sums) == 0)
    return;
  gtk_list_store_set (store,
                      iter,
                      FIELD_KEY,
                      row->key,
                      FIELD_NAME,
                      row->name,
                      FIELD_ORDER,
                      row->order,
                      FIELD_IS_TOTAL,
                      is_total,
                      FIELD_SUMS,
                      &row->sums,
                      -1);
}

/* Returns: (transfer full) (element-type utf8 GtkTreeIter): the lines that are there, by their names and keys */
static GHashTable *
index_lines (GtkListStore *store)
{
  GtkTreeModel *model = GTK_TREE_MODEL (store);
  GHashTable *lines =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) gtk_tree_iter_free);
  GtkTreeIter iter;
  gboolean is_valid = gtk_tree_model_get_iter_first (model, &iter);

  while (is_valid)
    {
      char *key = NULL;

      gtk_tree_model_get (model, &iter, FIELD_KEY, &key, -1);
      g_hash_table_insert (lines, key, gtk_tree_iter_copy (&iter));
      is_valid = gtk_tree_model_iter_next (model, &iter);
    }
  return lines;
}

static void
put_row (GtkListStore *store, GHashTable *lines, const JumpUsageRow *row, gboolean is_total)
{
  GtkTreeIter iter;
  GtkTreeIter *known = g_hash_table_lookup (lines, row->key);

  if (known != NULL)
    {
      set_row (store, known, row, is_total);
      g_hash_table_remove (lines, row->key);
      return;
    }
  gtk_list_store_append (store, &iter);
  set_row (store, &iter, row, is_total);
}

/**
 * jump_usage_table_model_new:
 *
 * Returns: (transfer full)
 */
GtkListStore *
jump_usage_table_model_new (void)
{
  GtkListStore *store = gtk_list_store_new (N_FIELDS,
                                            G_TYPE_STRING,
                                            G_TYPE_STRING,
                                            G_TYPE_INT64,
                                            G_TYPE_BOOLEAN,
                                            get_sums_type ());

  for (int i = 0; i < JUMP_USAGE_N_COLUMNS; i++)
    gtk_tree_sortable_set_sort_func (GTK_TREE_SORTABLE (store),
                                     i,
                                     compare_rows,
                                     GINT_TO_POINTER (i),
                                     NULL);
  gtk_tree_sortable_set_sort_column_id (GTK_TREE_SORTABLE (store),
                                        JUMP_USAGE_COLUMN_CREDITS,
                                        GTK_SORT_DESCENDING);
  return store;
}

/**
 * jump_usage_table_model_fill:
 * @store: from jump_usage_table_model_new()
 * @rows: (element-type JumpUsageRow): all lines that there are to be
 * @total: what they are together
 */
void
jump_usage_table_model_fill (GtkListStore *store, GPtrArray *rows, const JumpUsageSums *total)
{
  g_autoptr (GHashTable) lines = index_lines (store);
  /* a newline is in no name of a model or client */
  JumpUsageRow last = { (char *) "\n", (char *) _ ("Total"), 0, *total };
  GHashTableIter iter;
  gpointer gone;

  for (guint i = 0; i < rows->len; i++)
    put_row (store, lines, g_ptr_array_index (rows, i), FALSE);
  if (rows->len > 0)
    put_row (store, lines, &last, TRUE);
  g_hash_table_iter_init (&iter, lines);
  while (g_hash_table_iter_next (&iter, NULL, &gone))
    gtk_list_store_remove (store, gone);
}

/**
 * jump_usage_table_model_dup_text:
 * @model: from jump_usage_table_model_new()
 * @iter: a line
 * @column: which of its cells
 *
 * Returns: (transfer full): for people
 */
char *
jump_usage_table_model_dup_text (GtkTreeModel *model, GtkTreeIter *iter, JumpUsageColumn column)
{
  JumpUsageSums sums;
  char *name = NULL;

  get_sums (model, iter, &sums);
  switch (column)
    {
    case JUMP_USAGE_COLUMN_NAME:
      gtk_tree_model_get (model, iter, FIELD_NAME, &name, -1);
      return name;
    case JUMP_USAGE_COLUMN_CREDITS:
      return jump_usage_text_credits (&sums);
    case JUMP_USAGE_COLUMN_DOLLARS:
      return jump_usage_text_dollars (&sums);
    case JUMP_USAGE_COLUMN_REQUESTS:
    case JUMP_USAGE_COLUMN_FAILED:
    case JUMP_USAGE_COLUMN_UNPRICED:
      return jump_figure_text_count ((gint64) get_value (&sums, column));
    case JUMP_USAGE_COLUMN_CACHED:
      return jump_usage_text_cached (&sums);
    case JUMP_USAGE_COLUMN_INPUT:
    case JUMP_USAGE_COLUMN_OUTPUT:
      return jump_figure_text_tokens ((gint64) get_value (&sums, column));
    case JUMP_USAGE_N_COLUMNS:
      break;
    }
  return g_strdup ("");
}

gboolean
jump_usage_table_model_is_total (GtkTreeModel *model, GtkTreeIter *iter)
{
  gboolean is_total = FALSE;

  gtk_tree_model_get (model, iter, FIELD_IS_TOTAL, &is_total, -1);
  return is_total;
}
