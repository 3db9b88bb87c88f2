/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"

/* When there is no token, for a reason that may pass by itself, GitHub is asked again though no client
 * wants anything: a minute after, then twice as long each time, five minutes at most. So what a person
 * sees is true again soon, and nobody has to do anything. Belongs to the token manager. */

typedef struct
{
  guint alarm;
  guint seconds; /* of the last wait; 0: there was none yet */
} JumpTokenRevival;

/* @held_us: GitHub is not to be asked before that is over. */
void jump_token_revival_plan (JumpTokenRevival *self,
                              JumpClock *clock,
                              gint64 held_us,
                              GSourceOnceFunc func,
                              gpointer user_data);
void jump_token_revival_stop (JumpTokenRevival *self, JumpClock *clock);
