/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/exchange-record.h"
#include "service/relay/relay.h"

/* The record of an exchange at its begin, and its line in the log at its end. */

JumpExchangeRecord *jump_exchange_report_new (JumpClock *clock, const JumpRelayRequest *request);
void jump_exchange_report_log (const JumpExchangeRecord *record);
