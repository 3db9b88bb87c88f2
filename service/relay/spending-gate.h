/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/relay/exchange-context.h"

/* Asks the guard of the money. */

/* @model: as upstream would be asked. @out_verdict: (out caller-allocates): GO where there is no guard */
void jump_spending_gate_ask (const JumpExchangeContext *context,
                             const JumpExchangeRecord *record,
                             const char *model,
                             JumpSpendingVerdict *out_verdict);
/* Returns: (transfer full): JUMP_ERROR_RATE_LIMITED, in the guard's words */
GError *jump_spending_gate_new_error (const JumpSpendingVerdict *verdict);
