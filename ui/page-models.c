/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/page-models.h"

struct _JumpPageModels
{
  GtkBox parent_instance;

  JumpService *service; /* (owned) */
};

G_DEFINE_FINAL_TYPE (JumpPageModels, jump_page_models, GTK_TYPE_BOX)

static void
jump_page_models_dispose (GObject *object)
{
  JumpPageModels *self = JUMP_PAGE_MODELS (object);

  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_page_models_parent_class)->dispose (object);
}

static void
jump_page_models_class_init (JumpPageModelsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_page_models_dispose;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/io/github/jumpseat/Jumpseat/ui/page-models.ui");
}

static void
jump_page_models_init (JumpPageModels *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
jump_page_models_new (JumpService *service)
{
  JumpPageModels *self = g_object_new (JUMP_TYPE_PAGE_MODELS, NULL);

  self->service = g_object_ref (service);
  return GTK_WIDGET (self);
}
