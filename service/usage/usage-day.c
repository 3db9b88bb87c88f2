/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/usage-day.h"

#include <string.h>

#define N_HOURS 24

struct _JumpUsageDay
{
  GObject parent_instance;

  JumpClock *clock; /* (owned) */
  int year;
  int day_of_year; /* 1 and on; 0: nothing was counted yet */
  JumpUsageSums hours[N_HOURS];
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpUsageDay, jump_usage_day, G_TYPE_OBJECT)

/* Begins anew when the clock says another day. Returns: the hour that it says. */
static int
look_at_clock (JumpUsageDay *self)
{
  g_autoptr (GDateTime) now =
      g_date_time_new_from_unix_local (jump_clock_get_wall_seconds (self->clock));
  int year = g_date_time_get_year (now);
  int day_of_year = g_date_time_get_day_of_year (now);

  if (year != self->year || day_of_year != self->day_of_year)
    memset (self->hours, 0, sizeof self->hours);
  self->year = year;
  self->day_of_year = day_of_year;
  return g_date_time_get_hour (now);
}

static void
jump_usage_day_dispose (GObject *object)
{
  g_clear_object (&JUMP_USAGE_DAY (object)->clock);
  G_OBJECT_CLASS (jump_usage_day_parent_class)->dispose (object);
}

static void
jump_usage_day_class_init (JumpUsageDayClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_usage_day_dispose;
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

/**
 * jump_usage_day_new:
 * @clock: referenced; its wall time in the zone of this computer says which day and hour it is
 *
 * Returns: (transfer full): a day on which nothing has happened yet
 */
JumpUsageDay *
jump_usage_day_new (JumpClock *clock)
{
  JumpUsageDay *self = g_object_new (JUMP_TYPE_USAGE_DAY, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

/**
 * jump_usage_day_restore:
 * @self: a day
 * @hours: (array fixed-size=24): what was used today before anything was added here
 */
void
jump_usage_day_restore (JumpUsageDay *self, const JumpUsageSums hours[24])
{
  look_at_clock (self);
  for (guint i = 0; i < N_HOURS; i++)
    jump_usage_sums_merge (&self->hours[i], &hours[i]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * jump_usage_day_add:
 * @self: a day
 * @record: one that has ended just now; the hour of its end is the one that it counts for
 */
void
jump_usage_day_add (JumpUsageDay *self, const JumpExchangeRecord *record)
{
  JumpUsageSums *hour = &self->hours[look_at_clock (self)];

  jump_usage_sums_add (hour, record);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * jump_usage_day_get_sums:
 * @self: a day
 * @out_sums: (out caller-allocates): of all its hours; zeroes once midnight has passed
 */
void
jump_usage_day_get_sums (JumpUsageDay *self, JumpUsageSums *out_sums)
{
  look_at_clock (self);
  memset (out_sums, 0, sizeof *out_sums);
  for (guint i = 0; i < N_HOURS; i++)
    jump_usage_sums_merge (out_sums, &self->hours[i]);
}

/**
 * jump_usage_day_get_hours:
 * @self: a day
 * @hours: (out caller-allocates) (array fixed-size=24): by the clock on the wall; where clocks are
 *   set back, one of them stands for two
 */
void
jump_usage_day_get_hours (JumpUsageDay *self, JumpUsageSums hours[24])
{
  look_at_clock (self);
  memcpy (hours, self->hours, sizeof self->hours);
}
