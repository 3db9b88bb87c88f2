/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/encoder.h"

/**
 * jump_encoder_event:
 * @event: in the order that reply-event.h promises
 * @out: appended to
 */
void
jump_encoder_event (JumpEncoder *self, const JumpReplyEvent *event, GString *out)
{
  self->class->event (self, event, out);
}

/**
 * jump_encoder_dup_response:
 *
 * Returns: (transfer full) (nullable): the final response object of a Responses stream, once END was
 * written; NULL for other dialects
 */
GBytes *
jump_encoder_dup_response (JumpEncoder *self)
{
  return self->class->dup_response != NULL ? self->class->dup_response (self) : NULL;
}

void
jump_encoder_free (JumpEncoder *self)
{
  self->class->free (self);
}
