/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/forecast.h"

#include <math.h>

#define DAY_SECONDS (24.0 * 60 * 60)
/* Nobody plans further ahead: later is never. */
#define MAX_DAYS 3660.0

/**
 * jump_forecast_make:
 * @facts: what is left, and how fast it goes; NAN stands for a number that is not known
 * @out_when: (out): wall seconds at which it runs out; 0 unless that is what it does
 *
 * A plain line through the mean of the last days: weekends and holidays are not known here, so a date a few
 * days ahead is a hint, not a promise.
 */
JumpForecast
jump_forecast_make (const JumpForecastFacts *facts, gint64 *out_when)
{
  double days;

  *out_when = 0;
  if (!isfinite (facts->remaining))
    return JUMP_FORECAST_UNKNOWN;
  if (facts->remaining <= 0)
    return JUMP_FORECAST_SPENT;
  if (!isfinite (facts->per_day) || facts->per_day < 0)
    return JUMP_FORECAST_UNKNOWN;
  if (facts->per_day * MAX_DAYS <= facts->remaining)
    return JUMP_FORECAST_LASTS;
  days = facts->remaining / facts->per_day;
  if (facts->resets_at > 0 && facts->now + (gint64) (days * DAY_SECONDS) >= facts->resets_at)
    return JUMP_FORECAST_LASTS;
  *out_when = facts->now + (gint64) (days * DAY_SECONDS);
  return JUMP_FORECAST_RUNS_OUT;
}
