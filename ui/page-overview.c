/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/page-overview.h"

struct _JumpPageOverview
{
  GtkBox parent_instance;

  JumpService *service; /* (owned) */
};

G_DEFINE_FINAL_TYPE (JumpPageOverview, jump_page_overview, GTK_TYPE_BOX)

static void
jump_page_overview_dispose (GObject *object)
{
  JumpPageOverview *self = JUMP_PAGE_OVERVIEW (object);

  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_page_overview_parent_class)->dispose (object);
}

static void
jump_page_overview_class_init (JumpPageOverviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_page_overview_dispose;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/io/github/jumpseat/Jumpseat/ui/page-overview.ui");
}

static void
jump_page_overview_init (JumpPageOverview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
jump_page_overview_new (JumpService *service)
{
  JumpPageOverview *self = g_object_new (JUMP_TYPE_PAGE_OVERVIEW, NULL);

  self->service = g_object_ref (service);
  return GTK_WIDGET (self);
}
