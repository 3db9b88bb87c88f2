/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* A stretch of time cut into minutes, hours or days, as charts of it want it (features.md B3 "token-usage"). Pure. */

typedef struct
{
  const char *granularity; /* static: "minute" below 2 hours, "hour" below 3 days, else "day" */
  GArray *
      times; /* (owned) (element-type gint64): wall seconds at which each begins; days at local midnight */
} JumpUsageBuckets;

/* @from, @until: wall seconds; both are in some bucket. */
void jump_usage_buckets_init (JumpUsageBuckets *self, gint64 from, gint64 until);
void jump_usage_buckets_clear (JumpUsageBuckets *self);
/* The index of the bucket that holds @time; the first or the last for times outside. */
guint jump_usage_buckets_find (const JumpUsageBuckets *self, gint64 time);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpUsageBuckets, jump_usage_buckets_clear)
