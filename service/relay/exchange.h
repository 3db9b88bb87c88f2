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
JumpExchange *jump_exchange_new (const JumpExchangeContext *context,
                                 const JumpRelayRequest *request,
                                 JumpReplySink *sink,
                                 JumpExchangeEndedFunc on_ended,
                                 gpointer user_data);
/* Once, after _new(): either of them may end it before it returns. */
void jump_exchange_begin (JumpExchange *self);
/* Nothing is asked: the client gets @error, and how many seconds to wait. */
void jump_exchange_turn_away (JumpExchange *self, const GError *error, guint retry_after);
void jump_exchange_unref (JumpExchange *self);
/* What has not ended is cut. @why: (nullable): for the record */
void jump_exchange_cancel (JumpExchange *self, const GError *why);
const char *jump_exchange_get_id (const JumpExchange *self);
