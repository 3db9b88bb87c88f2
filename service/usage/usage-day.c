/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/usage-day.h"

#include <string.h>

struct _JumpUsageDay
{
  GObject parent_instance;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpUsageDay, jump_usage_day, G_TYPE_OBJECT)

static void
jump_usage_day_class_init (JumpUsageDayClass *klass)
{
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
}

static void
jump_usage_day_init (JumpUsageDay *self)
{
}

JumpUsageDay *
jump_usage_day_new (JumpClock *clock)
{
  return g_object_new (JUMP_TYPE_USAGE_DAY, NULL);
}

void
jump_usage_day_add (JumpUsageDay *self, const JumpExchangeRecord *record)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
jump_usage_day_get_sums (JumpUsageDay *self, JumpUsageSums *out_sums)
{
  memset (out_sums, 0, sizeof *out_sums);
}

void
jump_usage_day_get_hours (JumpUsageDay *self, JumpUsageSums hours[24])
{
  memset (hours, 0, 24 * sizeof *hours);
}
