/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/reject-guard.h"

#define MAX_REJECTS    5
#define WINDOW_SECONDS 60

gboolean
jump_reject_guard_allows (JumpRejectGuard *self, JumpClock *clock)
{
  gint64 now = jump_clock_get_monotonic_time (clock);

  if (now >= self->window_end)
    {
      self->window_end = now + WINDOW_SECONDS * G_USEC_PER_SEC;
      self->n_rejects = 0;
    }
  return ++self->n_rejects <= MAX_REJECTS;
}
