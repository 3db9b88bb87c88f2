/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"
#include "service/conversation/exchange-record.h"

#include <glib-object.h>

/* What went through since midnight, local time, in this run. Emits "changed". */

typedef struct
{
  guint64 n_requests;
  guint64 n_failed; /* status >= 400, those that the client left not among them */
  guint64 input_tokens;
  guint64 cached_tokens; /* read from the cache, part of input_tokens */
  guint64 output_tokens;
  guint64 nano_aiu;   /* 1e9 = 1 credit */
  guint64 n_unpriced; /* requests of which upstream told no price */
} JumpUsageSums;

#define JUMP_TYPE_USAGE_DAY (jump_usage_day_get_type ())
G_DECLARE_FINAL_TYPE (JumpUsageDay, jump_usage_day, JUMP, USAGE_DAY, GObject)

JumpUsageDay *jump_usage_day_new (JumpClock *clock);
void jump_usage_day_add (JumpUsageDay *self, const JumpExchangeRecord *record);
void jump_usage_day_get_sums (JumpUsageDay *self, JumpUsageSums *out_sums);
/* @hours: (out caller-allocates) (array fixed-size=24): hour 0 is the one after midnight. */
void jump_usage_day_get_hours (JumpUsageDay *self, JumpUsageSums hours[24]);
