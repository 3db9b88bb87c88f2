/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/responses-check.h"

#include "service/simulator/model-gate.h"

JumpPlannedReply *
jump_responses_check (JumpSimulatorState *state,
                      const JumpIncomingCall *call,
                      JsonObject **out_model)
{
  return jump_model_gate_check (state, call, "/responses", out_model);
}
