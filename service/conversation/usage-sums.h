/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/exchange-record.h"

/* What many exchanges used together. What upstream did not report is not in them. */

typedef struct
{
  guint64 n_requests;
  guint64 n_failed;      /* status >= 400, those that the client left not among them */
  guint64 input_tokens;  /* all input, cached ones included */
  guint64 cached_tokens; /* read from the cache, part of input_tokens */
  guint64 cache_write_tokens;
  guint64 output_tokens;
  guint64 reasoning_tokens;
  guint64 nano_aiu;           /* as upstream priced them: 1e9 = 1 credit = USD 0.01 */
  guint64 estimated_nano_aiu; /* of those that it did not price, from the catalogue's prices */
  guint64 n_unpriced;         /* requests of which upstream told no price */
  guint64 bytes_in;
  guint64 bytes_out;
  guint64 total_us;
} JumpUsageSums;

/* One request more; an imported one counts like any other here. */
void jump_usage_sums_add (JumpUsageSums *self, const JumpExchangeRecord *record);
void jump_usage_sums_merge (JumpUsageSums *self, const JumpUsageSums *other);
