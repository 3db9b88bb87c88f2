/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/usage-plot.h"

#include "ui/chart-paint.h"
#include "ui/figure-text.h"
#include "ui/usage-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MOST_MARKS  4
#define MARK_GAP    8   /* pixels between a number and the axis, and at least between two labels */
#define BAR_SHARE   0.8 /* of the width of a step */
#define WIDEST_BAR  48
#define HATCH       5 /* pixels between two lines */
#define MOST_SPOKEN 40

struct _JumpUsagePlot
{
  GtkDrawingArea parent_instance;

  GPtrArray *steps; /* (owned) (nullable) (element-type JumpUsageStep) */
  JumpMeasure measure;
};

/* Where what is drawn. */
typedef struct
{
  double left;
  double top;
  double width;
  double height;
  double tick;    /* between two marks */
  guint n_marks;  /* beside 0 */
  double highest; /* of the axis */
} PlotFrame;

G_DEFINE_FINAL_TYPE (JumpUsagePlot, jump_usage_plot, GTK_TYPE_DRAWING_AREA)

static const JumpUsageStep *
get_step (JumpUsagePlot *self, guint i)
{
  return g_ptr_array_index (self->steps, i);
}

static guint
get_n_steps (JumpUsagePlot *self)
{
  return self->steps != NULL ? self->steps->len : 0;
}

static double
get_highest (JumpUsagePlot *self)
{
  double highest = 0;

  for (guint i = 0; i < get_n_steps (self); i++)
    highest = MAX (highest, jump_usage_measure_value (&get_step (self, i)->sums, self->measure));
  return highest;
}

static char *
get_axis_title (JumpUsagePlot *self)
{
  const char *name = jump_usage_measure_name (self->measure);

  if (self->measure == JUMP_MEASURE_CREDITS)
    /* Translators: the unit of a chart's axis */
    return g_strdup (_ ("Credits (1 credit = $0.01)"));
  return g_strdup (name);
}

/* "23 November: 12.3, 24 November: 3" for the steps in which something went through, the last ones first. */
static char *
describe (JumpUsagePlot *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_spoken = 0;

  for (guint i = get_n_steps (self); i > 0 && n_spoken < MOST_SPOKEN; i--)
    {
      const JumpUsageStep *step = get_step (self, i - 1);
      double value = jump_usage_measure_value (&step->sums, self->measure);
      g_autofree char *number = jump_usage_measure_format (value, self->measure);

      if (value <= 0)
        continue;
      n_spoken++;
      g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "; " : "", step->title, number);
    }
  if (text->len == 0)
    return g_strdup (_ ("Nothing in this time"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
tell (JumpUsagePlot *self)
{
  AtkObject *accessible = gtk_widget_get_accessible (GTK_WIDGET (self));
  g_autofree char *description = describe (self);
  g_autofree char *name = get_axis_title (self);

  atk_object_set_role (accessible, ATK_ROLE_CHART);
  atk_object_set_name (accessible, name);
  atk_object_set_description (accessible, description);
}

static void
place (JumpUsagePlot *self, PlotFrame *frame)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int text = jump_chart_get_text_height (widget);
  double highest = get_highest (self);

  frame->tick =
      jump_usage_tick_step (highest, MOST_MARKS, self->measure == JUMP_MEASURE_CREDITS ? 0.01 : 1);
  frame->n_marks = (guint) MAX (1, ceil (highest / frame->tick - 1e-9));
  frame->highest = frame->tick * frame->n_marks;
  frame->left = 0;
  for (guint i = 0; i <= frame->n_marks; i++)
    {
      g_autofree char *mark = jump_usage_measure_format (i * frame->tick, self->measure);

      frame->left = MAX (frame->left, jump_chart_get_text_width (widget, mark));
    }
  frame->left += MARK_GAP;
  frame->top = text * 1.5;
  frame->width = MAX (1, gtk_widget_get_allocated_width (widget) - frame->left);
  frame->height = MAX (1, gtk_widget_get_allocated_height (widget) - frame->top - text - 4);
}

static void
draw_marks (JumpUsagePlot *self, cairo_t *cr, GtkStyleContext *context, const PlotFrame *frame)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int text = jump_chart_get_text_height (widget);

  for (guint i = 0; i <= frame->n_marks; i++)
    {
      double y = round (frame->top + frame->height * (1 - (double) i / frame->n_marks));
      g_autofree char *mark = jump_usage_measure_format (i * frame->tick, self->measure);

      jump_chart_set_color (cr, context, "theme_fg_color", i == 0 ? 0.5 : 0.15);
      cairo_rectangle (cr, frame->left, y, frame->width, 1);
      cairo_fill (cr);
      jump_chart_draw_text (widget, cr, mark, frame->left - MARK_GAP, y - text / 2.0, 1);
    }
}

/* As many as there is room for, each under its bar. */
static void
draw_labels (JumpUsagePlot *self, cairo_t *cr, const PlotFrame *frame)
{
  GtkWidget *widget = GTK_WIDGET (self);
  guint n_steps = get_n_steps (self);
  double step = frame->width / MAX (n_steps, 1);
  int widest = 1;
  guint every;

  for (guint i = 0; i < n_steps; i++)
    widest = MAX (widest, jump_chart_get_text_width (widget, get_step (self, i)->label));
  every = (guint) MAX (1, ceil ((widest + MARK_GAP) / step));
  for (guint i = 0; i < n_steps; i += every)
    jump_chart_draw_text (widget,
                          cr,
                          get_step (self, i)->label,
                          frame->left + (i + 0.5) * step,
                          frame->top + frame->height + 3,
                          0.5);
}

/* What is estimated, failed or cached is told by its pattern, too, for whoever sees no colours. */
static void
hatch (cairo_t *cr, double x, double y, double width, double height)
{
  cairo_save (cr);
  cairo_rectangle (cr, x, y, width, height);
  cairo_clip (cr);
  cairo_set_line_width (cr, 1.5);
  for (int i = 0; i * HATCH < width + height; i++)
    {
      double offset = i * HATCH - height;

      cairo_move_to (cr, x + offset, y + height);
      cairo_line_to (cr, x + offset + height, y);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_bar (JumpUsagePlot *self,
          cairo_t *cr,
          GtkStyleContext *context,
          const PlotFrame *frame,
          guint i)
{
  const JumpUsageSums *sums = &get_step (self, i)->sums;
  double value = jump_usage_measure_value (sums, self->measure);
  double step = frame->width / get_n_steps (self);
  double bar = ceil (frame->height * value / frame->highest);
  double part =
      ceil (frame->height * jump_usage_measure_part (sums, self->measure) / frame->highest);
  double thick = MAX (1, MIN (round (step * BAR_SHARE), WIDEST_BAR));
  double x = round (frame->left + (i + 0.5) * step - thick / 2);
  double bottom = round (frame->top + frame->height);

  part = MIN (part, bar);
  jump_chart_set_bar_color (cr, context);
  cairo_rectangle (cr, x, bottom - bar, thick, bar - part);
  cairo_fill (cr);
  if (part < 1)
    return;
  if (self->measure == JUMP_MEASURE_REQUESTS)
    jump_chart_set_color (cr, context, "error_color", 1);
  hatch (cr, x, bottom - part, thick, part);
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, x + 0.5, bottom - part + 0.5, thick - 1, part - 1);
  cairo_stroke (cr);
}

static gboolean
jump_usage_plot_draw (GtkWidget *widget, cairo_t *cr)
{
  JumpUsagePlot *self = JUMP_USAGE_PLOT (widget);
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  g_autofree char *title = get_axis_title (self);
  PlotFrame frame;

  place (self, &frame);
  jump_chart_draw_text (widget, cr, title, 0, 0, 0);
  draw_marks (self, cr, context, &frame);
  draw_labels (self, cr, &frame);
  if (get_highest (self) <= 0)
    jump_chart_draw_text (widget,
                          cr,
                          _ ("Nothing in this time"),
                             frame.left + frame.width / 2,
                             frame.top + frame.height / 2 - jump_chart_get_text_height (widget),
                             0.5);
  for (guint i = 0; i < get_n_steps (self); i++)
    draw_bar (self, cr, context, &frame, i);
  return FALSE;
}

static char *
make_tip (const JumpUsageStep *step)
{
  const JumpUsageSums *sums = &step->sums;
  g_autofree char *requests =
      g_strdup_printf (ngettext ("%d request", "%d requests", (gulong) sums->n_requests),
                       (int) sums->n_requests);
  g_autofree char *input = jump_figure_text_tokens ((gint64) sums->input_tokens);
  g_autofree char *cached = jump_usage_text_cached (sums);
  g_autofree char *output = jump_figure_text_tokens ((gint64) sums->output_tokens);
  g_autofree char *credits = jump_usage_text_credits (sums);
  g_autofree char *dollars = jump_usage_text_dollars (sums);

  /* Translators: a day; how many requests, how many failed; tokens in, share of them that came from the cache, tokens
   * out; credits and the same in dollars */
  return g_strdup_printf (
      _ ("%s\n%s, %d failed\nTokens: %s in (%s cached), %s out\nCredits: %s (%s)"),
         step->title,
         requests,
         (int) sums->n_failed,
         input,
         cached,
         output,
         credits,
         dollars);
}

static gboolean
jump_usage_plot_query_tooltip (GtkWidget *widget,
                               int x,
                               int y,
                               gboolean is_keyboard,
                               GtkTooltip *tooltip)
{
  JumpUsagePlot *self = JUMP_USAGE_PLOT (widget);
  g_autofree char *tip = NULL;
  PlotFrame frame;
  int place_of_step;

  if (is_keyboard || get_n_steps (self) == 0)
    return FALSE;
  place (self, &frame);
  place_of_step = (int) floor ((x - frame.left) * get_n_steps (self) / frame.width);
  if (place_of_step < 0 || place_of_step >= (int) get_n_steps (self) ||
      get_step (self, (guint) place_of_step)->sums.n_requests == 0)
    return FALSE;
  tip = make_tip (get_step (self, (guint) place_of_step));
  gtk_tooltip_set_text (tooltip, tip);
  return TRUE;
}

static void
jump_usage_plot_get_preferred_height (GtkWidget *widget, int *minimum, int *natural)
{
  int text = jump_chart_get_text_height (widget);

  *minimum = 9 * text;
  *natural = 14 * text;
}

static void
jump_usage_plot_finalize (GObject *object)
{
  g_clear_pointer (&JUMP_USAGE_PLOT (object)->steps, g_ptr_array_unref);
  G_OBJECT_CLASS (jump_usage_plot_parent_class)->finalize (object);
}

static void
jump_usage_plot_class_init (JumpUsagePlotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = jump_usage_plot_finalize;
  widget_class->draw = jump_usage_plot_draw;
  widget_class->query_tooltip = jump_usage_plot_query_tooltip;
  widget_class->get_preferred_height = jump_usage_plot_get_preferred_height;
}

static void
jump_usage_plot_init (JumpUsagePlot *self)
{
  self->measure = JUMP_MEASURE_CREDITS;
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  tell (self);
}

/**
 * jump_usage_plot_set_steps:
 * @self: a plot
 * @steps: (element-type JumpUsageStep): what jump_usage_series_new() made
 */
void
jump_usage_plot_set_steps (JumpUsagePlot *self, GPtrArray *steps)
{
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  self->steps = g_ptr_array_ref (steps);
  tell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * jump_usage_plot_set_measure:
 * @self: a plot
 * @measure: what the bars' height stands for
 */
void
jump_usage_plot_set_measure (JumpUsagePlot *self, JumpMeasure measure)
{
  self->measure = measure;
  tell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
