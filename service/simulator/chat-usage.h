/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/simulator/chat-answer.h"
#include "service/simulator/chat-question.h"

/* What an answer cost, in tokens and in nano-AIU (protocol 5.6). */

/* Each writes one member into the open object. */
void jump_chat_usage_write (const JumpChatQuestion *question,
                            const JumpChatAnswer *answer,
                            JumpJsonWriter *writer);
void jump_chat_usage_write_copilot (const JumpChatQuestion *question,
                                    const JumpChatAnswer *answer,
                                    JumpJsonWriter *writer);
double jump_chat_usage_get_credits (const JumpChatQuestion *question, const JumpChatAnswer *answer);
