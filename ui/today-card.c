/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/today-card.h"

#include "ui/column-box.h"
#include "ui/figure-text.h"
#include "ui/usage-chart.h"

#include <glib/gi18n-lib.h>

struct _JumpTodayCard
{
  GtkBox parent_instance;

  JumpService *service; /* (owned) (nullable) */

  /* of the template */
  GtkLabel *n_requests_label;
  GtkLabel *input_label;
  GtkLabel *output_label;
  GtkLabel *credits_label;
  GtkLabel *detail_label;
  GtkToggleButton *tokens_button;
  GtkToggleButton *credits_button;
  JumpUsageChart *chart;
};

G_DEFINE_FINAL_TYPE (JumpTodayCard, jump_today_card, GTK_TYPE_BOX)

static void
on_measure_toggled (GtkToggleButton *button, JumpTodayCard *self)
{
  JumpMeasure measure = JUMP_MEASURE_REQUESTS;

  if (!gtk_toggle_button_get_active (button))
    return;
  if (gtk_toggle_button_get_active (self->tokens_button))
    measure = JUMP_MEASURE_TOKENS;
  else if (gtk_toggle_button_get_active (self->credits_button))
    measure = JUMP_MEASURE_CREDITS;
  jump_usage_chart_set_measure (self->chart, measure);
}

static void
append_sentence (GString *text, const char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
}

/* What the figures alone do not say. */
static char *
describe (const JumpUsageSums *sums)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *failed = NULL;
  g_autofree char *cached = NULL;
  g_autofree char *unpriced = NULL;

  if (sums->n_failed > 0)
    {
      failed = g_strdup_printf (
          ngettext ("%d request failed.", "%d requests failed.", (gulong) sums->n_failed),
          (int) sums->n_failed);
      append_sentence (text, failed);
    }
  if (sums->cached_tokens > 0)
    {
      g_autofree char *tokens = jump_figure_text_tokens ((gint64) sums->cached_tokens);

      /* Translators: %s is a number of tokens such as 12.3k */
      cached = g_strdup_printf (_ ("%s tokens came from the cache."), tokens);
      append_sentence (text, cached);
    }
  if (sums->n_unpriced > 0)
    {
      unpriced = g_strdup_printf (ngettext ("Copilot named no price for %d request.",
                                            "Copilot named no price for %d requests.",
                                            (gulong) sums->n_unpriced),
                                  (int) sums->n_unpriced);
      append_sentence (text, unpriced);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
jump_today_card_dispose (GObject *object)
{
  JumpTodayCard *self = JUMP_TODAY_CARD (object);

  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_today_card_parent_class)->dispose (object);
}

static void
jump_today_card_class_init (JumpTodayCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (JUMP_TYPE_COLUMN_BOX);
  g_type_ensure (JUMP_TYPE_USAGE_CHART);
  G_OBJECT_CLASS (klass)->dispose = jump_today_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/today-card.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpTodayCard, n_requests_label);
  gtk_widget_class_bind_template_child (widget_class, JumpTodayCard, input_label);
  gtk_widget_class_bind_template_child (widget_class, JumpTodayCard, output_label);
  gtk_widget_class_bind_template_child (widget_class, JumpTodayCard, credits_label);
  gtk_widget_class_bind_template_child (widget_class, JumpTodayCard, detail_label);
  gtk_widget_class_bind_template_child (widget_class, JumpTodayCard, tokens_button);
  gtk_widget_class_bind_template_child (widget_class, JumpTodayCard, credits_button);
  gtk_widget_class_bind_template_child (widget_class, JumpTodayCard, chart);
  gtk_widget_class_bind_template_callback (widget_class, on_measure_toggled);
}

static void
jump_today_card_init (JumpTodayCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jump_today_card_set_service:
 * @self: a card
 * @service: whose day is shown
 */
void
jump_today_card_set_service (JumpTodayCard *self, JumpService *service)
{
  g_set_object (&self->service, service);
}

void
jump_today_card_update (JumpTodayCard *self)
{
  JumpUsageDay *day = jump_service_get_usage_day (self->service);
  JumpUsageSums hours[JUMP_CHART_N_HOURS];
  JumpUsageSums sums;
  g_autofree char *requests = NULL;
  g_autofree char *input = NULL;
  g_autofree char *output = NULL;
  g_autofree char *credits = NULL;
  g_autofree char *detail = NULL;

  jump_usage_day_get_sums (day, &sums);
  jump_usage_day_get_hours (day, hours);
  requests = jump_figure_text_count ((gint64) sums.n_requests);
  input = jump_figure_text_tokens ((gint64) sums.input_tokens);
  output = jump_figure_text_tokens ((gint64) sums.output_tokens);
  credits = jump_figure_text_credits ((gint64) sums.nano_aiu);
  detail = describe (&sums);
  gtk_label_set_text (self->n_requests_label, requests);
  gtk_label_set_text (self->input_label, input);
  gtk_label_set_text (self->output_label, output);
  gtk_label_set_text (self->credits_label, credits);
  gtk_label_set_text (self->detail_label, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail_label), detail[0] != '\0');
  jump_usage_chart_set_hours (self->chart, hours);
}
