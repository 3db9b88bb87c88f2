/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/usage-series.h"
#include "ui/usage-text.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NOON 1795521600 /* 24 November 2026, 12:00 UTC */
#define HOUR 3600
#define NANO G_GUINT64_CONSTANT (1000000000)

static void
add_sum (GPtrArray *sums, gint64 bucket, guint64 credits, guint64 estimated)
{
  JumpHistorySum *sum = g_new0 (JumpHistorySum, 1);

  sum->bucket = bucket;
  sum->sums.n_requests = 2;
  sum->sums.n_failed = 1;
  sum->sums.input_tokens = 100;
  sum->sums.cached_tokens = 40;
  sum->sums.output_tokens = 10;
  sum->sums.nano_aiu = credits * NANO;
  sum->sums.estimated_nano_aiu = estimated * NANO;
  g_ptr_array_add (sums, sum);
}

/* What is of no step of the range is nowhere; two of one step are one bar. */
static void
test_series (void)
{
  g_autoptr (GPtrArray) sums =
      g_ptr_array_new_with_free_func ((GDestroyNotify) jump_history_sum_free);
  g_autoptr (GPtrArray) steps = NULL;
  const JumpUsageStep *step;
  double all = 0;

  add_sum (sums, NOON, 3, 1);
  add_sum (sums, NOON, 2, 0);
  add_sum (sums, NOON - 2 * HOUR, 7, 0);
  add_sum (sums, NOON - 48 * HOUR, 100, 0);
  steps = jump_usage_series_new (JUMP_RANGE_TODAY, sums, NOON + 60);
  g_assert_cmpuint (steps->len, ==, 24);
  step = g_ptr_array_index (steps, 12);
  g_assert_cmpint (step->begin, ==, NOON);
  g_assert_cmpfloat (jump_usage_measure_value (&step->sums, JUMP_MEASURE_CREDITS), ==, 6);
  g_assert_cmpfloat (jump_usage_measure_part (&step->sums, JUMP_MEASURE_CREDITS), ==, 1);
  g_assert_cmpfloat (jump_usage_measure_value (&step->sums, JUMP_MEASURE_TOKENS), ==, 220);
  g_assert_cmpfloat (jump_usage_measure_part (&step->sums, JUMP_MEASURE_TOKENS), ==, 80);
  g_assert_cmpfloat (jump_usage_measure_value (&step->sums, JUMP_MEASURE_REQUESTS), ==, 4);
  g_assert_cmpfloat (jump_usage_measure_part (&step->sums, JUMP_MEASURE_REQUESTS), ==, 2);
  for (guint i = 0; i < steps->len; i++)
    {
      step = g_ptr_array_index (steps, i);
      all += jump_usage_measure_value (&step->sums, JUMP_MEASURE_CREDITS);
    }
  g_assert_cmpfloat (all, ==, 13);
}

static void
test_ticks (void)
{
  const struct
  {
    double highest;
    guint most;
    double least;
    double step;
  } rows[] = {
    { 0, 4, 1, 1 },     { 3, 4, 1, 1 },       { 5, 4, 1, 2 },        { 100, 4, 1, 50 },
    { 101, 4, 1, 50 },  { 401, 4, 1, 200 },   { 0.3, 4, 0.01, 0.1 }, { 0.001, 4, 0.01, 0.01 },
    { 4e9, 4, 1, 1e9 }, { 4.1e9, 4, 1, 2e9 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpfloat_with_epsilon (
        jump_usage_tick_step (rows[i].highest, rows[i].most, rows[i].least),
        rows[i].step,
        rows[i].step * 1e-6);
}

static void
test_money (void)
{
  const struct
  {
    JumpUsageSums sums;
    const char *credits;
    const char *dollars;
    gboolean has_note;
  } rows[] = {
    { { 0 }, "0", "$0.00", FALSE },
    { { .n_requests = 2, .nano_aiu = 120 * NANO }, "120", "$1.20", FALSE },
    { { .n_requests = 2, .nano_aiu = NANO / 10 }, "0.10", "< $0.01", FALSE },
    { { .n_requests = 2, .n_unpriced = 2 }, "–", "–", TRUE },
    { { .n_requests = 2, .n_unpriced = 1, .nano_aiu = NANO }, "1", "$0.01", TRUE },
    { { .n_requests = 2, .n_unpriced = 2, .estimated_nano_aiu = 3 * NANO },
      "≈ 3",
      "≈ $0.03",
      TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *credits = jump_usage_text_credits (&rows[i].sums);
      g_autofree char *dollars = jump_usage_text_dollars (&rows[i].sums);
      g_autofree char *note = jump_usage_text_note (&rows[i].sums);

      g_assert_cmpstr (credits, ==, rows[i].credits);
      g_assert_cmpstr (dollars, ==, rows[i].dollars);
      g_assert_cmpint (note != NULL, ==, rows[i].has_note);
    }
}

static void
test_compare (void)
{
  const struct
  {
    JumpUsageComparison facts;
    const char *part; /* (nullable) */
  } rows[] = {
    { { 290, 250, TRUE, FALSE },
      "Copilot counts 290 credits this month, Jumpseat 250: 40 were used elsewhere" },
    { { 290, 290.05, TRUE, FALSE }, "and so does Jumpseat" },
    { { 250, 290, TRUE, FALSE }, "40 more" },
    { { 12, 290, FALSE, FALSE }, "12 premium requests" },
    { { -1, 290, TRUE, TRUE }, "Your organization keeps" },
    { { -1, 290, TRUE, FALSE }, "is not known" },
    { { 290, -1, TRUE, FALSE }, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = jump_usage_text_compare (&rows[i].facts);

      if (rows[i].part == NULL)
        g_assert_null (text);
      else
        g_assert_nonnull (strstr (text, rows[i].part));
    }
}

static void
test_names (void)
{
  g_autofree char *model = jump_usage_text_row_name (JUMP_SUM_MODEL, NULL);
  g_autofree char *key = jump_usage_text_row_name (JUMP_SUM_KEY, NULL);
  g_autofree char *api = jump_usage_text_row_name (JUMP_SUM_API, "messages");
  g_autofree char *client = jump_usage_text_row_name (JUMP_SUM_CLIENT, "messages");
  g_autofree char *out = jump_usage_text_forecast (JUMP_FORECAST_RUNS_OUT, NOON);

  g_assert_cmpstr (model, ==, "Unknown");
  g_assert_cmpstr (key, ==, "Without a key");
  g_assert_cmpstr (api, ==, "Messages");
  g_assert_cmpstr (client, ==, "messages");
  g_assert_cmpstr (out, ==, "Runs out on 24 November if it goes on like this.");
}

int
main (int argc, char **argv)
{
  setenv ("TZ", "UTC", TRUE);
  tzset ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/usage-series/series", test_series);
  g_test_add_func ("/usage-series/ticks", test_ticks);
  g_test_add_func ("/usage-series/money", test_money);
  g_test_add_func ("/usage-series/compare", test_compare);
  g_test_add_func ("/usage-series/names", test_names);
  return g_test_run ();
}
