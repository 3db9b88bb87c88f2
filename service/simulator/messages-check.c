/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/messages-check.h"

#include "service/simulator/model-gate.h"

JumpPlannedReply *
jump_messages_check (JumpSimulatorState *state,
                     const JumpIncomingCall *call,
                     JsonObject **out_model)
{
  return jump_model_gate_check (state, call, "/v1/messages", out_model);
}

JumpPlannedReply *
jump_messages_check_count (JumpSimulatorState *state,
                           const JumpIncomingCall *call,
                           JsonObject **out_model)
{
  return jump_model_gate_check (state, call, "/v1/messages", out_model);
}
