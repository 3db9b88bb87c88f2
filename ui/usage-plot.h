/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/usage-series.h"

#include <gtk/gtk.h>

/* Usage over time as bars with an axis of round numbers, in the theme's colours; a part of each bar is hatched.
 * What is drawn is also said: to screen readers as description, of each bar as tooltip. */

#define JUMP_TYPE_USAGE_PLOT (jump_usage_plot_get_type ())
G_DECLARE_FINAL_TYPE (JumpUsagePlot, jump_usage_plot, JUMP, USAGE_PLOT, GtkDrawingArea)

/* @steps: (element-type JumpUsageStep): referenced */
void jump_usage_plot_set_steps (JumpUsagePlot *self, GPtrArray *steps);
void jump_usage_plot_set_measure (JumpUsagePlot *self, JumpMeasure measure);
