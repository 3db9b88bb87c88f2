/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/pending-answer.h"

static void
on_client_gone (gpointer user_data)
{
  JumpPendingAnswer *self = user_data;

  self->request = NULL;
  g_cancellable_cancel (self->cancellable);
}

static const JumpReplySinkEvents pending_events = {
  .on_gone = on_client_gone,
};

/**
 * jump_pending_answer_new:
 * @context: what the answer will need
 * @request: not answered yet
 *
 * Returns: (transfer full): to hand to the work's callback, which frees it
 */
JumpPendingAnswer *
jump_pending_answer_new (JumpHttpContext *context, JumpClientRequest *request)
{
  JumpPendingAnswer *self = g_new0 (JumpPendingAnswer, 1);

  self->context = context;
  self->request = request;
  self->cancellable = g_cancellable_new ();
  jump_reply_sink_set_events (request->sink, &pending_events, self);
  return self;
}

/**
 * jump_pending_answer_take:
 *
 * Returns: (transfer none) (nullable): the request to answer now; NULL when the client has left
 */
JumpClientRequest *
jump_pending_answer_take (JumpPendingAnswer *self)
{
  JumpClientRequest *request = g_steal_pointer (&self->request);

  if (request != NULL)
    jump_reply_sink_set_events (request->sink, NULL, NULL);
  return request;
}

void
jump_pending_answer_free (JumpPendingAnswer *self)
{
  jump_pending_answer_take (self);
  g_clear_object (&self->cancellable);
  g_free (self);
}
