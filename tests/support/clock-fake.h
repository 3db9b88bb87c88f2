/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"

/* A clock that stands still until told otherwise. Starts at wall time 1 800 000 000 s and
 * monotonic time 1 000 s. */

#define JUMP_TYPE_CLOCK_FAKE (jump_clock_fake_get_type ())
G_DECLARE_FINAL_TYPE (JumpClockFake, jump_clock_fake, JUMP, CLOCK_FAKE, GObject)

JumpClock *jump_clock_fake_new (void);
/* Both times go on; alarms that fall due are called in order, each at its own time. */
void jump_clock_fake_advance (JumpClock *clock, guint64 ms);
/* A laptop sleeps: wall time jumps, monotonic time and alarms stand still. */
void jump_clock_fake_sleep (JumpClock *clock, gint64 seconds);
guint jump_clock_fake_count_alarms (JumpClock *clock);
/* Milliseconds until the next alarm, or -1. */
gint64 jump_clock_fake_get_next_alarm (JumpClock *clock);
