/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/incoming-call.h"
#include "service/simulator/planned-reply.h"
#include "service/simulator/simulator-state.h"

/* The way to a model, the same for all APIs: a body that is an object, a model that the account may
 * use and that speaks the API of the path (protocol 7.2). */

/* @endpoint: as supported_endpoints spells it.
 * @out_model: (out): the model's entry, set when nothing is wrong.
 * Returns: (transfer full) (nullable): the refusal, NULL when nothing is wrong. */
JumpPlannedReply *jump_model_gate_check (JumpSimulatorState *state,
                                         const JumpIncomingCall *call,
                                         const char *endpoint,
                                         JsonObject **out_model);
JumpPlannedReply *jump_model_gate_refuse (void);
/* In the words of chat and Responses; Messages has its own. Returns: (transfer full) (nullable) */
JumpPlannedReply *jump_model_gate_check_length (JsonObject *model, gint64 prompt_tokens);
/* gpt-5 and later: no sampling, other names for limits. */
gboolean jump_model_is_modern (JsonObject *model);
