/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"
#include "service/conversation/usage-sums.h"

#include <glib-object.h>

/* What went through since midnight, local time, . Emits "changed". */

#define JUMP_TYPE_USAGE_DAY (jump_usage_day_get_type ())
G_DECLARE_FINAL_TYPE (JumpUsageDay, jump_usage_day, JUMP, USAGE_DAY, GObject)

JumpUsageDay *jump_usage_day_new (JumpClock *clock);
/* What was used today before this run: hour by hour, local time. */
void jump_usage_day_restore (JumpUsageDay *self, const JumpUsageSums hours[24]);
void jump_usage_day_add (JumpUsageDay *self, const JumpExchangeRecord *record);
void jump_usage_day_get_sums (JumpUsageDay *self, JumpUsageSums *out_sums);
/* @hours: (out caller-allocates) (array fixed-size=24): hour 0 is the one after midnight. */
void jump_usage_day_get_hours (JumpUsageDay *self, JumpUsageSums hours[24]);
