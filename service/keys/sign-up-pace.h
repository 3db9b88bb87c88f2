/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* How fast people may sign up: anybody can, and that must neither fill the disk nor the list that a person has
 * to read. Pure, but for what it remembers. */

#define JUMP_SIGN_UP_MAX_PER_MINUTE 5 /* a person comes once */
#define JUMP_SIGN_UP_MAX_PENDING    20

/* All zero at first. */
typedef struct
{
  gint64 stamps[JUMP_SIGN_UP_MAX_PER_MINUTE]; /* monotonic µs of the last ones; 0 none */
} JumpSignUpPace;

/* Counts one. @now: monotonic µs. @n_pending: that wait for approval already.
 * FALSE with JUMP_ERROR_RATE_LIMITED */
gboolean jump_sign_up_pace_take (JumpSignUpPace *self, gint64 now, guint n_pending, GError **error);
