/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/burst-watch.h"

#define N_SECONDS 60

struct _JumpBurstWatch
{
  JumpClock *clock; /* (owned) */
  void (*on_changed) (gpointer user_data);
  gpointer user_data;
  guint limit;
  guint counts[N_SECONDS]; /* of each second of the last minute, a ring */
  gint64 newest;           /* the second that the last request came in */
  gboolean is_bursting;
  guint alarm; /* looks whether a burst is over, 0: none */
};

static gint64
get_second (const JumpBurstWatch *self)
{
  return jump_clock_get_monotonic_time (self->clock) / G_USEC_PER_SEC;
}

static void update (JumpBurstWatch *self);

static void
on_second_over (gpointer user_data)
{
  JumpBurstWatch *self = user_data;

  self->alarm = 0;
  update (self);
}

static void
update (JumpBurstWatch *self)
{
  gboolean is_bursting = self->limit > 0 && jump_burst_watch_get_count (self) > self->limit;
  gboolean is_new = is_bursting != self->is_bursting;

  self->is_bursting = is_bursting;
  if (!is_bursting)
    jump_clock_clear_alarm (self->clock, &self->alarm);
  else if (self->alarm == 0)
    self->alarm = jump_clock_add_alarm (self->clock, 1000, on_second_over, self);
  if (is_new)
    self->on_changed (self->user_data);
}

JumpBurstWatch *
jump_burst_watch_new (JumpClock *clock, void (*on_changed) (gpointer), gpointer user_data)
{
  JumpBurstWatch *self = g_new0 (JumpBurstWatch, 1);

  self->clock = g_object_ref (clock);
  self->on_changed = on_changed;
  self->user_data = user_data;
  return self;
}

void
jump_burst_watch_free (JumpBurstWatch *self)
{
  jump_clock_clear_alarm (self->clock, &self->alarm);
  g_clear_object (&self->clock);
  g_free (self);
}

void
jump_burst_watch_set_limit (JumpBurstWatch *self, guint limit)
{
  self->limit = limit;
  update (self);
}

void
jump_burst_watch_add (JumpBurstWatch *self)
{
  gint64 now = get_second (self);

  /* What lies between the last request and this one had none. */
  for (gint64 second = MAX (self->newest + 1, now - N_SECONDS + 1); second <= now; second++)
    self->counts[second % N_SECONDS] = 0;
  self->newest = now;
  self->counts[now % N_SECONDS]++;
  update (self);
}

guint
jump_burst_watch_get_count (const JumpBurstWatch *self)
{
  guint count = 0;

  for (gint64 second = get_second (self) - N_SECONDS + 1; second <= self->newest; second++)
    if (second >= 0)
      count += self->counts[second % N_SECONDS];
  return count;
}

gboolean
jump_burst_watch_is_bursting (const JumpBurstWatch *self)
{
  return self->is_bursting;
}
