/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/sign-in-tenant.h"

#include <glib/gi18n-lib.h>

struct _JumpSignInTenant
{
  GtkExpander parent_instance;

  /* of the template */
  GtkWidget *entry;
  GtkWidget *button;
  GtkWidget *mistake_label;
};

G_DEFINE_FINAL_TYPE (JumpSignInTenant, jump_sign_in_tenant, GTK_TYPE_EXPANDER)

static guint
get_signal (void)
{
  return g_signal_lookup ("requested", JUMP_TYPE_SIGN_IN_TENANT);
}

static void
on_changed (GtkEntry *entry, JumpSignInTenant *self)
{
  gtk_widget_set_sensitive (self->button, *gtk_entry_get_text (entry) != '\0');
  gtk_widget_hide (self->mistake_label);
  gtk_style_context_remove_class (gtk_widget_get_style_context (self->entry), "error");
}

static void
on_activated (GtkWidget *widget, JumpSignInTenant *self)
{
  const char *name = gtk_entry_get_text (GTK_ENTRY (self->entry));

  if (*name != '\0')
    g_signal_emit (self, get_signal (), 0, name);
}

static void
jump_sign_in_tenant_class_init (JumpSignInTenantClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_signal_new ("requested",
                G_TYPE_FROM_CLASS (klass),
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                1,
                G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/sign-in-tenant.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpSignInTenant, entry);
  gtk_widget_class_bind_template_child (widget_class, JumpSignInTenant, button);
  gtk_widget_class_bind_template_child (widget_class, JumpSignInTenant, mistake_label);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
jump_sign_in_tenant_init (JumpSignInTenant *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jump_sign_in_tenant_refuse:
 * @self: where something was typed
 *
 * What was typed stays, so that it can be corrected.
 */
void
jump_sign_in_tenant_refuse (JumpSignInTenant *self)
{
  gtk_label_set_text (GTK_LABEL (self->mistake_label),
                      _ ("This is not a name at ghe.com. Write it as in acme or acme.ghe.com."));
  gtk_widget_show (self->mistake_label);
  gtk_style_context_add_class (gtk_widget_get_style_context (self->entry), "error");
  gtk_widget_grab_focus (self->entry);
}

gboolean
jump_sign_in_tenant_has_focus (JumpSignInTenant *self)
{
  return gtk_widget_has_focus (self->entry);
}
