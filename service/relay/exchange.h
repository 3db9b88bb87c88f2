/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/relay/exchange-context.h"
#include "service/relay/relay.h"

/* The life of one client request, from its bytes to the frozen record. Five states; one function
 * moves between them; ending twice is harmless. Reference counted: work in a worker thread may
 * outlive the client. Only the relay makes one. */

typedef struct _JumpExchange JumpExchange;
typedef void (*JumpExchangeEndedFunc) (JumpExchange *exchange,
                                       JumpExchangeRecord *record,
                                       gpointer user_data);

/* @context: must stay valid until @on_ended. Returns: (transfer full) */
JumpExchange *jump_exchange_start (const JumpExchangeContext *context,
                                   const JumpRelayRequest *request,
                                   JumpReplySink *sink,
                                   JumpExchangeEndedFunc on_ended,
                                   gpointer user_data);
void jump_exchange_unref (JumpExchange *self);
/* The service stops: whatever has not ended is cut. */
void jump_exchange_cancel (JumpExchange *self);
JumpExchangeState jump_exchange_get_state (const JumpExchange *self);
