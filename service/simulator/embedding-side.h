/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/incoming-call.h"
#include "service/simulator/planned-reply.h"
#include "service/simulator/simulator-state.h"

/* POST /embeddings (protocol 6.4). The vectors mean nothing, but the same text always gets the
 * same one, of length 1. */

JumpPlannedReply *jump_embedding_side_answer (JumpSimulatorState *state,
                                              const JumpIncomingCall *call);
