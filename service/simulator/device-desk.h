/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/incoming-call.h"
#include "service/simulator/planned-reply.h"
#include "service/simulator/simulator-state.h"

/* GitHub's device flow (protocol section 1): gives out codes, takes polls, and shows the page where
 * a person enters the code. */

typedef struct _JumpDeviceDesk JumpDeviceDesk;

/* @state: outlives the desk. */
JumpDeviceDesk *jump_device_desk_new (JumpSimulatorState *state);
void jump_device_desk_free (JumpDeviceDesk *self);
/* Returns: (transfer full) (nullable): NULL when the path is not the desk's. */
JumpPlannedReply *jump_device_desk_answer (JumpDeviceDesk *self, const JumpIncomingCall *call);
/* @user_code: (nullable): NULL for the newest. */
gboolean jump_device_desk_decide (JumpDeviceDesk *self, const char *user_code, gboolean allow);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpDeviceDesk, jump_device_desk_free)
