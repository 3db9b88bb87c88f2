/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* What usage means, in words. Pure. All return (transfer full). */

/* "12.3", "≈ 12.3" where a part is an estimate, "–" where nothing was said of any price. */
char *jump_usage_text_credits (const JumpUsageSums *sums);
/* "$0.12": the same in dollars; a credit is a cent (protocol 3.5) */
char *jump_usage_text_dollars (const JumpUsageSums *sums);
/* "42%" of the input; "–" without input */
char *jump_usage_text_cached (const JumpUsageSums *sums);
/* What the figures alone do not say: estimates, missing prices. (nullable) */
char *jump_usage_text_note (const JumpUsageSums *sums);

typedef struct
{
  double theirs;           /* used this month, as upstream says; -1 unknown */
  double ours;             /* used this month, as counted here; -1 unknown */
  gboolean counts_credits; /* else upstream counts premium requests, which nobody counts here */
  gboolean is_managed;     /* the organisation tells nothing */
} JumpUsageComparison;

/* What upstream says beside what was counted here, and how they differ. (nullable): nothing is known */
char *jump_usage_text_compare (const JumpUsageComparison *comparison);
/* "Runs out on 24 November if it goes on like this." (nullable): nothing is known */
char *jump_usage_text_forecast (JumpForecast forecast, gint64 when);
/* What the rows of a table are: "Unknown" where a record does not say. @by: what it adds up by */
char *jump_usage_text_row_name (JumpSumBy by, const char *name);
