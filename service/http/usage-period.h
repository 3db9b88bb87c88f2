/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* The times that people ask for by name, from local midnights: as the window and the dashboard show them. */

typedef enum
{
  JUMP_USAGE_HOUR,  /* the last 60 minutes */
  JUMP_USAGE_TODAY, /* from midnight */
  JUMP_USAGE_WEEK,  /* today and the six days before */
  JUMP_USAGE_MONTH, /* from the first */
  JUMP_USAGE_YEAR,  /* this month and the eleven before */
  JUMP_USAGE_ALL,
} JumpUsagePeriod;

/* Their names in that order; zero-terminated. */
const char *const *jump_usage_period_get_names (void);
/* Returns: wall seconds at which it begins, at the wall time @now; 0: whenever it was. */
gint64 jump_usage_period_get_begin (JumpUsagePeriod self, gint64 now);
