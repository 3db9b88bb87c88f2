/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/key-row.h"

#include "ui/key-text.h"

#include <glib/gi18n-lib.h>

struct _JumpKeyRow
{
  GtkListBoxRow parent_instance;

  JumpKeyStore *keys; /* (owned) */
  char *id;           /* (owned) */

  /* of the template */
  GtkLabel *name_label;
  GtkLabel *state_label;
  GtkLabel *limits_label;
  GtkLabel *facts_label;
  GtkWidget *allow_button;
  GtkWidget *revoke_button;
  GtkWidget *remove_button;
};

G_DEFINE_FINAL_TYPE (JumpKeyRow, jump_key_row, GTK_TYPE_LIST_BOX_ROW)

/* The list is filled anew behind every change, which is the end of this row. */
static void
change (JumpKeyRow *self, JumpClientKeyState state)
{
  g_autoptr (GError) error = NULL;

  if (!jump_key_store_set_state (self->keys, self->id, state, &error))
    gtk_label_set_text (self->facts_label, _ ("The keys could not be saved."));
}

static void
on_allow_clicked (JumpKeyRow *self)
{
  change (self, JUMP_CLIENT_KEY_ACTIVE);
}

static void
on_revoke_clicked (JumpKeyRow *self)
{
  change (self, JUMP_CLIENT_KEY_REVOKED);
}

static void
on_remove_clicked (JumpKeyRow *self)
{
  g_autoptr (GError) error = NULL;

  if (!jump_key_store_remove (self->keys, self->id, &error))
    gtk_label_set_text (self->facts_label, _ ("The keys could not be saved."));
}

static void
jump_key_row_dispose (GObject *object)
{
  JumpKeyRow *self = JUMP_KEY_ROW (object);

  g_clear_object (&self->keys);
  g_clear_pointer (&self->id, g_free);
  G_OBJECT_CLASS (jump_key_row_parent_class)->dispose (object);
}

static void
jump_key_row_class_init (JumpKeyRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_key_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/key-row.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpKeyRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, JumpKeyRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, JumpKeyRow, limits_label);
  gtk_widget_class_bind_template_child (widget_class, JumpKeyRow, facts_label);
  gtk_widget_class_bind_template_child (widget_class, JumpKeyRow, allow_button);
  gtk_widget_class_bind_template_child (widget_class, JumpKeyRow, revoke_button);
  gtk_widget_class_bind_template_child (widget_class, JumpKeyRow, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, on_allow_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_revoke_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
}

static void
jump_key_row_init (JumpKeyRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Several rows have buttons of the same label: what is read aloud names the key. */
static void
name_button (GtkWidget *button, const char *text)
{
  gtk_widget_set_tooltip_text (button, text);
  atk_object_set_name (gtk_widget_get_accessible (button), text);
}

static void
show_buttons (JumpKeyRow *self, JumpClientKey *key)
{
  JumpClientKeyState state = jump_client_key_get_state (key);
  const char *name = jump_client_key_get_name (key);
  /* Translators: %s is the name of a key */
  g_autofree char *allow = g_strdup_printf (_ ("Let the key “%s” in"), name);
  /* Translators: %s is the name of a key */
  g_autofree char *revoke = g_strdup_printf (_ ("Revoke the key “%s”"), name);
  /* Translators: %s is the name of a key */
  g_autofree char *remove = g_strdup_printf (_ ("Remove the key “%s”"), name);

  gtk_button_set_label (GTK_BUTTON (self->allow_button),
                        state == JUMP_CLIENT_KEY_PENDING
                        ? _ ("_Approve")
                        : _ ("Allow _Again"));
  gtk_widget_set_visible (self->allow_button, state != JUMP_CLIENT_KEY_ACTIVE);
  gtk_widget_set_visible (self->revoke_button, state == JUMP_CLIENT_KEY_ACTIVE);
  gtk_widget_set_visible (self->remove_button, state != JUMP_CLIENT_KEY_ACTIVE);
  name_button (self->allow_button, allow);
  name_button (self->revoke_button, revoke);
  name_button (self->remove_button, remove);
}

/**
 * jump_key_row_new:
 * @keys: where @key belongs
 * @key: what to show
 *
 * Returns: (transfer floating): the row, as the key is now
 */
GtkWidget *
jump_key_row_new (JumpKeyStore *keys, JumpClientKey *key)
{
  JumpKeyRow *self = g_object_new (JUMP_TYPE_KEY_ROW, NULL);
  const char *display_name = jump_client_key_get_display_name (key);
  g_autofree char *limits = jump_key_text_limits (jump_client_key_get_limits (key));
  g_autofree char *facts = jump_key_text_facts (key);

  self->keys = g_object_ref (keys);
  self->id = g_strdup (jump_client_key_get_id (key));
  gtk_label_set_text (self->name_label, jump_client_key_get_name (key));
  if (display_name != NULL && *display_name != '\0')
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), display_name);
  gtk_label_set_text (self->state_label, jump_key_text_state (jump_client_key_get_state (key)));
  gtk_label_set_text (self->limits_label, limits);
  gtk_label_set_text (self->facts_label, facts);
  show_buttons (self, key);
  return GTK_WIDGET (self);
}
