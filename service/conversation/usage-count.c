/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/usage-count.h"

#include <string.h>

static void
take_if_known (gint64 *value, gint64 newer)
{
  if (newer >= 0)
    *value = newer;
}

/**
 * jump_usage_count_take:
 * @value: of upstream, absent ones too
 * @count: (inout): left alone unless @value is a number from 0 to %JUMP_USAGE_COUNT_MAX
 *
 * Tokens are whole numbers; a sum of costs may carry a fraction, which is cut off.
 */
void
jump_usage_count_take (JumpJsonSpan value, gint64 *count)
{
  char text[40];
  gint64 whole = 0;
  double number;

  if (jump_json_span_get_int (value, &whole))
    {
      if (whole >= 0 && whole <= JUMP_USAGE_COUNT_MAX)
        *count = whole;
      return;
    }
  if (jump_json_span_kind (value) != JUMP_JSON_NUMBER || value.length >= sizeof text)
    return;
  memcpy (text, value.start, value.length);
  text[value.length] = '\0';
  number = g_ascii_strtod (text, NULL);
  if (number >= 0 && number <= (double) JUMP_USAGE_COUNT_MAX)
    *count = (gint64) number;
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
