/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Prometheus' text format 0.0.4, line by line. Pure. */

typedef enum
{
  JUMP_METRIC_COUNTER,
  JUMP_METRIC_GAUGE,
  JUMP_METRIC_HISTOGRAM,
} JumpMetricType;

/* What stands before the samples of @name, once. @help: one line. */
void
jump_metrics_text_begin (GString *text, const char *name, JumpMetricType type, const char *help);
/* @labels: (nullable) (array zero-terminated=1): names and values; the values may be any text. */
void
jump_metrics_text_add (GString *text, const char *name, const char *const *labels, double value);
void jump_metrics_text_add_count (GString *text,
                                  const char *name,
                                  const char *const *labels,
                                  guint64 value);
/* One that has no labels, with what stands before it. */
void jump_metrics_text_gauge (GString *text, const char *name, const char *help, double value);
