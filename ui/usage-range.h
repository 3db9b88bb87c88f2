/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* The times that usage is shown for, local time. Pure. */

typedef enum
{
  JUMP_RANGE_TODAY,
  JUMP_RANGE_WEEK,  /* today and the six days before */
  JUMP_RANGE_MONTH, /* from the first of this month */
  JUMP_RANGE_YEAR,  /* this month and the eleven before */
  JUMP_RANGE_ALL,
  JUMP_N_RANGES,
} JumpUsageRange;

/* Wall seconds of its begin; 0: from the first record on. */
gint64 jump_usage_range_get_from (JumpUsageRange range, gint64 now);
/* In which pieces the history is asked for. */
JumpBucket jump_usage_range_get_bucket (JumpUsageRange range);
/* When upstream began to count this month: a month before @resets_at (wall seconds, 0 unknown). */
gint64 jump_usage_month_begin (gint64 resets_at, gint64 now);
/* Returns: (transfer none): "today", "week", …: what files and settings call it */
const char *jump_usage_range_get_name (JumpUsageRange range);

/* One bar: hours, days, months or years. */
typedef enum
{
  JUMP_STEP_HOUR,
  JUMP_STEP_DAY,
  JUMP_STEP_MONTH,
  JUMP_STEP_YEAR,
} JumpStepUnit;

/* @oldest: wall seconds of the first record, for the range that is all; 0: none. */
JumpStepUnit jump_usage_range_get_unit (JumpUsageRange range, gint64 oldest, gint64 now);
/* Returns: (transfer full) (element-type gint64): where each bar begins, and the end of the last one. */
GArray *jump_usage_range_make_steps (JumpUsageRange range, gint64 oldest, gint64 now);
/* Returns: (transfer full): what stands under a bar: "14", "Mon", "23", "Sep", "2026" */
char *jump_usage_step_label (JumpUsageRange range, JumpStepUnit unit, gint64 begin);
/* Returns: (transfer full): which time it is, in full: "14:00 to 15:00", "23 November", "November 2026" */
char *jump_usage_step_title (JumpStepUnit unit, gint64 begin);
