/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/incoming-call.h"
#include "service/simulator/planned-reply.h"
#include "service/simulator/simulator-state.h"

/* GitHub's REST side: the token exchange, the plan and quota, who is signed in (protocol sections 2
 * and 3). */

/* Returns: (transfer full) (nullable): NULL when the path is not GitHub's. */
JumpPlannedReply *jump_github_side_answer (JumpSimulatorState *state, const JumpIncomingCall *call);
