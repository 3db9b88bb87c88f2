/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/answer.h"
#include "service/simulator/planned-reply.h"
#include "service/simulator/question.h"

/* An answer as one JSON body, in Copilot's odd shape (protocol 5.4): no object, no created, Claude's
 * text and tool calls in two choices. */

JumpPlannedReply *jump_chat_reply_new (const JumpQuestion *question, const JumpAnswer *answer);
const char *jump_chat_finish_get_name (JumpFinish finish);
