/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"

/* When upstream refuses one fresh token after the other, the token is not the reason, and
 * exchanging again and again looks like abuse (protocol 8). All zeros to begin with. */

typedef struct
{
  guint n_rejects;
  gint64 window_end; /* monotonic µs */
} JumpRejectGuard;

/* Counts one. Returns: whether it is worth a new token. */
gboolean jump_reject_guard_allows (JumpRejectGuard *self, JumpClock *clock);
