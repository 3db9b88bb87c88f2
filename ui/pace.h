/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Calls a function soon after it was asked for, but not more often than a few times a second: what
 * happens two hundred times is drawn four times. Nothing ticks while nobody asks. */

typedef struct _JumpPace JumpPace;
typedef void (*JumpPaceFunc) (gpointer user_data);

JumpPace *jump_pace_new (guint interval_ms, JumpPaceFunc run, gpointer user_data);
void jump_pace_free (JumpPace *self);
void jump_pace_request (JumpPace *self);
