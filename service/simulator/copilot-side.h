/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/incoming-call.h"
#include "service/simulator/planned-reply.h"
#include "service/simulator/simulator-state.h"

/* Copilot's side: who may call, the catalogue, policies, and the ways to the models (protocol
 * sections 4 to 7). */

/* Returns: (transfer full): unknown paths get the real 404. */
JumpPlannedReply *jump_copilot_side_answer (JumpSimulatorState *state, JumpIncomingCall *call);
