/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* The hours of today as bars, in the theme's colours. What is drawn is also said: to screen readers
 * as description, of each hour as tooltip. */

typedef enum
{
  JUMP_MEASURE_REQUESTS,
  JUMP_MEASURE_TOKENS,
  JUMP_MEASURE_CREDITS,
} JumpMeasure;

#define JUMP_CHART_N_HOURS    24

#define JUMP_TYPE_USAGE_CHART (jump_usage_chart_get_type ())
G_DECLARE_FINAL_TYPE (JumpUsageChart, jump_usage_chart, JUMP, USAGE_CHART, GtkDrawingArea)

/* @hours: (array fixed-size=24): copied */
void jump_usage_chart_set_hours (JumpUsageChart *self,
                                 const JumpUsageSums hours[JUMP_CHART_N_HOURS]);
void jump_usage_chart_set_measure (JumpUsageChart *self, JumpMeasure measure);
