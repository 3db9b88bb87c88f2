/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/page-settings.h"

struct _JumpPageSettings
{
  GtkBox parent_instance;

  JumpService *service; /* (owned) */
};

G_DEFINE_FINAL_TYPE (JumpPageSettings, jump_page_settings, GTK_TYPE_BOX)

static void
jump_page_settings_dispose (GObject *object)
{
  JumpPageSettings *self = JUMP_PAGE_SETTINGS (object);

  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_page_settings_parent_class)->dispose (object);
}

static void
jump_page_settings_class_init (JumpPageSettingsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_page_settings_dispose;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/io/github/jumpseat/Jumpseat/ui/page-settings.ui");
}

static void
jump_page_settings_init (JumpPageSettings *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
jump_page_settings_new (JumpService *service)
{
  JumpPageSettings *self = g_object_new (JUMP_TYPE_PAGE_SETTINGS, NULL);

  self->service = g_object_ref (service);
  return GTK_WIDGET (self);
}
