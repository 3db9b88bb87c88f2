/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/chat-answer.h"
#include "service/simulator/chat-question.h"
#include "service/simulator/chat-usage.h"
#include "service/simulator/planned-reply.h"

/* An answer as one JSON body, in Copilot's odd shape (protocol 5.4): no object, no created, Claude's
 * text and tool calls in two choices. */

JumpPlannedReply *jump_chat_reply_new (const JumpChatQuestion *question,
                                       const JumpChatAnswer *answer);
