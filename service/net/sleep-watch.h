/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Notices that the machine slept: wall time went on while monotonic time stood still. Pure. A clock
 * that somebody sets forward looks the same; what follows from it must be harmless. */

typedef struct
{
  gint64 offset; /* µs between the two times when last looked at */
  gboolean is_set;
} JumpSleepWatch;

/* @wall, @monotonic: now, in µs. TRUE once after each sleep of more than half a minute. */
gboolean jump_sleep_watch_has_slept (JumpSleepWatch *self, gint64 wall, gint64 monotonic);
