/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/incoming-call.h"
#include "service/simulator/planned-reply.h"
#include "service/simulator/simulator-state.h"

/* What Copilot and the backends of Claude refuse in POST /v1/messages and in counting its tokens
 * (protocol 6.3). */

/* @out_model: (out): the model's entry, set when nothing is wrong.
 * Returns: (transfer full) (nullable): the refusal, NULL when nothing is wrong. */
JumpPlannedReply *jump_messages_check (JumpSimulatorState *state,
                                       const JumpIncomingCall *call,
                                       JsonObject **out_model);
JumpPlannedReply *jump_messages_check_count (JumpSimulatorState *state,
                                             const JumpIncomingCall *call,
                                             JsonObject **out_model);
