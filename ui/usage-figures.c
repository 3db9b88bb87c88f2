/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/usage-figures.h"

#include "ui/column-box.h"
#include "ui/figure-text.h"
#include "ui/usage-text.h"

#include <glib/gi18n-lib.h>

struct _JumpUsageFigures
{
  GtkBox parent_instance;

  /* of the template */
  GtkLabel *credits_label;
  GtkLabel *dollars_label;
  GtkLabel *requests_label;
  GtkLabel *failed_label;
  GtkLabel *input_label;
  GtkLabel *cached_label;
  GtkLabel *output_label;
  GtkLabel *note_label;
};

G_DEFINE_FINAL_TYPE (JumpUsageFigures, jump_usage_figures, GTK_TYPE_BOX)

static void
take_label (GtkLabel *label, char *text)
{
  gtk_label_set_text (label, text);
  g_free (text);
}

static void
jump_usage_figures_class_init (JumpUsageFiguresClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (JUMP_TYPE_COLUMN_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/usage-figures.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpUsageFigures, credits_label);
  gtk_widget_class_bind_template_child (widget_class, JumpUsageFigures, dollars_label);
  gtk_widget_class_bind_template_child (widget_class, JumpUsageFigures, requests_label);
  gtk_widget_class_bind_template_child (widget_class, JumpUsageFigures, failed_label);
  gtk_widget_class_bind_template_child (widget_class, JumpUsageFigures, input_label);
  gtk_widget_class_bind_template_child (widget_class, JumpUsageFigures, cached_label);
  gtk_widget_class_bind_template_child (widget_class, JumpUsageFigures, output_label);
  gtk_widget_class_bind_template_child (widget_class, JumpUsageFigures, note_label);
}

static void
jump_usage_figures_init (JumpUsageFigures *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
jump_usage_figures_set_sums (JumpUsageFigures *self, const JumpUsageSums *sums)
{
  g_autofree char *dollars = jump_usage_text_dollars (sums);
  g_autofree char *cached = jump_usage_text_cached (sums);
  g_autofree char *failed = jump_figure_text_count ((gint64) sums->n_failed);
  g_autofree char *note = jump_usage_text_note (sums);

  take_label (self->credits_label, jump_usage_text_credits (sums));
  /* Translators: under a number of credits: the same in dollars */
  take_label (self->dollars_label, g_strdup_printf (_ ("Credits (%s)"), dollars));
  take_label (self->requests_label, jump_figure_text_count ((gint64) sums->n_requests));
  /* Translators: under a number of requests: how many of them failed */
  take_label (self->failed_label, g_strdup_printf (_ ("Requests (%s failed)"), failed));
  take_label (self->input_label, jump_figure_text_tokens ((gint64) sums->input_tokens));
  /* Translators: under a number of tokens: the share of them that came from the cache */
  take_label (self->cached_label, g_strdup_printf (_ ("Tokens in (%s cached)"), cached));
  take_label (self->output_label, jump_figure_text_tokens ((gint64) sums->output_tokens));
  gtk_label_set_text (self->note_label, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), note != NULL);
}
