/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/incoming-call.h"
#include "service/simulator/planned-reply.h"

/* What Copilot refuses in the messages of a chat request: roles, pictures, tool results without a
 * call, reasoning that is not the model's own, and what Claude does not take (protocol 5.3). */

/* Returns: (transfer full) (nullable): the refusal, NULL when nothing is wrong. */
JumpPlannedReply *
jump_chat_message_check (JsonArray *messages, JsonObject *model, const JumpIncomingCall *call);
