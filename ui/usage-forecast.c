/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/usage-forecast.h"

#include "ui/usage-range.h"
#include "ui/usage-text.h"

#include <math.h>

#define DAY_SECONDS (24.0 * 60 * 60)

/**
 * jump_usage_forecast_new:
 * @service: whose account
 *
 * By what the whole seat used since the month began, here and elsewhere.
 */
char *
jump_usage_forecast_new (JumpService *service)
{
  JumpQuota *quota = jump_service_get_quota (service);
  gint64 now = jump_clock_get_wall_seconds (jump_service_get_clock (service));
  gint64 resets_at = jump_quota_get_resets_at (quota);
  double days = MAX ((double) (now - jump_usage_month_begin (resets_at, now)) / DAY_SECONDS, 1);
  JumpForecastFacts facts = {
    .remaining = jump_quota_get_remaining (quota),
    .per_day = resets_at > 0 ? jump_quota_get_used (quota) / days : NAN,
    .now = now,
    .resets_at = resets_at,
  };
  gint64 when = 0;
  JumpForecast forecast;

  if (jump_quota_get_used (quota) < 0 || jump_quota_get_state (quota) != JUMP_QUOTA_METERED)
    return NULL;
  forecast = jump_forecast_make (&facts, &when);
  return jump_usage_text_forecast (forecast, when);
}
