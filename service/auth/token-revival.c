/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/token-revival.h"

#define FIRST_SECONDS 60
#define MAX_SECONDS   300
/* After the end of a hold: who asked for it first gets the turn. */
#define PATIENCE_MS 1000

/**
 * jump_token_revival_plan:
 * @func: called once; the plan is over by then
 */
void
jump_token_revival_plan (JumpTokenRevival *self,
                         JumpClock *clock,
                         gint64 held_us,
                         GSourceOnceFunc func,
                         gpointer user_data)
{
  gint64 held_ms = MAX (0, held_us) / 1000 + PATIENCE_MS;

  jump_clock_clear_alarm (clock, &self->alarm);
  self->seconds = self->seconds == 0 ? FIRST_SECONDS : MIN (2 * self->seconds, MAX_SECONDS);
  self->alarm = jump_clock_add_alarm (clock,
                                      MAX ((guint64) self->seconds * 1000, (guint64) held_ms),
                                      func,
                                      user_data);
}

/**
 * jump_token_revival_stop:
 *
 * The next plan begins with a minute again.
 */
void
jump_token_revival_stop (JumpTokenRevival *self, JumpClock *clock)
{
  jump_clock_clear_alarm (clock, &self->alarm);
  self->seconds = 0;
}
