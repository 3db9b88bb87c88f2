/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/net/poller.h"

/* The timers of one poller. Only a handful exist, each with a queue of deadlines of its own behind
 * it, so the next one is found by looking at all of them. Private to the poller. */

typedef struct
{
  GPtrArray *timers; /* (owned) (element-type JumpPollTimer), in no order */
  guint pass;        /* counts the runs, so that a timer is called once in each */
} JumpTimerList;

void jump_timer_list_init (JumpTimerList *self);
void jump_timer_list_clear (JumpTimerList *self);
JumpPollTimer *jump_timer_list_add (JumpTimerList *self,
                                    JumpPoller *owner,
                                    JumpPollTimerFunc func,
                                    gpointer user_data);
int jump_timer_list_get_timeout (const JumpTimerList *self);
void jump_timer_list_run (JumpTimerList *self);
