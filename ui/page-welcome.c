/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/page-welcome.h"

struct _JumpPageWelcome
{
  GtkBox parent_instance;

  JumpService *service; /* (owned) */

  /* of the template */
  GtkWidget *update_icon;
  GtkWidget *update_label;
};

G_DEFINE_FINAL_TYPE (JumpPageWelcome, jump_page_welcome, GTK_TYPE_BOX)

/* Nobody is told of what is not done: a Flatpak, for one, never asks. */
static void
update (JumpPageWelcome *self)
{
  gboolean asks = jump_update_watch_has_feed (jump_service_get_updates (self->service));

  gtk_widget_set_visible (self->update_icon, asks);
  gtk_widget_set_visible (self->update_label, asks);
}

static void
on_setting_changed (JumpPageWelcome *self, JumpSettingKey key)
{
  if (key == JUMP_KEY_UPDATES_CHECK)
    update (self);
}

static void
jump_page_welcome_dispose (GObject *object)
{
  JumpPageWelcome *self = JUMP_PAGE_WELCOME (object);

  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_page_welcome_parent_class)->dispose (object);
}

static void
jump_page_welcome_class_init (JumpPageWelcomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_page_welcome_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/page-welcome.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpPageWelcome, update_icon);
  gtk_widget_class_bind_template_child (widget_class, JumpPageWelcome, update_label);
}

static void
jump_page_welcome_init (JumpPageWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jump_page_welcome_new:
 * @service: as for every page; knows whether it asks for newer versions
 */
GtkWidget *
jump_page_welcome_new (JumpService *service)
{
  JumpPageWelcome *self = g_object_new (JUMP_TYPE_PAGE_WELCOME, NULL);

  self->service = g_object_ref (service);
  g_signal_connect_object (jump_service_get_settings (service),
                           "changed",
                           G_CALLBACK (on_setting_changed),
                           self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
