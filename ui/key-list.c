/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/key-list.h"

#include "ui/key-dialog.h"
#include "ui/key-row.h"

struct _JumpKeyList
{
  GtkBox parent_instance;

  JumpService *service; /* (owned) (nullable) */
  JumpKeyStore *keys;   /* (owned) (nullable) */
  GtkWidget *dialog;    /* (unowned) (nullable): while it is open */

  /* of the template */
  GtkContainer *list;
  GtkWidget *create_button;
  GtkWidget *nothing_label;
};

G_DEFINE_FINAL_TYPE (JumpKeyList, jump_key_list, GTK_TYPE_BOX)

static void
destroy_row (GtkWidget *row, gpointer user_data)
{
  gtk_widget_destroy (row);
}

static void
fill (JumpKeyList *self)
{
  guint n_keys = g_list_model_get_n_items (G_LIST_MODEL (self->keys));

  gtk_container_foreach (self->list, destroy_row, NULL);
  for (guint i = 0; i < n_keys; i++)
    {
      g_autoptr (JumpClientKey) key = g_list_model_get_item (G_LIST_MODEL (self->keys), i);

      gtk_container_add (self->list, jump_key_row_new (self->keys, key));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), n_keys > 0);
  gtk_widget_set_visible (self->nothing_label, n_keys == 0);
}

/* The button that was pressed goes with its row: the focus must not get lost. */
static void
on_keys_changed (JumpKeyStore *keys, JumpKeyList *self)
{
  GtkWidget *toplevel = gtk_widget_get_toplevel (GTK_WIDGET (self));
  GtkWidget *focus = GTK_IS_WINDOW (toplevel) ? gtk_window_get_focus (GTK_WINDOW (toplevel)) : NULL;
  gboolean is_inside = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));

  fill (self);
  if (is_inside)
    gtk_widget_grab_focus (self->create_button);
}

static void
on_create_clicked (JumpKeyList *self)
{
  GtkWidget *toplevel = gtk_widget_get_toplevel (GTK_WIDGET (self));

  if (self->dialog != NULL)
    return;
  self->dialog = jump_key_dialog_new (GTK_WINDOW (toplevel), self->keys);
  g_signal_connect (self->dialog, "destroy", G_CALLBACK (gtk_widget_destroyed), &self->dialog);
  gtk_window_present (GTK_WINDOW (self->dialog));
}

static void
jump_key_list_dispose (GObject *object)
{
  JumpKeyList *self = JUMP_KEY_LIST (object);

  g_clear_pointer (&self->dialog, gtk_widget_destroy);
  if (self->keys != NULL)
    g_signal_handlers_disconnect_by_data (self->keys, self);
  g_clear_object (&self->keys);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_key_list_parent_class)->dispose (object);
}

static void
jump_key_list_class_init (JumpKeyListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_key_list_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/key-list.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpKeyList, list);
  gtk_widget_class_bind_template_child (widget_class, JumpKeyList, create_button);
  gtk_widget_class_bind_template_child (widget_class, JumpKeyList, nothing_label);
  gtk_widget_class_bind_template_callback (widget_class, on_create_clicked);
}

static void
jump_key_list_init (JumpKeyList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jump_key_list_new:
 * @service: whose keys
 *
 * Returns: (transfer floating)
 */
GtkWidget *
jump_key_list_new (JumpService *service)
{
  JumpKeyList *self = g_object_new (JUMP_TYPE_KEY_LIST, NULL);

  self->service = g_object_ref (service);
  self->keys = g_object_ref (jump_service_get_keys (service));
  g_signal_connect (self->keys, "keys-changed", G_CALLBACK (on_keys_changed), self);
  fill (self);
  return GTK_WIDGET (self);
}
