/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/page-welcome.h"

struct _JumpPageWelcome
{
  GtkBox parent_instance;
};

G_DEFINE_FINAL_TYPE (JumpPageWelcome, jump_page_welcome, GTK_TYPE_BOX)

static void
jump_page_welcome_class_init (JumpPageWelcomeClass *klass)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/io/github/jumpseat/Jumpseat/ui/page-welcome.ui");
}

static void
jump_page_welcome_init (JumpPageWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jump_page_welcome_new:
 * @service: as for every page; its buttons are actions, so that it needs none
 */
GtkWidget *
jump_page_welcome_new (JumpService *service)
{
  return g_object_new (JUMP_TYPE_PAGE_WELCOME, NULL);
}
