/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/usage-sums.h"

#define STATUS_CLIENT_GONE 499

static guint64
get_known (gint64 count)
{
  return count > 0 ? (guint64) count : 0;
}

/* Counting tokens is free, and what failed is not billed; but what a client did not wait for the end of is, as
 * far as it came. */
static gboolean
has_price (const JumpExchangeRecord *record)
{
  return (record->status < 400 && g_strcmp0 (record->api, "count") != 0) ||
         record->estimated_nano_aiu > 0;
}

/**
 * jump_usage_sums_add:
 * @self: sums
 * @record: an exchange that has ended
 */
void
jump_usage_sums_add (JumpUsageSums *self, const JumpExchangeRecord *record)
{
  const JumpUsageCount *usage = &record->usage;

  self->n_requests++;
  if (record->status >= 400 && record->status != STATUS_CLIENT_GONE)
    self->n_failed++;
  self->input_tokens += get_known (usage->input_tokens);
  self->cached_tokens += get_known (usage->cache_read_tokens);
  self->cache_write_tokens += get_known (usage->cache_write_tokens);
  self->output_tokens += get_known (usage->output_tokens);
  self->reasoning_tokens += get_known (usage->reasoning_tokens);
  self->nano_aiu += get_known (usage->nano_aiu);
  if (usage->nano_aiu < 0 && has_price (record))
    {
      self->n_unpriced++;
      self->estimated_nano_aiu += get_known (record->estimated_nano_aiu);
    }
  self->bytes_in += record->bytes_in;
  self->bytes_out += record->bytes_out;
  self->total_us += get_known (record->total_us);
}

/**
 * jump_usage_sums_merge:
 * @self: sums
 * @other: what is added to them
 */
void
jump_usage_sums_merge (JumpUsageSums *self, const JumpUsageSums *other)
{
  self->n_requests += other->n_requests;
  self->n_failed += other->n_failed;
  self->input_tokens += other->input_tokens;
  self->cached_tokens += other->cached_tokens;
  self->cache_write_tokens += other->cache_write_tokens;
  self->output_tokens += other->output_tokens;
  self->reasoning_tokens += other->reasoning_tokens;
  self->nano_aiu += other->nano_aiu;
  self->estimated_nano_aiu += other->estimated_nano_aiu;
  self->n_unpriced += other->n_unpriced;
  self->bytes_in += other->bytes_in;
  self->bytes_out += other->bytes_out;
  self->total_us += other->total_us;
}
