/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/simulator/answer.h"
#include "service/simulator/question.h"

/* The output items of Responses, each as it is announced (empty) and as it is when it is done
 * (protocol 6.1). Ids are new each time an item is written. */

/* Each writes one object. */
void jump_responses_item_write_reasoning (const JumpQuestion *question,
                                          const JumpAnswer *answer,
                                          gboolean done,
                                          JumpJsonWriter *writer);
void jump_responses_item_write_message (const JumpQuestion *question,
                                        const JumpAnswer *answer,
                                        gboolean done,
                                        JumpJsonWriter *writer);
void jump_responses_item_write_call (const JumpAnsweredCall *call,
                                     gboolean done,
                                     JumpJsonWriter *writer);
void jump_responses_item_write_compaction (const JumpQuestion *question, JumpJsonWriter *writer);
/* A part of a message: its text, or a refusal. @text: "" announces it. */
void
jump_responses_item_write_part (const JumpAnswer *answer, const char *text, JumpJsonWriter *writer);
/* All that an answer is made of, in order, done. */
void jump_responses_item_write_all (const JumpQuestion *question,
                                    const JumpAnswer *answer,
                                    JumpJsonWriter *writer);
