/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/page-welcome.h"

struct _JumpPageWelcome
{
  GtkBox parent_instance;

  JumpService *service; /* (owned) */
};

G_DEFINE_FINAL_TYPE (JumpPageWelcome, jump_page_welcome, GTK_TYPE_BOX)

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
  G_OBJECT_CLASS (klass)->dispose = jump_page_welcome_dispose;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/io/github/jumpseat/Jumpseat/ui/page-welcome.ui");
}

static void
jump_page_welcome_init (JumpPageWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
jump_page_welcome_new (JumpService *service)
{
  JumpPageWelcome *self = g_object_new (JUMP_TYPE_PAGE_WELCOME, NULL);

  self->service = g_object_ref (service);
  return GTK_WIDGET (self);
}
