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

/**
 * jump_reply_pipe_clear:
 *
 * Clears the members that all pipes have; implementations call it in their free.
 */
void
jump_reply_pipe_clear (JumpReplyPipe *self)
{
  jump_changes_clear (&self->changes);
  g_clear_pointer (&self->failure, jump_failure_free);
  g_clear_pointer (&self->response, g_bytes_unref);
}

/**
 * jump_reply_pipe_event:
 * @event: of upstream's stream
 * @out: whole events for the client are appended
 */
JumpPipeStep
jump_reply_pipe_event (JumpReplyPipe *self, const JumpSseEvent *event, GString *out)
{
  return self->class->event (self, event, out);
}

/**
 * jump_reply_pipe_finish:
 * @problem: (nullable): why upstream broke off; NULL: it ended by itself
 * @out: terminator or error event is appended
 *
 * Returns: %JUMP_PIPE_DONE or %JUMP_PIPE_ERROR
 */
JumpPipeStep
jump_reply_pipe_finish (JumpReplyPipe *self, const GError *problem, GString *out)
{
  return self->class->finish (self, problem, out);
}

/**
 * jump_reply_pipe_whole:
 * @body: a reply that is no stream
 * @error: JUMP_ERROR_UPSTREAM for an error behind status 200, JUMP_ERROR_PROTOCOL for what is no reply
 *
 * Returns: (transfer full) (nullable): what the client gets; @body itself when nothing had to change
 */
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
