/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/relay/exchange-context.h"
#include "service/relay/relay.h"

/* The record of an exchange at its begin, on its way, and its line in the log at its end. */

JumpExchangeRecord *jump_exchange_report_new (const JumpExchangeContext *context,
                                              const JumpRelayRequest *request);
/* Observers hear of it, but for the end: that is the owner's to tell. */
void jump_exchange_report_move (const JumpExchangeContext *context,
                                JumpExchangeRecord *record,
                                JumpExchangeState state);
/* The last moment to learn what came later than the request. */
void jump_exchange_report_settle (JumpExchangeRecord *record);
void jump_exchange_report_log (const JumpExchangeRecord *record);
