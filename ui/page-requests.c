/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/page-requests.h"

struct _JumpPageRequests
{
  GtkBox parent_instance;

  JumpService *service; /* (owned) */
};

G_DEFINE_FINAL_TYPE (JumpPageRequests, jump_page_requests, GTK_TYPE_BOX)

static void
jump_page_requests_dispose (GObject *object)
{
  JumpPageRequests *self = JUMP_PAGE_REQUESTS (object);

  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_page_requests_parent_class)->dispose (object);
}

static void
jump_page_requests_class_init (JumpPageRequestsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_page_requests_dispose;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/io/github/jumpseat/Jumpseat/ui/page-requests.ui");
}

static void
jump_page_requests_init (JumpPageRequests *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
jump_page_requests_new (JumpService *service)
{
  JumpPageRequests *self = g_object_new (JUMP_TYPE_PAGE_REQUESTS, NULL);

  self->service = g_object_ref (service);
  return GTK_WIDGET (self);
}

void
jump_page_requests_select (JumpPageRequests *self, const char *id)
{
}
