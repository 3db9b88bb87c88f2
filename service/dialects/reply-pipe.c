/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/reply-pipe.h"

/**
 * jump_reply_pipe_init:
 * @self: zeroed memory, the first member of an implementation
 * @class: what it does
 */
void
jump_reply_pipe_init (JumpReplyPipe *self, const JumpReplyPipeClass *class)
{
  self->class = class;
  self->usage = JUMP_USAGE_COUNT_UNKNOWN;
}

void
jump_reply_pipe_clear (JumpReplyPipe *self)
{
  jump_changes_clear (&self->changes);
  g_clear_pointer (&self->failure, jump_failure_free);
  g_clear_pointer (&self->response, g_bytes_unref);
}

JumpPipeStep
jump_reply_pipe_event (JumpReplyPipe *self, const JumpSseEvent *event, GString *out)
{
  return self->class->event (self, event, out);
}

JumpPipeStep
jump_reply_pipe_finish (JumpReplyPipe *self, const GError *problem, GString *out)
{
  return self->class->finish (self, problem, out);
}

GBytes *
jump_reply_pipe_whole (JumpReplyPipe *self, GBytes *body, GError **error)
{
  return self->class->whole (self, body, error);
}

void
jump_reply_pipe_free (JumpReplyPipe *self)
{
  self->class->free (self);
}
