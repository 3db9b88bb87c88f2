/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/embeddings-request.h"
#include "service/relay/exchange-context.h"
#include "service/relay/relay.h"

/* The life of one embeddings request: its inputs go to upstream in slices of what the model takes at
 * once, one after the other, and come back as one reply. Reference counted: reading a big body in a worker
 * thread may outlive the client. Only the relay makes one. */

typedef struct _JumpEmbeddingExchange JumpEmbeddingExchange;
typedef void (*JumpEmbeddingEndedFunc) (JumpEmbeddingExchange *exchange,
                                        JumpExchangeRecord *record,
                                        gpointer user_data);

/* @context: must stay valid until @on_ended. Returns: (transfer full) */
JumpEmbeddingExchange *jump_embedding_exchange_new (const JumpExchangeContext *context,
                                                    const JumpRelayRequest *request,
                                                    JumpEmbeddingsForm form,
                                                    JumpReplySink *sink,
                                                    JumpEmbeddingEndedFunc on_ended,
                                                    gpointer user_data);
/* Once, after _new(): may end it before it returns. */
void jump_embedding_exchange_begin (JumpEmbeddingExchange *self);
void jump_embedding_exchange_unref (JumpEmbeddingExchange *self);
/* @why: (nullable): for the record */
void jump_embedding_exchange_cancel (JumpEmbeddingExchange *self, const GError *why);
const char *jump_embedding_exchange_get_id (const JumpEmbeddingExchange *self);
