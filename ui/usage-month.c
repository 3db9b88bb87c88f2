/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/usage-month.h"

#include "ui/quota-text.h"
#include "ui/usage-forecast.h"
#include "ui/usage-text.h"

struct _JumpUsageMonth
{
  GtkBox parent_instance;

  JumpService *service; /* (owned) (nullable) */

  /* of the template */
  GtkLabel *title_label;
  GtkLabel *reset_label;
  GtkLabel *forecast_label;
  GtkLabel *compare_label;
};

G_DEFINE_FINAL_TYPE (JumpUsageMonth, jump_usage_month, GTK_TYPE_BOX)

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static char *
make_comparison (JumpUsageMonth *self, double ours)
{
  JumpQuota *quota = jump_service_get_quota (self->service);
  JumpUsageComparison comparison = {
    .theirs = jump_quota_get_used (quota),
    .ours = ours,
    .counts_credits = jump_quota_is_about_credits (quota),
    .is_managed = jump_quota_get_state (quota) == JUMP_QUOTA_MANAGED,
  };

  return jump_usage_text_compare (&comparison);
}

static void
jump_usage_month_dispose (GObject *object)
{
  g_clear_object (&JUMP_USAGE_MONTH (object)->service);
  G_OBJECT_CLASS (jump_usage_month_parent_class)->dispose (object);
}

static void
jump_usage_month_class_init (JumpUsageMonthClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_usage_month_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/usage-month.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpUsageMonth, title_label);
  gtk_widget_class_bind_template_child (widget_class, JumpUsageMonth, reset_label);
  gtk_widget_class_bind_template_child (widget_class, JumpUsageMonth, forecast_label);
  gtk_widget_class_bind_template_child (widget_class, JumpUsageMonth, compare_label);
}

static void
jump_usage_month_init (JumpUsageMonth *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
jump_usage_month_set_service (JumpUsageMonth *self, JumpService *service)
{
  g_set_object (&self->service, service);
}

/**
 * jump_usage_month_update:
 * @self: a card with a service
 * @numbers: what was counted here
 */
void
jump_usage_month_update (JumpUsageMonth *self, JumpUsageNumbers *numbers)
{
  g_autoptr (JumpQuotaText) quota = jump_quota_text_new_for_service (self->service);
  g_autofree char *forecast = jump_usage_forecast_new (self->service);
  g_autofree char *comparison = make_comparison (self, jump_usage_numbers_get_month (numbers));

  show_text (self->title_label, quota->title);
  show_text (self->reset_label, quota->reset);
  show_text (self->forecast_label, forecast);
  show_text (self->compare_label, comparison);
}
