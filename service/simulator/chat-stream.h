/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/chat-answer.h"
#include "service/simulator/chat-question.h"
#include "service/simulator/planned-reply.h"

/* An answer as a stream of chunks, word by word, in Copilot's odd shape (protocol 5.5). */

JumpPlannedReply *jump_chat_plan_stream (const JumpChatQuestion *question,
                                         const JumpChatAnswer *answer);
