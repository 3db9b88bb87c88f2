/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/reply-sink.h"

/**
 * jump_reply_sink_head:
 * @self: a sink
 * @status: HTTP status
 * @headers: (nullable) (array zero-terminated=1): name, value, name, value …; framing headers are
 *   the sink's own business
 * @length: bytes of body that will be written, or -1 for a stream
 *
 * Call once, first.
 */
void
jump_reply_sink_head (JumpReplySink *self, guint status, const char *const *headers, gssize length)
{
  self->class->head (self, status, headers, length);
}

/**
 * jump_reply_sink_write:
 *
 * Returns: FALSE when the client does not keep up: read no more until on_drained
 */
gboolean
jump_reply_sink_write (JumpReplySink *self, const char *data, gsize length)
{
  return self->class->write (self, data, length);
}

/**
 * jump_reply_sink_end:
 *
 * The reply is complete. @self must not be used any more.
 */
void
jump_reply_sink_end (JumpReplySink *self)
{
  self->class->end (self);
}

/**
 * jump_reply_sink_abort:
 *
 * The reply cannot be completed: the connection is cut. @self must not be used any more.
 */
void
jump_reply_sink_abort (JumpReplySink *self)
{
  self->class->abort (self);
}

/**
 * jump_reply_sink_set_events:
 * @self: a sink
 * @events: (nullable): static table. After on_gone @self must not be used any more
 * @user_data: for its functions
 */
void
jump_reply_sink_set_events (JumpReplySink *self,
                            const JumpReplySinkEvents *events,
                            gpointer user_data)
{
  self->class->set_events (self, events, user_data);
}

/**
 * jump_reply_sink_set_buffer:
 * @self: a sink that has not got anything yet
 * @bytes: the mark above which jump_reply_sink_write() returns FALSE
 */
void
jump_reply_sink_set_buffer (JumpReplySink *self, gsize bytes)
{
  if (self->class->set_buffer != NULL)
    self->class->set_buffer (self, bytes);
}
