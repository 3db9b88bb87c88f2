/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/clock.h"

G_DEFINE_INTERFACE (JumpClock, jump_clock, G_TYPE_OBJECT)

static void
jump_clock_default_init (JumpClockInterface *iface)
{
}

/**
 * jump_clock_get_wall_time:
 *
 * Returns: microseconds since the epoch; may jump
 */
gint64
jump_clock_get_wall_time (JumpClock *self)
{
  return JUMP_CLOCK_GET_IFACE (self)->get_wall_time (self);
}

/**
 * jump_clock_get_wall_seconds:
 *
 * Returns: seconds since the epoch, as upstream's expires_at counts them
 */
gint64
jump_clock_get_wall_seconds (JumpClock *self)
{
  return jump_clock_get_wall_time (self) / G_USEC_PER_SEC;
}

/**
 * jump_clock_get_monotonic_time:
 *
 * Returns: microseconds since some start; never jumps, stands still while the machine sleeps
 */
gint64
jump_clock_get_monotonic_time (JumpClock *self)
{
  return JUMP_CLOCK_GET_IFACE (self)->get_monotonic_time (self);
}

/**
 * jump_clock_add_alarm:
 * @self: a clock
 * @delay_ms: from now, in milliseconds of monotonic time
 * @func: called once from the main loop
 * @user_data: for @func; must stay valid until the alarm went off or was cleared
 *
 * Returns: an id for jump_clock_clear_alarm(), never 0
 */
guint
jump_clock_add_alarm (JumpClock *self, guint64 delay_ms, GSourceOnceFunc func, gpointer user_data)
{
  return JUMP_CLOCK_GET_IFACE (self)->add_alarm (self, delay_ms, func, user_data);
}

/**
 * jump_clock_clear_alarm:
 * @self: a clock
 * @alarm_id: (inout): an id, or 0 for none; 0 afterwards
 *
 * An alarm that went off already is forgotten by setting its id to 0 in its function.
 */
void
jump_clock_clear_alarm (JumpClock *self, guint *alarm_id)
{
  guint id = *alarm_id;

  *alarm_id = 0;
  if (id != 0)
    JUMP_CLOCK_GET_IFACE (self)->remove_alarm (self, id);
}
