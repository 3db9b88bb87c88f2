/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"

/* What one exchange used, as the upstream reported it. -1: not reported; never guessed. */

typedef struct
{
  gint64 input_tokens; /* all input, cached ones included */
  gint64 output_tokens;
  gint64 cache_read_tokens;
  gint64 cache_write_tokens;
  gint64 reasoning_tokens;
  gint64 nano_aiu; /* copilot_usage.total_nano_aiu: 1 credit = 1e9 = USD 0.01 */
} JumpUsageCount;

/* Numbers that are higher are none of tokens, and sums of them might not be numbers any more. */
#define JUMP_USAGE_COUNT_MAX     (G_GINT64_CONSTANT (1) << 53)

#define JUMP_USAGE_COUNT_UNKNOWN ((JumpUsageCount){ -1, -1, -1, -1, -1, -1 })

/* One number as upstream wrote it; anything else leaves @count alone. */
void jump_usage_count_take (JumpJsonSpan value, gint64 *count);
void jump_usage_count_merge (JumpUsageCount *self, const JumpUsageCount *newer);
gboolean jump_usage_count_is_known (const JumpUsageCount *self);
