/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/usage-count.h"
#include "service/models/model.h"

/* What a request costs, in nano-AIU: 1e9 = 1 credit. Pure. */

/* By the catalogue's prices, where upstream told none. @model: (nullable). Returns: -1: tokens or prices
 * are not known */
gint64 jump_request_cost_estimate (JumpModel *model, const JumpUsageCount *usage);
/* Returns: (transfer full) (nullable): credits as "0.3124"; NULL: upstream told none */
char *jump_request_cost_dup_text (const JumpUsageCount *usage);
