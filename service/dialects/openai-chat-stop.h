/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"
#include "service/conversation/stop-reason.h"

/* finish_reason to why a model stopped, and back. */

/* @word: JSON string. @has_calls: "stop" stands with tool calls, too (protocol 5.4 quirk 5). */
JumpStopReason jump_chat_stop_read (JumpJsonSpan word, gboolean has_calls, gboolean has_refusal);
const char *
jump_chat_stop_get_word (JumpStopReason reason, gboolean has_calls, gboolean has_refusal);
