/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/incoming-call.h"
#include "service/simulator/planned-reply.h"

/* What Copilot refuses in the input of a Responses request as a whole: items in the wrong place, calls
 * without output and the other way round, pictures (protocol 6.1). */

/* Returns: (transfer full) (nullable): the refusal, NULL when nothing is wrong. */
JumpPlannedReply *
jump_responses_input_check (const JumpIncomingCall *call, JsonObject *body, JsonObject *model);
