/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/usage-chart.h"

#include "ui/chart-paint.h"
#include "ui/figure-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define HOURS_PER_MARK 6
#define GAP            2.0 /* pixels between bars */

struct _JumpUsageChart
{
  GtkDrawingArea parent_instance;

  JumpUsageSums hours[JUMP_CHART_N_HOURS];
  JumpMeasure measure;
};

G_DEFINE_FINAL_TYPE (JumpUsageChart, jump_usage_chart, GTK_TYPE_DRAWING_AREA)

static double
get_value (const JumpUsageSums *sums, JumpMeasure measure)
{
  switch (measure)
    {
    case JUMP_MEASURE_REQUESTS:
      return (double) sums->n_requests;
    case JUMP_MEASURE_TOKENS:
      return (double) (sums->input_tokens + sums->output_tokens);
    case JUMP_MEASURE_CREDITS:
      return (double) sums->nano_aiu;
    }
  return 0;
}

static char *
format_value (double value, JumpMeasure measure)
{
  switch (measure)
    {
    case JUMP_MEASURE_REQUESTS:
      return jump_figure_text_count ((gint64) value);
    case JUMP_MEASURE_TOKENS:
      return jump_figure_text_tokens ((gint64) value);
    case JUMP_MEASURE_CREDITS:
      return jump_figure_text_credits ((gint64) value);
    }
  return NULL;
}

static const char *
get_measure_name (JumpMeasure measure)
{
  switch (measure)
    {
    case JUMP_MEASURE_REQUESTS:
      return _ ("Requests per hour");
    case JUMP_MEASURE_TOKENS:
      return _ ("Tokens per hour");
    case JUMP_MEASURE_CREDITS:
      return _ ("Credits per hour");
    }
  return NULL;
}

static double
get_highest (JumpUsageChart *self)
{
  double highest = 0;

  for (guint i = 0; i < JUMP_CHART_N_HOURS; i++)
    highest = MAX (highest, get_value (&self->hours[i], self->measure));
  return highest;
}

/* "14:00: 12" for each hour in which something went through. */
static char *
describe (JumpUsageChart *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < JUMP_CHART_N_HOURS; i++)
    {
      double value = get_value (&self->hours[i], self->measure);
      g_autofree char *number = format_value (value, self->measure);

      if (value > 0)
        g_string_append_printf (text, "%s%u:00: %s", text->len > 0 ? ", " : "", i, number);
    }
  if (text->len == 0)
    return g_strdup (_ ("Nothing yet today"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
tell (JumpUsageChart *self)
{
  AtkObject *accessible = gtk_widget_get_accessible (GTK_WIDGET (self));
  g_autofree char *description = describe (self);

  atk_object_set_role (accessible, ATK_ROLE_CHART);
  atk_object_set_name (accessible, get_measure_name (self->measure));
  atk_object_set_description (accessible, description);
}

static void
draw_hours (JumpUsageChart *self, cairo_t *cr, double width, double y)
{
  for (guint i = 0; i <= JUMP_CHART_N_HOURS; i += HOURS_PER_MARK)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);
      double align = (double) i / JUMP_CHART_N_HOURS;

      jump_chart_draw_text (GTK_WIDGET (self), cr, text, width * align, y, align);
    }
}

static void
draw_bars (JumpUsageChart *self,
           cairo_t *cr,
           GtkStyleContext *context,
           double width,
           double top,
           double height)
{
  double highest = get_highest (self);
  double step = width / JUMP_CHART_N_HOURS;

  for (guint i = 0; i < JUMP_CHART_N_HOURS && highest > 0; i++)
    {
      const JumpUsageSums *sums = &self->hours[i];
      double bar = ceil (height * get_value (sums, self->measure) / highest);
      double failed = self->measure == JUMP_MEASURE_REQUESTS
                          ? ceil (height * (double) sums->n_failed / highest)
                          : 0;
      double x = round (i * step + GAP / 2);
      double thick = MAX (1, round ((i + 1) * step - GAP / 2) - x);

      jump_chart_set_bar_color (cr, context);
      cairo_rectangle (cr, x, top + height - bar, thick, bar);
      cairo_fill (cr);
      jump_chart_set_color (cr, context, "error_color", 1);
      cairo_rectangle (cr, x, top + height - failed, thick, failed);
      cairo_fill (cr);
    }
}

static gboolean
jump_usage_chart_draw (GtkWidget *widget, cairo_t *cr)
{
  JumpUsageChart *self = JUMP_USAGE_CHART (widget);
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  double width = gtk_widget_get_allocated_width (widget);
  int text = jump_chart_get_text_height (widget);
  double height = gtk_widget_get_allocated_height (widget) - 2 * text - 2;
  double highest = get_highest (self);
  g_autofree char *limit = format_value (highest, self->measure);

  if (highest > 0)
    jump_chart_draw_text (GTK_WIDGET (self), cr, limit, width, 0, 1);
  else
    jump_chart_draw_text (GTK_WIDGET (self),
                          cr,
                          _ ("Nothing yet today"), width / 2, text + (height - text) / 2, 0.5);
  jump_chart_set_color (cr, context, "theme_fg_color", 0.15);
  cairo_rectangle (cr, 0, text, width, 1);
  cairo_fill (cr);
  draw_bars (self, cr, context, width, text + 1, height - 1);
  jump_chart_set_color (cr, context, "theme_fg_color", 0.5);
  cairo_rectangle (cr, 0, text + height, width, 1);
  cairo_fill (cr);
  draw_hours (self, cr, width, text + height + 2);
  return FALSE;
}

static gboolean
jump_usage_chart_query_tooltip (GtkWidget *widget,
                                int x,
                                int y,
                                gboolean is_keyboard,
                                GtkTooltip *tooltip)
{
  JumpUsageChart *self = JUMP_USAGE_CHART (widget);
  int width = gtk_widget_get_allocated_width (widget);
  int hour = x * JUMP_CHART_N_HOURS / MAX (width, 1);
  const JumpUsageSums *sums;
  g_autofree char *input = NULL;
  g_autofree char *output = NULL;
  g_autofree char *credits = NULL;
  g_autofree char *requests = NULL;
  g_autofree char *text = NULL;

  if (is_keyboard || hour < 0 || hour >= JUMP_CHART_N_HOURS)
    return FALSE;
  sums = &self->hours[hour];
  if (sums->n_requests == 0)
    return FALSE;
  requests = g_strdup_printf (ngettext ("%d request", "%d requests", (gulong) sums->n_requests),
                              (int) sums->n_requests);
  input = jump_figure_text_tokens ((gint64) sums->input_tokens);
  output = jump_figure_text_tokens ((gint64) sums->output_tokens);
  credits = jump_figure_text_credits ((gint64) sums->nano_aiu);
  /* Translators: an hour of the day, the next one, how many requests, tokens in, tokens out, credits */
  text = g_strdup_printf (_ ("%d:00 to %d:00\n%s, %d failed\nTokens: %s in, %s out\nCredits: %s"),
                             hour,
                             hour + 1,
                             requests,
                             (int) sums->n_failed,
                             input,
                             output,
                             credits);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
jump_usage_chart_get_preferred_height (GtkWidget *widget, int *minimum, int *natural)
{
  int text = jump_chart_get_text_height (widget);

  *minimum = 5 * text;
  *natural = 7 * text;
}

static void
jump_usage_chart_class_init (JumpUsageChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->draw = jump_usage_chart_draw;
  widget_class->query_tooltip = jump_usage_chart_query_tooltip;
  widget_class->get_preferred_height = jump_usage_chart_get_preferred_height;
}

static void
jump_usage_chart_init (JumpUsageChart *self)
{
  tell (self);
}

/**
 * jump_usage_chart_set_hours:
 * @self: a chart
 * @hours: (array fixed-size=24): hour 0 is the one after midnight
 */
void
jump_usage_chart_set_hours (JumpUsageChart *self, const JumpUsageSums hours[JUMP_CHART_N_HOURS])
{
  if (memcmp (self->hours, hours, sizeof self->hours) == 0)
    return;
  memcpy (self->hours, hours, sizeof self->hours);
  tell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * jump_usage_chart_set_measure:
 * @self: a chart
 * @measure: what the bars' height stands for
 */
void
jump_usage_chart_set_measure (JumpUsageChart *self, JumpMeasure measure)
{
  self->measure = measure;
  tell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
