/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/answer.h"
#include "service/simulator/prompt-words.h"
#include "service/simulator/question.h"

/* Carries out the order to write a file with what an agent offers: a tool that writes files, one
 * that takes patches, a shell. */

/* Returns: FALSE when the prompt orders no file, or no tool can write one. */
gboolean jump_file_tool_add_call (const JumpQuestion *question,
                                  const JumpPromptWords *words,
                                  JumpAnswer *answer);
