/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"
#include "service/conversation/usage-count.h"

/* The numbers of a response's "usage" and of Copilot's own "copilot_usage" beside it (protocol 5.6, 6.1). */

/* Only what is reported is set. @response: the object, of validated JSON. @event_copilot_usage: of the
 * event around it; start == NULL: absent. */
void jump_responses_usage_read_response (JumpJsonSpan response,
                                         JumpJsonSpan event_copilot_usage,
                                         JumpUsageCount *out_usage);
/* Appends the object; what was not reported is 0, as clients expect numbers. */
void jump_responses_usage_write (const JumpUsageCount *usage, GString *out);
