/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/page-usage.h"

#include "ui/budget-list.h"
#include "ui/column-box.h"
#include "ui/pace.h"
#include "ui/usage-export.h"
#include "ui/usage-figures.h"
#include "ui/usage-month.h"
#include "ui/usage-plot.h"
#include "ui/usage-table.h"

#include <glib/gi18n-lib.h>

#define UPDATE_INTERVAL_MS 2000

struct _JumpPageUsage
{
  GtkBox parent_instance;

  JumpService *service;      /* (owned) (nullable) */
  JumpUsageNumbers *numbers; /* (owned) (nullable) */
  JumpPace *pace;            /* (owned) (nullable) */
  gboolean is_watching;      /* the quota */

  /* of the template */
  GtkToggleButton *today_button;
  GtkToggleButton *week_button;
  GtkToggleButton *month_button;
  GtkToggleButton *year_button;
  GtkToggleButton *all_button;
  GtkToggleButton *tokens_button;
  GtkToggleButton *requests_button;
  GtkWidget *export_button;
  GtkWidget *note_box;
  GtkWidget *settings_button;
  GtkLabel *note_label;
  GtkLabel *legend_label;
  GtkComboBox *by_combo;
  JumpUsageFigures *figures;
  JumpUsageMonth *month;
  JumpUsagePlot *plot;
  JumpUsageTable *table;
  JumpBudgetList *budgets;
};

G_DEFINE_FINAL_TYPE (JumpPageUsage, jump_page_usage, GTK_TYPE_BOX)

/* In the order of the template's choices. */
static const struct
{
  JumpSumBy by;
  const char *title; /* of the column; to translate */
} choices[] = {
  { JUMP_SUM_MODEL, N_ ("Model") },  { JUMP_SUM_API, N_ ("API") },
  { JUMP_SUM_CLIENT, N_ ("Client") }, { JUMP_SUM_KEY, N_ ("Key") },
  { JUMP_SUM_SESSION, N_ ("Session") }, { JUMP_USAGE_BY_TIME, N_ ("Time") },
};

static JumpUsageRange
get_range (JumpPageUsage *self)
{
  GtkToggleButton *const buttons[JUMP_N_RANGES] = {
    self->today_button, self->week_button, self->month_button, self->year_button, self->all_button,
  };

  for (guint i = 0; i < JUMP_N_RANGES; i++)
    if (gtk_toggle_button_get_active (buttons[i]))
      return (JumpUsageRange) i;
  return JUMP_RANGE_MONTH;
}

static JumpMeasure
get_measure (JumpPageUsage *self)
{
  if (gtk_toggle_button_get_active (self->tokens_button))
    return JUMP_MEASURE_TOKENS;
  return gtk_toggle_button_get_active (self->requests_button) ? JUMP_MEASURE_REQUESTS
                                                              : JUMP_MEASURE_CREDITS;
}

static guint
get_choice (JumpPageUsage *self)
{
  return (
      guint) CLAMP (gtk_combo_box_get_active (self->by_combo), 0, (int) G_N_ELEMENTS (choices) - 1);
}

/* What nobody sees is brought up to date when it is shown. */
static void
ask (gpointer user_data)
{
  JumpPageUsage *self = user_data;

  if (self->numbers != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    jump_usage_numbers_ask (self->numbers, get_range (self), choices[get_choice (self)].by);
}

static void
show_legend (JumpPageUsage *self)
{
  const char *part = jump_usage_measure_part_name (get_measure (self));
  /* Translators: what the hatched part of a bar is: "Estimated" */
  g_autofree char *text = g_strdup_printf (_ ("Hatched: %s"), part);

  gtk_label_set_text (self->legend_label, text);
}

/* Returns: (transfer full) (nullable): why there may be less than there was */
static char *
make_note (JumpPageUsage *self)
{
  const GError *error = jump_usage_numbers_get_error (self->numbers);
  JumpSettings *settings = jump_service_get_settings (self->service);

  if (error != NULL)
    /* Translators: %s is a technical message in English */
    return g_strdup_printf (_ ("The history cannot be read: %s"), error->message);
  if (!jump_settings_get_boolean (settings, JUMP_KEY_HISTORY_STORE))
    return g_strdup (_ ("Jumpseat remembers no requests, because the settings say so. What is used from now on is not "
                        "in these figures."));
  return NULL;
}

static void
on_numbers_changed (JumpPageUsage *self)
{
  GPtrArray *steps = jump_usage_numbers_get_steps (self->numbers);
  GPtrArray *rows = jump_usage_numbers_get_rows (self->numbers);
  const JumpUsageSums *total = jump_usage_numbers_get_total (self->numbers);
  g_autofree char *note = make_note (self);

  gtk_label_set_text (self->note_label, note != NULL ? note : "");
  gtk_widget_set_visible (self->note_box, note != NULL);
  gtk_widget_set_visible (self->settings_button,
                          jump_usage_numbers_get_error (self->numbers) == NULL);
  jump_usage_month_update (self->month, self->numbers);
  gtk_widget_set_sensitive (self->export_button, rows != NULL && rows->len > 0);
  if (steps == NULL || rows == NULL)
    return;
  jump_usage_figures_set_sums (self->figures, total);
  jump_usage_plot_set_steps (self->plot, steps);
  jump_usage_table_set_rows (self->table, rows, total, _ (choices[get_choice (self)].title));
}

static void
on_something_used (JumpPageUsage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    jump_pace_request (self->pace);
}

/* Both the button that goes up and the one that goes down say so. */
static void
on_range_toggled (GtkToggleButton *button, JumpPageUsage *self)
{
  if (gtk_toggle_button_get_active (button))
    ask (self);
}

static void
on_measure_toggled (GtkToggleButton *button, JumpPageUsage *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  jump_usage_plot_set_measure (self->plot, get_measure (self));
  show_legend (self);
}

static void
on_by_changed (JumpPageUsage *self)
{
  ask (self);
}

static void
on_export_clicked (JumpPageUsage *self)
{
  jump_usage_export_ask (GTK_WIDGET (self), self->numbers);
}

static void
watch_quota (JumpPageUsage *self, gboolean is_watching)
{
  if (self->service == NULL || self->is_watching == is_watching)
    return;
  self->is_watching = is_watching;
  if (is_watching)
    jump_quota_watch (jump_service_get_quota (self->service));
  else
    jump_quota_unwatch (jump_service_get_quota (self->service));
}

static void
jump_page_usage_map (GtkWidget *widget)
{
  JumpPageUsage *self = JUMP_PAGE_USAGE (widget);

  GTK_WIDGET_CLASS (jump_page_usage_parent_class)->map (widget);
  watch_quota (self, TRUE);
  ask (self);
}

static void
jump_page_usage_unmap (GtkWidget *widget)
{
  watch_quota (JUMP_PAGE_USAGE (widget), FALSE);
  GTK_WIDGET_CLASS (jump_page_usage_parent_class)->unmap (widget);
}

static void
jump_page_usage_dispose (GObject *object)
{
  JumpPageUsage *self = JUMP_PAGE_USAGE (object);

  watch_quota (self, FALSE);
  g_clear_pointer (&self->pace, jump_pace_free);
  if (self->numbers != NULL)
    g_signal_handlers_disconnect_by_data (self->numbers, self);
  g_clear_object (&self->numbers);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_page_usage_parent_class)->dispose (object);
}

static void
jump_page_usage_class_init (JumpPageUsageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (JUMP_TYPE_COLUMN_BOX);
  g_type_ensure (JUMP_TYPE_USAGE_FIGURES);
  g_type_ensure (JUMP_TYPE_USAGE_MONTH);
  g_type_ensure (JUMP_TYPE_USAGE_PLOT);
  g_type_ensure (JUMP_TYPE_USAGE_TABLE);
  g_type_ensure (JUMP_TYPE_BUDGET_LIST);
  G_OBJECT_CLASS (klass)->dispose = jump_page_usage_dispose;
  widget_class->map = jump_page_usage_map;
  widget_class->unmap = jump_page_usage_unmap;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/page-usage.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpPageUsage, today_button);
  gtk_widget_class_bind_template_child (widget_class, JumpPageUsage, week_button);
  gtk_widget_class_bind_template_child (widget_class, JumpPageUsage, month_button);
  gtk_widget_class_bind_template_child (widget_class, JumpPageUsage, year_button);
  gtk_widget_class_bind_template_child (widget_class, JumpPageUsage, all_button);
  gtk_widget_class_bind_template_child (widget_class, JumpPageUsage, tokens_button);
  gtk_widget_class_bind_template_child (widget_class, JumpPageUsage, requests_button);
  gtk_widget_class_bind_template_child (widget_class, JumpPageUsage, export_button);
  gtk_widget_class_bind_template_child (widget_class, JumpPageUsage, note_box);
  gtk_widget_class_bind_template_child (widget_class, JumpPageUsage, settings_button);
  gtk_widget_class_bind_template_child (widget_class, JumpPageUsage, note_label);
  gtk_widget_class_bind_template_child (widget_class, JumpPageUsage, legend_label);
  gtk_widget_class_bind_template_child (widget_class, JumpPageUsage, by_combo);
  gtk_widget_class_bind_template_child (widget_class, JumpPageUsage, figures);
  gtk_widget_class_bind_template_child (widget_class, JumpPageUsage, month);
  gtk_widget_class_bind_template_child (widget_class, JumpPageUsage, plot);
  gtk_widget_class_bind_template_child (widget_class, JumpPageUsage, table);
  gtk_widget_class_bind_template_child (widget_class, JumpPageUsage, budgets);
  gtk_widget_class_bind_template_callback (widget_class, on_range_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_measure_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_by_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_export_clicked);
}

static void
jump_page_usage_init (JumpPageUsage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->pace = jump_pace_new (UPDATE_INTERVAL_MS, ask, self);
  show_legend (self);
}

/**
 * jump_page_usage_new:
 * @service: what is shown
 *
 * Returns: (transfer floating)
 */
GtkWidget *
jump_page_usage_new (JumpService *service)
{
  JumpPageUsage *self = g_object_new (JUMP_TYPE_PAGE_USAGE, NULL);

  self->service = g_object_ref (service);
  self->numbers = jump_usage_numbers_new (service);
  jump_usage_month_set_service (self->month, service);
  jump_budget_list_set_service (self->budgets, service);
  g_signal_connect_object (self->numbers,
                           "changed",
                           G_CALLBACK (on_numbers_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (service,
                           "exchange-ended",
                           G_CALLBACK (on_something_used),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (jump_service_get_quota (service),
                           "changed",
                           G_CALLBACK (on_something_used),
                           self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
