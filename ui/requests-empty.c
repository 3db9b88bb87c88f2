/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/requests-empty.h"

#include "ui/copy-text.h"
#include "ui/example-text.h"

#include <glib/gi18n-lib.h>

struct _JumpRequestsEmpty
{
  GtkScrolledWindow parent_instance;

  JumpService *service; /* (owned) (nullable) */

  GtkLabel *example_label;
};

enum
{
  SIGNAL_IMPORT_ASKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpRequestsEmpty, jump_requests_empty, GTK_TYPE_SCROLLED_WINDOW)

/* The address and the default model may be others by now. */
static void
update_example (JumpRequestsEmpty *self)
{
  JumpSettings *settings;
  const char *model;
  g_autofree char *text = NULL;

  if (self->service == NULL || jump_service_get_url (self->service) == NULL)
    return;
  settings = jump_service_get_settings (self->service);
  model = jump_settings_get_string (settings, JUMP_KEY_MODELS_DEFAULT);
  text = jump_example_new (JUMP_EXAMPLE_CURL, jump_service_get_url (self->service), model);
  g_strchomp (text);
  if (g_strcmp0 (gtk_label_get_text (self->example_label), text) != 0)
    gtk_label_set_text (self->example_label, text);
}

static void
on_copy_clicked (JumpRequestsEmpty *self)
{
  jump_copy_text (GTK_WIDGET (self),
                  gtk_label_get_text (self->example_label),
                  _("Command copied"));
}

static void
on_import_clicked (JumpRequestsEmpty *self)
{
  g_signal_emit (self, signals[SIGNAL_IMPORT_ASKED], 0);
}

static void
jump_requests_empty_dispose (GObject *object)
{
  JumpRequestsEmpty *self = JUMP_REQUESTS_EMPTY (object);

  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_requests_empty_parent_class)->dispose (object);
}

static void
jump_requests_empty_map (GtkWidget *widget)
{
  update_example (JUMP_REQUESTS_EMPTY (widget));
  GTK_WIDGET_CLASS (jump_requests_empty_parent_class)->map (widget);
}

static void
jump_requests_empty_class_init (JumpRequestsEmptyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_requests_empty_dispose;
  widget_class->map = jump_requests_empty_map;
  signals[SIGNAL_IMPORT_ASKED] = g_signal_new ("import-asked",
                                               G_TYPE_FROM_CLASS (klass),
                                               G_SIGNAL_RUN_LAST,
                                               0,
                                               NULL,
                                               NULL,
                                               NULL,
                                               G_TYPE_NONE,
                                               0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/requests-empty.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpRequestsEmpty, example_label);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_import_clicked);
}

static void
jump_requests_empty_init (JumpRequestsEmpty *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jump_requests_empty_set_service:
 * @service: referenced; set once
 */
void
jump_requests_empty_set_service (JumpRequestsEmpty *self, JumpService *service)
{
  g_return_if_fail (self->service == NULL);
  self->service = g_object_ref (service);
  g_signal_connect_object (service,
                           "changed",
                           G_CALLBACK (update_example),
                           self,
                           G_CONNECT_SWAPPED);
}
