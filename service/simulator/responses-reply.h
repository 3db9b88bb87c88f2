/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/simulator/answer.h"
#include "service/simulator/planned-reply.h"
#include "service/simulator/question.h"

/* The response object of Responses, with all the fields the real one has (protocol 6.1): a body of its
 * own, and inside the events of a stream. */

JumpPlannedReply *jump_responses_reply_new (const JumpQuestion *question, const JumpAnswer *answer);
/* Writes the fields into the open object. @done: FALSE: nothing was said yet. */
void jump_responses_reply_write_fields (const JumpQuestion *question,
                                        const JumpAnswer *answer,
                                        gboolean done,
                                        JumpJsonWriter *writer);
