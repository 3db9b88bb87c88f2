/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/token-card.h"

#include "ui/token-text.h"

#include <glib/gi18n-lib.h>

struct _JumpTokenCard
{
  GtkBox parent_instance;

  JumpService *service;      /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable): of a renewal that was asked for here */
  guint countdown;           /* source id, 0 none; only while the card is mapped */

  /* of the template */
  GtkLabel *title_label;
  GtkLabel *detail_label;
  GtkLabel *result_label;
  GtkWidget *refresh_button;
  GtkWidget *spinner;
};

G_DEFINE_FINAL_TYPE (JumpTokenCard, jump_token_card, GTK_TYPE_BOX)

static gboolean
on_countdown_passed (gpointer user_data)
{
  JumpTokenCard *self = user_data;

  self->countdown = 0;
  jump_token_card_update (self);
  return G_SOURCE_REMOVE;
}

static void
stop_countdown (JumpTokenCard *self)
{
  g_clear_handle_id (&self->countdown, g_source_remove);
}

static void
show_busy (JumpTokenCard *self, gboolean is_busy)
{
  gtk_widget_set_visible (self->spinner, is_busy);
  g_object_set (self->spinner, "active", is_busy, NULL);
}

static void
show_result (JumpTokenCard *self, const char *text, gboolean is_error)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self->result_label));

  gtk_label_set_text (self->result_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->result_label), text[0] != '\0');
  gtk_style_context_remove_class (context, is_error ? "success" : "error");
  gtk_style_context_add_class (context, is_error ? "error" : "success");
}

static void
on_token_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpTokenCard) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpToken) token =
      jump_token_manager_refresh_finish (JUMP_TOKEN_MANAGER (source), result, &error);

  g_clear_object (&self->cancellable);
  if (self->service == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* Why it failed stands above. */
  if (token == NULL)
    show_result (self, _ ("It could not be renewed."), TRUE);
  else
    show_result (self, _ ("It has been renewed."), FALSE);
  jump_token_card_update (self);
}

static void
on_refresh_clicked (GtkButton *button, JumpTokenCard *self)
{
  if (self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  show_result (self, "", FALSE);
  jump_token_manager_refresh_async (jump_service_get_token_manager (self->service),
                                    self->cancellable,
                                    on_token_refreshed,
                                    g_object_ref (self));
  jump_token_card_update (self);
}

static void
jump_token_card_map (GtkWidget *widget)
{
  JumpTokenCard *self = JUMP_TOKEN_CARD (widget);

  GTK_WIDGET_CLASS (jump_token_card_parent_class)->map (widget);
  if (self->service != NULL)
    jump_token_card_update (self);
}

static void
jump_token_card_unmap (GtkWidget *widget)
{
  JumpTokenCard *self = JUMP_TOKEN_CARD (widget);

  stop_countdown (self);
  show_result (self, "", FALSE);
  GTK_WIDGET_CLASS (jump_token_card_parent_class)->unmap (widget);
}

static void
jump_token_card_dispose (GObject *object)
{
  JumpTokenCard *self = JUMP_TOKEN_CARD (object);

  stop_countdown (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_token_card_parent_class)->dispose (object);
}

static void
jump_token_card_finalize (GObject *object)
{
  JumpTokenCard *self = JUMP_TOKEN_CARD (object);

  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (jump_token_card_parent_class)->finalize (object);
}

static void
jump_token_card_class_init (JumpTokenCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_token_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = jump_token_card_finalize;
  widget_class->map = jump_token_card_map;
  widget_class->unmap = jump_token_card_unmap;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/token-card.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpTokenCard, title_label);
  gtk_widget_class_bind_template_child (widget_class, JumpTokenCard, detail_label);
  gtk_widget_class_bind_template_child (widget_class, JumpTokenCard, result_label);
  gtk_widget_class_bind_template_child (widget_class, JumpTokenCard, refresh_button);
  gtk_widget_class_bind_template_child (widget_class, JumpTokenCard, spinner);
  gtk_widget_class_bind_template_callback (widget_class, on_refresh_clicked);
}

static void
jump_token_card_init (JumpTokenCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jump_token_card_set_service:
 * @self: a card
 * @service: whose token is shown
 */
void
jump_token_card_set_service (JumpTokenCard *self, JumpService *service)
{
  g_set_object (&self->service, service);
}

void
jump_token_card_update (JumpTokenCard *self)
{
  g_autoptr (JumpTokenText) text = jump_token_text_new_for_service (self->service);
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self->detail_label));

  gtk_label_set_text (self->title_label, text->title);
  gtk_label_set_text (self->detail_label, text->detail == NULL ? "" : text->detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail_label), text->detail != NULL);
  if (text->is_warning)
    gtk_style_context_remove_class (context, "dim-label");
  else
    gtk_style_context_add_class (context, "dim-label");
  gtk_widget_set_visible (self->refresh_button, text->can_be_refreshed);
  gtk_widget_set_sensitive (self->refresh_button, !text->is_busy && self->cancellable == NULL);
  show_busy (self, text->is_busy || self->cancellable != NULL);
  stop_countdown (self);
  if (text->next > 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->countdown = g_timeout_add_seconds (text->next, on_countdown_passed, self);
}
