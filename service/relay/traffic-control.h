/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/relay/burst-watch.h"
#include "service/relay/relay.h"
#include "service/relay/turn-queue.h"

/* What limits the requests that go upstream, as one: the relay has it, exchanges go through its parts. */

typedef struct
{
  JumpTurnQueue *turns;        /* (owned) */
  JumpApprovalDesk *approvals; /* (owned) */
  JumpBurstWatch *bursts;      /* (owned) */
  void (*on_changed) (gpointer user_data);
  gpointer user_data;
} JumpTrafficControl;

/* @on_changed: as of the relay's "traffic-changed". Returns: (transfer full): without any limit */
JumpTrafficControl *
jump_traffic_control_new (JumpClock *clock, void (*on_changed) (gpointer), gpointer user_data);
void jump_traffic_control_free (JumpTrafficControl *self);
void jump_traffic_control_set_options (JumpTrafficControl *self, const JumpTrafficOptions *options);
/* For good: who waits, and who comes later, gets @error. */
void jump_traffic_control_close (JumpTrafficControl *self, const GError *error);
void jump_traffic_control_get_state (JumpTrafficControl *self, JumpTrafficState *out_state);
