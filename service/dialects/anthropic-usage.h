/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"
#include "service/conversation/usage-count.h"

/* Usage in Anthropic's terms, where input_tokens leaves out what came from or went into the cache.
 * Its numbers come in several events, so they are kept apart until somebody wants the sum. */

typedef struct
{
  gint64 input; /* the cache's share is not in it; -1 for all: not told */
  gint64 cache_read;
  gint64 cache_write;
  gint64 output;
  gint64 thinking;
  gint64 nano_aiu;
} JumpAnthropicUsage;

#define JUMP_ANTHROPIC_USAGE_UNKNOWN ((JumpAnthropicUsage){ -1, -1, -1, -1, -1, -1 })

/* Both spans may be absent. What they tell replaces what was known. */
void jump_anthropic_usage_read (JumpAnthropicUsage *self,
                                JumpJsonSpan usage,
                                JumpJsonSpan copilot_usage);
JumpUsageCount jump_anthropic_usage_get_count (const JumpAnthropicUsage *self);
/* Appends the object of that name; what is not known is 0. */
void jump_anthropic_usage_append (GString *out, const JumpUsageCount *usage);
