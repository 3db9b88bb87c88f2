/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/incoming-call.h"
#include "service/simulator/planned-reply.h"
#include "service/simulator/simulator-state.h"

/* The ways to talk to a model: chat, Responses, Messages, and counting the tokens of Messages. Each
 * API checks and reads its body and shapes the answer; what the model says is the same for all. */

/* @key: method and path. */
gboolean jump_talk_side_knows (const char *key);
/* The caller's token was checked already. Returns: (transfer full) */
JumpPlannedReply *jump_talk_side_answer (JumpSimulatorState *state, JumpIncomingCall *call);
