/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/answer.h"
#include "service/simulator/planned-reply.h"
#include "service/simulator/question.h"

/* An answer as the events of Messages, word by word (protocol 6.3). */

JumpPlannedReply *jump_messages_plan_stream (const JumpQuestion *question,
                                             const JumpAnswer *answer);
