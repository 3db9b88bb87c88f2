/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/usage-chart.h"
#include "ui/usage-range.h"

/* Usage over time as bars: what the history has, put into the steps of a range. Pure. */

typedef struct
{
  gint64 begin; /* wall seconds */
  char *label;  /* (owned): under the bar */
  char *title;  /* (owned): the time in full */
  JumpUsageSums sums;
} JumpUsageStep;

/* @sums: (element-type JumpHistorySum): in buckets of hours or days; of one bucket there may be several.
 * Returns: (transfer full) (element-type JumpUsageStep) */
GPtrArray *jump_usage_series_new (JumpUsageRange range, GPtrArray *sums, gint64 now);

/* How high a bar is: credits (with what is estimated), tokens (in and out), requests. */
double jump_usage_measure_value (const JumpUsageSums *sums, JumpMeasure measure);
/* A part of it that is shown apart: estimated credits, tokens from the cache, failed requests. */
double jump_usage_measure_part (const JumpUsageSums *sums, JumpMeasure measure);
/* Returns: (transfer full): a value as people read it */
char *jump_usage_measure_format (double value, JumpMeasure measure);
/* Returns: (transfer none): what the bars and their part are: "Credits", "estimated" */
const char *jump_usage_measure_name (JumpMeasure measure);
const char *jump_usage_measure_part_name (JumpMeasure measure);

/* Marks of an axis: round numbers from 0 to the one that is not below @highest, at most @most_marks
 * beside 0. @least: the smallest distance that makes sense. Returns: the distance */
double jump_usage_tick_step (double highest, guint most_marks, double least);
