/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/simulator/answer.h"
#include "service/simulator/planned-reply.h"
#include "service/simulator/question.h"

/* An answer as a message of Anthropic's, with what Copilot's backends change in it (protocol 6.3). */

JumpPlannedReply *jump_messages_reply_new (const JumpQuestion *question, const JumpAnswer *answer);
/* Writes the id, the role and the model into the open object: how every message begins. */
void jump_messages_reply_write_head (const JumpQuestion *question,
                                     const JumpAnswer *answer,
                                     JumpJsonWriter *writer);
/* Writes stop_reason and what belongs to it. @answer: (nullable): NULL: not known yet. */
void jump_messages_reply_write_stop (const JumpAnswer *answer, JumpJsonWriter *writer);
/* Returns: (transfer full): the thinking block's signature, or the data of a redacted one */
char *jump_messages_dup_seal (const JumpQuestion *question, const JumpAnswer *answer);
/* Returns: whether the reasoning comes without its text, as redacted_thinking */
gboolean jump_messages_is_redacted (const JumpQuestion *question);
