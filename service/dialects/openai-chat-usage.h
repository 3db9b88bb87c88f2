/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"
#include "service/conversation/usage-count.h"

/* The numbers of "usage" and "copilot_usage" (protocol 5.5 and 5.6) of a chat completion, whole or
 * streamed. Absent, null or odd fields stay as they were in @out_usage. Both values belong to
 * validated JSON; start == NULL: absent. */

void
jump_chat_usage_read (JumpJsonSpan usage, JumpJsonSpan copilot_usage, JumpUsageCount *out_usage);
/* The opposite: appends "usage":{…} and, when its costs are known, "copilot_usage". */
void jump_chat_usage_put (const JumpUsageCount *usage, GString *out);
