/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/serving-card.h"

#include <glib/gi18n-lib.h>

struct _JumpServingCard
{
  GtkBox parent_instance;

  JumpService *service; /* (owned) (nullable) */

  /* of the template */
  GtkImage *icon;
  GtkLabel *status_label;
  GtkLabel *detail_label;
  GtkLabel *openai_label;
  GtkLabel *anthropic_label;
  GtkLabel *ollama_label;
  GtkLabel *key_label;
  GtkWidget *address_grid;
  GtkButton *pause_button;
};

G_DEFINE_FINAL_TYPE (JumpServingCard, jump_serving_card, GTK_TYPE_BOX)

static void
on_pause_clicked (GtkButton *button, JumpServingCard *self)
{
  jump_service_set_paused (self->service, !jump_service_get_paused (self->service));
}

static char *
describe_requests (guint n)
{
  if (n == 0)
    return g_strdup (_ ("No request is running."));
  return g_strdup_printf (ngettext ("%u request is running.", "%u requests are running.", n), n);
}

static void
show_not_listening (JumpServingCard *self)
{
  const GError *error = jump_service_get_listen_error (self->service);

  if (error == NULL)
    {
      gtk_label_set_text (self->status_label, _ ("Starting…"));
      gtk_label_set_text (self->detail_label, _ ("The service is about to listen."));
      gtk_image_set_from_icon_name (self->icon, "content-loading-symbolic", GTK_ICON_SIZE_BUTTON);
      return;
    }
  gtk_label_set_text (self->status_label, _ ("Not reachable"));
  if (g_error_matches (error, JUMP_ERROR, JUMP_ERROR_BUSY_PORT))
    gtk_label_set_text (self->detail_label,
                        _ ("Another program has the port. Choose another one in the settings."));
  else
    gtk_label_set_text (self->detail_label,
                        _ ("The service cannot listen at the address of the settings."));
  gtk_image_set_from_icon_name (self->icon, "dialog-error-symbolic", GTK_ICON_SIZE_BUTTON);
}

static void
show_key (JumpServingCard *self)
{
  JumpSettings *settings = jump_service_get_settings (self->service);

  gtk_label_set_text (self->key_label,
                      jump_settings_get_boolean (settings, JUMP_KEY_SERVER_REQUIRE_KEY)
                      ? _ ("Every program needs a client key.")
                      : _ ("Any API key will do."));
}

static void
show_listening (JumpServingCard *self, const char *url)
{
  gboolean is_paused = jump_service_get_paused (self->service);
  guint port = jump_service_get_port (self->service);
  g_autofree char *openai = g_strconcat (url, "/v1", NULL);
  g_autofree char *status = NULL;
  g_autofree char *detail = NULL;

  if (is_paused)
    status = g_strdup_printf (_ ("Paused on port %u"), port);
  else
    status = g_strdup_printf (_ ("Serving on port %u"), port);
  detail = is_paused ? g_strdup (_ ("New requests are turned away; what runs goes on."))
                     : describe_requests (jump_service_get_open_exchanges (self->service));
  gtk_label_set_text (self->status_label, status);
  gtk_label_set_text (self->detail_label, detail);
  gtk_label_set_text (self->openai_label, openai);
  gtk_label_set_text (self->anthropic_label, url);
  gtk_label_set_text (self->ollama_label, url);
  show_key (self);
  gtk_image_set_from_icon_name (self->icon,
                                is_paused ? "media-playback-pause-symbolic" : "emblem-ok-symbolic",
                                GTK_ICON_SIZE_BUTTON);
  gtk_button_set_label (self->pause_button, is_paused ? _ ("_Resume") : _ ("_Pause"));
}

static void
jump_serving_card_dispose (GObject *object)
{
  JumpServingCard *self = JUMP_SERVING_CARD (object);

  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_serving_card_parent_class)->dispose (object);
}

static void
jump_serving_card_class_init (JumpServingCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_serving_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/serving-card.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpServingCard, icon);
  gtk_widget_class_bind_template_child (widget_class, JumpServingCard, status_label);
  gtk_widget_class_bind_template_child (widget_class, JumpServingCard, detail_label);
  gtk_widget_class_bind_template_child (widget_class, JumpServingCard, openai_label);
  gtk_widget_class_bind_template_child (widget_class, JumpServingCard, anthropic_label);
  gtk_widget_class_bind_template_child (widget_class, JumpServingCard, ollama_label);
  gtk_widget_class_bind_template_child (widget_class, JumpServingCard, key_label);
  gtk_widget_class_bind_template_child (widget_class, JumpServingCard, address_grid);
  gtk_widget_class_bind_template_child (widget_class, JumpServingCard, pause_button);
  gtk_widget_class_bind_template_callback (widget_class, on_pause_clicked);
}

static void
jump_serving_card_init (JumpServingCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jump_serving_card_set_service:
 * @self: a card
 * @service: what is shown
 */
void
jump_serving_card_set_service (JumpServingCard *self, JumpService *service)
{
  g_set_object (&self->service, service);
}

void
jump_serving_card_update (JumpServingCard *self)
{
  const char *url = jump_service_get_url (self->service);

  gtk_widget_set_visible (self->address_grid, url != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->key_label), url != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->pause_button), url != NULL);
  if (url == NULL)
    show_not_listening (self);
  else
    show_listening (self, url);
}
