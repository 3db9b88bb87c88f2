/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/net/poller.h"

/* Calls that wait for the end of the turn. What is queued while a pass runs waits for the next
 * one, so that the loop cannot be held for ever. Private to the poller. */

typedef struct
{
  GArray *calls; /* (owned) (element-type JumpDeferredCall), those before @first are done */
  guint first;
  guint depth; /* passes under way: a callback may run the main loop */
} JumpDeferredQueue;

void jump_deferred_queue_init (JumpDeferredQueue *self);
void jump_deferred_queue_clear (JumpDeferredQueue *self);
void jump_deferred_queue_add (JumpDeferredQueue *self, JumpPollTimerFunc func, gpointer user_data);
void
jump_deferred_queue_remove (JumpDeferredQueue *self, JumpPollTimerFunc func, gpointer user_data);
gboolean jump_deferred_queue_run (JumpDeferredQueue *self);
