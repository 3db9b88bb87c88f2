/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib-object.h>

/* Time as an interface, so that token renewal, retry and retention can be tested without waiting.
 * Wall time jumps when a laptop wakes or somebody sets the clock; monotonic time does not.
 * Alarms run on monotonic time and are one-shot. */

#define JUMP_TYPE_CLOCK (jump_clock_get_type ())
G_DECLARE_INTERFACE (JumpClock, jump_clock, JUMP, CLOCK, GObject)

struct _JumpClockInterface
{
  GTypeInterface parent;

  gint64 (*get_wall_time) (JumpClock *self);
  gint64 (*get_monotonic_time) (JumpClock *self);
  guint (*add_alarm) (JumpClock *self, guint64 delay_ms, GSourceOnceFunc func, gpointer user_data);
  void (*remove_alarm) (JumpClock *self, guint alarm_id);
};

gint64 jump_clock_get_wall_time (JumpClock *self);
gint64 jump_clock_get_wall_seconds (JumpClock *self);
gint64 jump_clock_get_monotonic_time (JumpClock *self);
guint
jump_clock_add_alarm (JumpClock *self, guint64 delay_ms, GSourceOnceFunc func, gpointer user_data);
void jump_clock_clear_alarm (JumpClock *self, guint *alarm_id);
