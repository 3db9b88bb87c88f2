/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/answer.h"
#include "service/simulator/planned-reply.h"
#include "service/simulator/question.h"

/* An answer as the events of Responses, word by word (protocol 6.1): items are announced empty, and
 * ids are other ones in every event. */

JumpPlannedReply *jump_responses_plan_stream (const JumpQuestion *question,
                                              const JumpAnswer *answer);
