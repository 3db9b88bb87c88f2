/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/credits-card.h"

#include "ui/budget-words.h"
#include "ui/quota-text.h"
#include "ui/usage-forecast.h"

#include <glib/gi18n-lib.h>

struct _JumpCreditsCard
{
  GtkBox parent_instance;

  JumpService *service; /* (owned) (nullable) */

  /* of the template */
  GtkLabel *title_label;
  GtkLabel *detail_label;
  GtkLabel *forecast_label;
  GtkLabel *reset_label;
  GtkLabel *budget_label;
  GtkLevelBar *left_bar;
};

G_DEFINE_FINAL_TYPE (JumpCreditsCard, jump_credits_card, GTK_TYPE_BOX)

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text == NULL ? "" : text);
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
jump_credits_card_dispose (GObject *object)
{
  JumpCreditsCard *self = JUMP_CREDITS_CARD (object);

  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_credits_card_parent_class)->dispose (object);
}

static void
jump_credits_card_class_init (JumpCreditsCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_credits_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/credits-card.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpCreditsCard, title_label);
  gtk_widget_class_bind_template_child (widget_class, JumpCreditsCard, detail_label);
  gtk_widget_class_bind_template_child (widget_class, JumpCreditsCard, forecast_label);
  gtk_widget_class_bind_template_child (widget_class, JumpCreditsCard, reset_label);
  gtk_widget_class_bind_template_child (widget_class, JumpCreditsCard, budget_label);
  gtk_widget_class_bind_template_child (widget_class, JumpCreditsCard, left_bar);
}

static void
jump_credits_card_init (JumpCreditsCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* It shows what is left, as a battery does: little is what to look out for, and all is nothing
   * special. */
  gtk_level_bar_add_offset_value (self->left_bar, GTK_LEVEL_BAR_OFFSET_LOW, 0.2);
  gtk_level_bar_remove_offset_value (self->left_bar, GTK_LEVEL_BAR_OFFSET_FULL);
}

/**
 * jump_credits_card_set_service:
 * @self: a card
 * @service: whose quota is shown
 */
void
jump_credits_card_set_service (JumpCreditsCard *self, JumpService *service)
{
  g_set_object (&self->service, service);
}

void
jump_credits_card_update (JumpCreditsCard *self)
{
  g_autoptr (JumpQuotaText) text = jump_quota_text_new_for_service (self->service);
  g_autoptr (GArray) states = jump_budget_get_states (jump_service_get_budget (self->service));
  g_autofree char *attention = jump_budget_words_attention (states);
  g_autofree char *forecast = jump_usage_forecast_new (self->service);

  show_text (self->title_label, text->title);
  show_text (self->detail_label, text->detail);
  show_text (self->forecast_label, forecast);
  show_text (self->reset_label, text->reset);
  show_text (self->budget_label, attention);
  gtk_widget_set_visible (GTK_WIDGET (self->left_bar), text->left >= 0);
  gtk_level_bar_set_value (self->left_bar, MAX (text->left, 0));
}
