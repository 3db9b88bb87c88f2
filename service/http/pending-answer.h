/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/client-request.h"
#include "service/http/http-context.h"

/* A request whose answer comes later. When the client leaves first, the work is cancelled and the
 * request is gone. */

typedef struct
{
  JumpHttpContext *context;   /* (unowned) */
  JumpClientRequest *request; /* (unowned) (nullable) */
  GCancellable *cancellable;  /* (owned): for the work */
} JumpPendingAnswer;

JumpPendingAnswer *jump_pending_answer_new (JumpHttpContext *context, JumpClientRequest *request);
/* Returns: (transfer none) (nullable): the request to answer now; NULL when the client left */
JumpClientRequest *jump_pending_answer_take (JumpPendingAnswer *self);
void jump_pending_answer_free (JumpPendingAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpPendingAnswer, jump_pending_answer_free)
