/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"
#include "service/conversation/stop-reason.h"

/* Anthropic's words for why a model stopped. */

JumpStopReason jump_anthropic_stop_read (JumpJsonSpan word);
/* @has_tool_calls: of the reply: some upstreams say that it ended where it waits for results */
const char *jump_anthropic_stop_word (JumpStopReason reason, gboolean has_tool_calls);
