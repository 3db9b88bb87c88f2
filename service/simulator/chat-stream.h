/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/answer.h"
#include "service/simulator/planned-reply.h"
#include "service/simulator/question.h"

/* An answer as a stream of chunks, word by word, in Copilot's odd shape (protocol 5.5). */

JumpPlannedReply *jump_chat_plan_stream (const JumpQuestion *question, const JumpAnswer *answer);
