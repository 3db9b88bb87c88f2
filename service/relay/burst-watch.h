/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"

/* How many requests the last minute had, and whether those are so many that GitHub may take them for abuse
 * (protocol 8). Pure but for its clock. */

typedef struct _JumpBurstWatch JumpBurstWatch;

/* @on_changed: a burst has begun or is over. */
JumpBurstWatch *
jump_burst_watch_new (JumpClock *clock, void (*on_changed) (gpointer), gpointer user_data);
void jump_burst_watch_free (JumpBurstWatch *self);
/* @limit: requests in a minute that are no burst yet; 0: none ever is */
void jump_burst_watch_set_limit (JumpBurstWatch *self, guint limit);
/* One more request begins. */
void jump_burst_watch_add (JumpBurstWatch *self);
guint jump_burst_watch_get_count (const JumpBurstWatch *self); /* in the last minute */
gboolean jump_burst_watch_is_bursting (const JumpBurstWatch *self);
