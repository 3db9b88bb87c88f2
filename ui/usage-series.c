/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/usage-series.h"

#include "ui/figure-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define NANO_AIU_PER_CREDIT 1e9

static void
step_free (gpointer data)
{
  JumpUsageStep *step = data;

  g_free (step->label);
  g_free (step->title);
  g_free (step);
}

static gint64
find_oldest (GPtrArray *sums)
{
  gint64 oldest = 0;

  for (guint i = 0; i < sums->len; i++)
    {
      const JumpHistorySum *sum = g_ptr_array_index (sums, i);

      if (oldest == 0 || sum->bucket < oldest)
        oldest = sum->bucket;
    }
  return oldest;
}

/* Returns: the bar that holds @time; -1 for none */
static int
find_step (const GArray *begins, gint64 time)
{
  for (guint i = 0; i + 1 < begins->len; i++)
    {
      if (time >= g_array_index (begins, gint64, i) && time < g_array_index (begins, gint64, i + 1))
        return (int) i;
    }
  return -1;
}

/**
 * jump_usage_series_new:
 * @range: what is shown
 * @sums: (element-type JumpHistorySum): what the history said
 * @now: wall seconds
 */
GPtrArray *
jump_usage_series_new (JumpUsageRange range, GPtrArray *sums, gint64 now)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func (step_free);
  gint64 oldest = find_oldest (sums);
  JumpStepUnit unit = jump_usage_range_get_unit (range, oldest, now);
  g_autoptr (GArray) begins = jump_usage_range_make_steps (range, oldest, now);

  for (guint i = 0; i + 1 < begins->len; i++)
    {
      JumpUsageStep *step = g_new0 (JumpUsageStep, 1);
      gint64 begin = g_array_index (begins, gint64, i);

      step->begin = begin;
      step->label = jump_usage_step_label (range, unit, begin);
      step->title = jump_usage_step_title (unit, begin);
      g_ptr_array_add (steps, step);
    }
  for (guint i = 0; i < sums->len; i++)
    {
      const JumpHistorySum *sum = g_ptr_array_index (sums, i);
      int place = find_step (begins, sum->bucket);

      if (place >= 0)
        jump_usage_sums_merge (&((JumpUsageStep *) g_ptr_array_index (steps, place))->sums,
                               &sum->sums);
    }
  return steps;
}

double
jump_usage_measure_value (const JumpUsageSums *sums, JumpMeasure measure)
{
  switch (measure)
    {
    case JUMP_MEASURE_REQUESTS:
      return (double) sums->n_requests;
    case JUMP_MEASURE_TOKENS:
      return (double) (sums->input_tokens + sums->output_tokens);
    case JUMP_MEASURE_CREDITS:
      return (double) (sums->nano_aiu + sums->estimated_nano_aiu) / NANO_AIU_PER_CREDIT;
    }
  return 0;
}

double
jump_usage_measure_part (const JumpUsageSums *sums, JumpMeasure measure)
{
  switch (measure)
    {
    case JUMP_MEASURE_REQUESTS:
      return (double) sums->n_failed;
    case JUMP_MEASURE_TOKENS:
      return (double) sums->cached_tokens;
    case JUMP_MEASURE_CREDITS:
      return (double) sums->estimated_nano_aiu / NANO_AIU_PER_CREDIT;
    }
  return 0;
}

/**
 * jump_usage_measure_format:
 * @value: as jump_usage_measure_value() has it
 * @measure: what it counts
 */
char *
jump_usage_measure_format (double value, JumpMeasure measure)
{
  switch (measure)
    {
    case JUMP_MEASURE_REQUESTS:
      return jump_figure_text_count ((gint64) value);
    case JUMP_MEASURE_TOKENS:
      return jump_figure_text_tokens ((gint64) value);
    case JUMP_MEASURE_CREDITS:
      return jump_figure_text_amount (value);
    }
  return NULL;
}

const char *
jump_usage_measure_name (JumpMeasure measure)
{
  switch (measure)
    {
    case JUMP_MEASURE_REQUESTS:
      return _ ("Requests");
    case JUMP_MEASURE_TOKENS:
      return _ ("Tokens");
    case JUMP_MEASURE_CREDITS:
      return _ ("Credits");
    }
  return NULL;
}

const char *
jump_usage_measure_part_name (JumpMeasure measure)
{
  switch (measure)
    {
    case JUMP_MEASURE_REQUESTS:
      /* Translators: of requests */
      return C_ ("requests", "Failed");
    case JUMP_MEASURE_TOKENS:
      /* Translators: of tokens */
      return C_ ("tokens", "From the cache");
    case JUMP_MEASURE_CREDITS:
      /* Translators: of credits */
      return C_ ("credits", "Estimated");
    }
  return NULL;
}

/**
 * jump_usage_tick_step:
 * @highest: the highest value, 0 or above
 * @most_marks: as many as there is room for, at least 1
 * @least: 1 for what can be counted
 */
double
jump_usage_tick_step (double highest, guint most_marks, double least)
{
  static const double round_numbers[] = { 1, 2, 5, 10 };
  double wanted = MAX (highest / MAX (most_marks, 1), least);
  double power = pow (10, floor (log10 (wanted)));

  for (guint i = 0; i < G_N_ELEMENTS (round_numbers); i++)
    {
      /* what was divided and multiplied is not quite the number that it was */
      if (round_numbers[i] * power >= wanted * (1 - 1e-9))
        return round_numbers[i] * power;
    }
  return 10 * power;
}
