/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/answer.h"
#include "service/simulator/prompt-words.h"
#include "service/simulator/question.h"

/* Whether the prompt asks for one of the tools offered, and with which arguments. */

/* Adds no call, one, or two to @answer. */
void jump_tool_choice_add_calls (const JumpQuestion *question,
                                 const JumpPromptWords *words,
                                 JumpAnswer *answer);
