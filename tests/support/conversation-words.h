/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/prompt.h"
#include "service/conversation/reply-event.h"

/* The words by which dumps call the members of the conversation's enumerations. Those that mean "not said"
 * are NULL, so that dumps can leave them out. */

const char *jump_word_of_role (JumpRole role);
const char *jump_word_of_part (JumpPartKind kind);
const char *jump_word_of_tool (JumpToolKind kind);
const char *jump_word_of_flag (JumpFlag flag);
const char *jump_word_of_choice (JumpChoice choice);
const char *jump_word_of_format (JumpFormat format);
const char *jump_word_of_thinking (JumpThinking thinking);
const char *jump_word_of_reasoning (JumpReasoningKind kind);
const char *jump_word_of_stop (JumpStopReason reason);
const char *jump_word_of_failure (JumpFailureKind kind);
const char *jump_word_of_event (JumpReplyEventKind kind);
/* Appends @text (nullable) without any space, as texts are compared that dialects set in different ways. */
void jump_put_dense (GString *out, const char *text);
