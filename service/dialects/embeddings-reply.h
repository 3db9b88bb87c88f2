/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/usage-count.h"
#include "service/dialects/embeddings-request.h"
#include "service/dialects/reply-options.h"

/* The vectors that upstream answered, one reply per slice of the inputs, joined in the order of the
 * inputs whatever order they came in, and written as the client asked. Numbers are copied as text,
 * never read and printed again. Pure, callable from a worker thread. */

typedef struct
{
  GPtrArray *bodies;     /* (owned) (element-type GBytes): the spans point into them */
  JumpJsonSpan *vectors; /* (owned): one JSON array of numbers per input; absent: not there yet */
  guint n_vectors;
  JumpUsageCount usage; /* of all replies together */
} JumpEmbeddingsReply;

void jump_embeddings_reply_init (JumpEmbeddingsReply *self, guint n_inputs);
void jump_embeddings_reply_clear (JumpEmbeddingsReply *self);
/* @body: what upstream answered to the inputs from @from to before @to; kept. Errors: JUMP_ERROR_UPSTREAM
 * for HTTP 200 with an error inside, JUMP_ERROR_PROTOCOL for anything that is not one vector per
 * input. */
gboolean jump_embeddings_reply_add (JumpEmbeddingsReply *self,
                                    GBytes *body,
                                    guint from,
                                    guint to,
                                    GError **error);
/* @request: what was asked, its bytes need not be there any more. @options: client_model, clock and
 * started count. Every vector must have come. Returns: (transfer full): the reply */
GBytes *jump_embeddings_reply_write (const JumpEmbeddingsReply *self,
                                     const JumpEmbeddingsRequest *request,
                                     const JumpReplyOptions *options);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpEmbeddingsReply, jump_embeddings_reply_clear)
