/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/incoming-call.h"
#include "service/simulator/planned-reply.h"
#include "service/simulator/simulator-state.h"

/* What Copilot refuses in POST /chat/completions (protocol 5.3 and 7.2). */

/* @out_model: (out): the model's entry, set when nothing is wrong.
 * Returns: (transfer full) (nullable): the refusal, NULL when nothing is wrong. */
JumpPlannedReply *
jump_chat_check (JumpSimulatorState *state, const JumpIncomingCall *call, JsonObject **out_model);
