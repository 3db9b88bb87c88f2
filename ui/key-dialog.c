/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/key-dialog.h"

#include "ui/key-text.h"

#include <glib/gi18n-lib.h>

struct _JumpKeyDialog
{
  GtkDialog parent_instance;

  JumpKeyStore *keys; /* (owned) */

  /* of the template */
  GtkStack *stack;
  GtkEntry *name_entry;
  GtkEntry *models_entry;
  GtkSpinButton *minute_spin;
  GtkSpinButton *once_spin;
  GtkSpinButton *credits_spin;
  GtkLabel *hint_label;
  GtkEntry *secret_entry;
  GtkButton *copy_button;
  GtkWidget *cancel_button;
  GtkWidget *create_button;
  GtkWidget *done_button;
};

G_DEFINE_FINAL_TYPE (JumpKeyDialog, jump_key_dialog, GTK_TYPE_DIALOG)

/* Returns: (transfer full) */
static char *
get_name (JumpKeyDialog *self)
{
  return g_strstrip (g_strdup (gtk_entry_get_text (self->name_entry)));
}

static void
on_name_changed (JumpKeyDialog *self)
{
  g_autofree char *name = get_name (self);

  gtk_widget_set_sensitive (self->create_button, *name != '\0');
}

static void
on_copy_clicked (JumpKeyDialog *self)
{
  gtk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self), GDK_SELECTION_CLIPBOARD),
                          gtk_entry_get_text (self->secret_entry),
                          -1);
  gtk_button_set_label (self->copy_button, _ ("_Copied"));
}

static void
show_secret (JumpKeyDialog *self, const char *secret)
{
  gtk_entry_set_text (self->secret_entry, secret);
  gtk_stack_set_visible_child_name (self->stack, "show");
  gtk_widget_hide (self->cancel_button);
  gtk_widget_hide (self->create_button);
  gtk_widget_show (self->done_button);
  gtk_dialog_set_default_response (GTK_DIALOG (self), GTK_RESPONSE_CLOSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->copy_button));
}

static void
show_problem (JumpKeyDialog *self, const GError *error)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self->hint_label));
  gboolean is_name = g_error_matches (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);

  gtk_label_set_text (
      self->hint_label,
      is_name
      ? _ ("Choose another name: letters without accents, digits, spaces, dots, lines, "
                                   "and none that a key has already.")
      : _ ("The keys could not be saved."));
  gtk_style_context_remove_class (context, "dim-label");
  gtk_style_context_add_class (context, "error");
  if (is_name)
    gtk_widget_grab_focus (GTK_WIDGET (self->name_entry));
}

/* What was typed counts, also when a key creates while the focus is still there. */
static double
read_spin (GtkSpinButton *spin)
{
  gtk_spin_button_update (spin);
  return gtk_spin_button_get_value (spin);
}

static void
create (JumpKeyDialog *self)
{
  g_autofree char *name = get_name (self);
  g_auto (JumpKeyLimits) limits = {
    .models = jump_key_text_parse_models (gtk_entry_get_text (self->models_entry)),
    .requests_per_minute = (guint) read_spin (self->minute_spin),
    .concurrent = (guint) read_spin (self->once_spin),
    .daily_credits = read_spin (self->credits_spin),
  };
  g_autoptr (GError) error = NULL;
  char *secret = NULL;

  if (jump_key_store_create (self->keys, name, &limits, &secret, &error) != NULL)
    show_secret (self, secret);
  else
    show_problem (self, error);
  jump_secret_free (secret);
}

static void
jump_key_dialog_response (GtkDialog *dialog, int response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    create (JUMP_KEY_DIALOG (dialog));
  else
    gtk_widget_destroy (GTK_WIDGET (dialog));
}

static void
jump_key_dialog_dispose (GObject *object)
{
  g_clear_object (&JUMP_KEY_DIALOG (object)->keys);
  G_OBJECT_CLASS (jump_key_dialog_parent_class)->dispose (object);
}

static void
jump_key_dialog_class_init (JumpKeyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_key_dialog_dispose;
  GTK_DIALOG_CLASS (klass)->response = jump_key_dialog_response;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/key-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpKeyDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, JumpKeyDialog, name_entry);
  gtk_widget_class_bind_template_child (widget_class, JumpKeyDialog, models_entry);
  gtk_widget_class_bind_template_child (widget_class, JumpKeyDialog, minute_spin);
  gtk_widget_class_bind_template_child (widget_class, JumpKeyDialog, once_spin);
  gtk_widget_class_bind_template_child (widget_class, JumpKeyDialog, credits_spin);
  gtk_widget_class_bind_template_child (widget_class, JumpKeyDialog, hint_label);
  gtk_widget_class_bind_template_child (widget_class, JumpKeyDialog, secret_entry);
  gtk_widget_class_bind_template_child (widget_class, JumpKeyDialog, copy_button);
  gtk_widget_class_bind_template_child (widget_class, JumpKeyDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, JumpKeyDialog, create_button);
  gtk_widget_class_bind_template_child (widget_class, JumpKeyDialog, done_button);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
}

static void
jump_key_dialog_init (JumpKeyDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_dialog_set_default_response (GTK_DIALOG (self), GTK_RESPONSE_ACCEPT);
}

/**
 * jump_key_dialog_new:
 * @parent: the window that it belongs to
 * @keys: where the key is to go
 *
 * Returns: (transfer none): a dialog, to be presented
 */
GtkWidget *
jump_key_dialog_new (GtkWindow *parent, JumpKeyStore *keys)
{
  JumpKeyDialog *self =
      g_object_new (JUMP_TYPE_KEY_DIALOG, "transient-for", parent, "use-header-bar", FALSE, NULL);

  self->keys = g_object_ref (keys);
  return GTK_WIDGET (self);
}
