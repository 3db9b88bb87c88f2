/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/chat-answer.h"
#include "service/simulator/chat-question.h"
#include "service/simulator/prompt-words.h"

/* Whether the prompt asks for one of the tools offered, and with which arguments. */

/* Adds no call, one, or two to @answer. */
void jump_tool_choice_add_calls (const JumpChatQuestion *question,
                                 const JumpPromptWords *words,
                                 JumpChatAnswer *answer);
