/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/model-list-box.h"

#include "ui/model-row.h"

#define ROWS_AT_ONCE 4 /* well below 8 ms */

struct _JumpModelListBox
{
  GtkBox parent_instance;

  JumpModelCatalog *catalog; /* (owned) (nullable) */
  GHashTable *rows; /* (owned) (element-type utf8 JumpModelRow): keys and values the rows' */
  JumpModelFilter filter;
  char *default_id; /* (owned) (nullable) */
  guint next;       /* place in the catalogue of the next model that gets a row */
  guint filling;    /* source id, 0 none */

  /* of the template */
  GtkListBox *list;
};

enum
{
  SELECTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpModelListBox, jump_model_list_box, GTK_TYPE_BOX)

static gboolean
is_shown (GtkListBoxRow *row, gpointer user_data)
{
  JumpModelListBox *self = user_data;

  return jump_model_filter_matches (&self->filter, jump_model_row_get_model (JUMP_MODEL_ROW (row)));
}

static int
compare_rows (GtkListBoxRow *a, GtkListBoxRow *b, gpointer user_data)
{
  guint first = jump_model_row_get_position (JUMP_MODEL_ROW (a));
  guint second = jump_model_row_get_position (JUMP_MODEL_ROW (b));

  return first < second ? -1 : first > second;
}

static void
add_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  if (before != NULL && gtk_list_box_row_get_header (row) == NULL)
    gtk_list_box_row_set_header (row, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  else if (before == NULL)
    gtk_list_box_row_set_header (row, NULL);
}

static void
emit_selected (JumpModelListBox *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  g_signal_emit (self,
                 signals[SELECTED],
                 0,
                 row == NULL ? NULL : jump_model_row_get_model (JUMP_MODEL_ROW (row)));
}

static void
on_row_selected (GtkListBox *list, GtkListBoxRow *row, JumpModelListBox *self)
{
  emit_selected (self);
}

/* Something is to be seen beside the list from the start. */
static void
select_first (JumpModelListBox *self)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);
  GtkListBoxRow *row;

  if (selected != NULL && gtk_widget_get_child_visible (GTK_WIDGET (selected)))
    return;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      break;
  gtk_list_box_select_row (self->list, row);
}

static void
put_row (JumpModelListBox *self, JumpModel *model, guint position)
{
  const char *id = jump_model_get_id (model);
  JumpModelRow *row = g_hash_table_lookup (self->rows, id);

  if (row == NULL)
    {
      row = JUMP_MODEL_ROW (jump_model_row_new (model));
      jump_model_row_set_position (row, position);
      g_hash_table_insert (self->rows, g_strdup (id), row);
      gtk_container_add (GTK_CONTAINER (self->list), GTK_WIDGET (row));
    }
  jump_model_row_set_model (row, model);
  jump_model_row_set_position (row, position);
  jump_model_row_set_is_default (row, g_strcmp0 (id, self->default_id) == 0);
}

static void
remove_old_rows (JumpModelListBox *self)
{
  GHashTableIter iter;
  gpointer id;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &id, &row))
    if (jump_model_catalog_lookup (self->catalog, id) == NULL)
      {
        g_hash_table_iter_remove (&iter);
        gtk_widget_destroy (row);
      }
}

static gboolean
on_idle_fill (gpointer user_data)
{
  JumpModelListBox *self = user_data;
  GListModel *models = G_LIST_MODEL (self->catalog);

  for (guint i = 0; i < ROWS_AT_ONCE; i++)
    {
      g_autoptr (JumpModel) model = g_list_model_get_item (models, self->next);

      if (model == NULL)
        {
          self->filling = 0;
          gtk_list_box_invalidate_sort (self->list);
          gtk_list_box_invalidate_filter (self->list);
          /* What is selected may say something else now. */
          select_first (self);
          emit_selected (self);
          return G_SOURCE_REMOVE;
        }
      put_row (self, model, self->next++);
    }
  return G_SOURCE_CONTINUE;
}

static void
on_models_changed (JumpModelListBox *self)
{
  remove_old_rows (self);
  self->next = 0;
  if (self->filling == 0)
    self->filling = g_idle_add (on_idle_fill, self);
}

static void
jump_model_list_box_dispose (GObject *object)
{
  JumpModelListBox *self = JUMP_MODEL_LIST_BOX (object);

  g_clear_handle_id (&self->filling, g_source_remove);
  if (self->catalog != NULL)
    g_signal_handlers_disconnect_by_func (self->catalog, on_models_changed, self);
  g_clear_object (&self->catalog);
  G_OBJECT_CLASS (jump_model_list_box_parent_class)->dispose (object);
}

static void
jump_model_list_box_finalize (GObject *object)
{
  JumpModelListBox *self = JUMP_MODEL_LIST_BOX (object);

  g_hash_table_unref (self->rows);
  jump_model_filter_clear (&self->filter);
  g_free (self->default_id);
  G_OBJECT_CLASS (jump_model_list_box_parent_class)->finalize (object);
}

static void
jump_model_list_box_class_init (JumpModelListBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_model_list_box_dispose;
  G_OBJECT_CLASS (klass)->finalize = jump_model_list_box_finalize;
  signals[SELECTED] = g_signal_new ("selected",
                                    G_TYPE_FROM_CLASS (klass),
                                    G_SIGNAL_RUN_LAST,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    G_TYPE_NONE,
                                    1,
                                    JUMP_TYPE_MODEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/model-list-box.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpModelListBox, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
}

static void
jump_model_list_box_init (JumpModelListBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_list_box_set_filter_func (self->list, is_shown, self, NULL);
  gtk_list_box_set_sort_func (self->list, compare_rows, NULL, NULL);
  gtk_list_box_set_header_func (self->list, add_header, NULL, NULL);
}

/**
 * jump_model_list_box_set_catalog:
 * @self: a list
 * @catalog: once
 */
void
jump_model_list_box_set_catalog (JumpModelListBox *self, JumpModelCatalog *catalog)
{
  self->catalog = g_object_ref (catalog);
  g_signal_connect_swapped (catalog, "items-changed", G_CALLBACK (on_models_changed), self);
  on_models_changed (self);
}

/**
 * jump_model_list_box_set_default:
 * @self: a list
 * @id: the model that is marked
 */
void
jump_model_list_box_set_default (JumpModelListBox *self, const char *id)
{
  GHashTableIter iter;
  gpointer key;
  gpointer row;

  g_free (self->default_id);
  self->default_id = g_strdup (id);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, &row))
    jump_model_row_set_is_default (row, g_strcmp0 (key, id) == 0);
}

void
jump_model_list_box_set_filter (JumpModelListBox *self, JumpModelFilter *filter)
{
  jump_model_filter_clear (&self->filter);
  self->filter = *filter;
  *filter = (JumpModelFilter){ 0 };
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_invalidate_headers (self->list);
  if (self->filling == 0)
    select_first (self);
}

gboolean
jump_model_list_box_has_match (JumpModelListBox *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->catalog));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JumpModel) model = g_list_model_get_item (G_LIST_MODEL (self->catalog), i);

      if (jump_model_filter_matches (&self->filter, model))
        return TRUE;
    }
  return FALSE;
}
