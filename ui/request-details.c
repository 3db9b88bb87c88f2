/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/request-details.h"

struct _JumpRequestDetails
{
  GtkBox parent_instance;

  JumpService *service; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (JumpRequestDetails, jump_request_details, GTK_TYPE_BOX)

static void
jump_request_details_dispose (GObject *object)
{
  JumpRequestDetails *self = JUMP_REQUEST_DETAILS (object);

  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_request_details_parent_class)->dispose (object);
}

static void
jump_request_details_class_init (JumpRequestDetailsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_request_details_dispose;
  gtk_widget_class_set_template_from_resource (
      GTK_WIDGET_CLASS (klass),
      "/io/github/jumpseat/Jumpseat/ui/request-details.ui");
}

static void
jump_request_details_init (JumpRequestDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
jump_request_details_set_service (JumpRequestDetails *self, JumpService *service)
{
  self->service = g_object_ref (service);
}

void
jump_request_details_show (JumpRequestDetails *self, JumpExchangeItem *item)
{
}

void
jump_request_details_focus (JumpRequestDetails *self)
{
}
