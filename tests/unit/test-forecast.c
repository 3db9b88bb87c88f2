/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/forecast.h"

#include <math.h>

#define NOW G_GINT64_CONSTANT (1800000000)
#define DAY G_GINT64_CONSTANT (86400)

static const struct
{
  JumpForecastFacts facts;
  JumpForecast forecast;
  gint64 when;
} rows[] = {
  { { 100, 10, NOW, NOW + 20 * DAY }, JUMP_FORECAST_RUNS_OUT, NOW + 10 * DAY },
  { { 100, 10, NOW, 0 }, JUMP_FORECAST_RUNS_OUT, NOW + 10 * DAY },
  { { 25, 10, NOW, NOW + 20 * DAY }, JUMP_FORECAST_RUNS_OUT, NOW + 5 * DAY / 2 },
  /* renewed first, at the same time, just after */
  { { 100, 10, NOW, NOW + 9 * DAY }, JUMP_FORECAST_LASTS, 0 },
  { { 100, 10, NOW, NOW + 10 * DAY }, JUMP_FORECAST_LASTS, 0 },
  { { 100, 10, NOW, NOW + 10 * DAY + 1 }, JUMP_FORECAST_RUNS_OUT, NOW + 10 * DAY },
  { { 100, 0, NOW, NOW + 20 * DAY }, JUMP_FORECAST_LASTS, 0 },
  { { 1e9, 0.001, NOW, 0 }, JUMP_FORECAST_LASTS, 0 },
  { { 0, 10, NOW, NOW + DAY }, JUMP_FORECAST_SPENT, 0 },
  { { -12, NAN, NOW, NOW + DAY }, JUMP_FORECAST_SPENT, 0 },
  { { NAN, 10, NOW, NOW + DAY }, JUMP_FORECAST_UNKNOWN, 0 },
  { { 100, NAN, NOW, NOW + DAY }, JUMP_FORECAST_UNKNOWN, 0 },
  { { 100, -1, NOW, NOW + DAY }, JUMP_FORECAST_UNKNOWN, 0 },
};

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 when = 1;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (jump_forecast_make (&rows[i].facts, &when), ==, rows[i].forecast);
      g_assert_cmpint (when, ==, rows[i].when);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forecast/rows", test_rows);
  return g_test_run ();
}
