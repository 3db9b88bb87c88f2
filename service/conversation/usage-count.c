/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/usage-count.h"

static void
take_if_known (gint64 *value, gint64 newer)
{
  if (newer >= 0)
    *value = newer;
}

/**
 * jump_usage_count_merge:
 * @newer: a later report of the same exchange
 *
 * Takes over what @newer knows. Reports are totals so far, so the later number wins even when it
 * is smaller; nothing is added up.
 */
void
jump_usage_count_merge (JumpUsageCount *self, const JumpUsageCount *newer)
{
  take_if_known (&self->input_tokens, newer->input_tokens);
  take_if_known (&self->output_tokens, newer->output_tokens);
  take_if_known (&self->cache_read_tokens, newer->cache_read_tokens);
  take_if_known (&self->cache_write_tokens, newer->cache_write_tokens);
  take_if_known (&self->reasoning_tokens, newer->reasoning_tokens);
  take_if_known (&self->nano_aiu, newer->nano_aiu);
}

/**
 * jump_usage_count_is_known:
 *
 * Returns: %TRUE when the upstream reported anything at all, a zero included
 */
gboolean
jump_usage_count_is_known (const JumpUsageCount *self)
{
  return self->input_tokens >= 0 || self->output_tokens >= 0 || self->cache_read_tokens >= 0 ||
         self->cache_write_tokens >= 0 || self->reasoning_tokens >= 0 || self->nano_aiu >= 0;
}
