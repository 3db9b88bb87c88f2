/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/sleep-watch.h"

/* Servers keep idle connections for longer than this, and clocks are corrected by less. */
#define SHORTEST_SLEEP (30 * G_USEC_PER_SEC)

/**
 * jump_sleep_watch_has_slept:
 * @self: zero-initialised at first
 * @wall: g_get_real_time()
 * @monotonic: g_get_monotonic_time()
 *
 * Returns: TRUE when the machine slept since the last call
 */
gboolean
jump_sleep_watch_has_slept (JumpSleepWatch *self, gint64 wall, gint64 monotonic)
{
  gint64 offset = wall - monotonic;
  gboolean has_slept = self->is_set && offset - self->offset > SHORTEST_SLEEP;

  self->offset = offset;
  self->is_set = TRUE;
  return has_slept;
}
