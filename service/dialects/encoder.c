/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/encoder.h"

void
jump_encoder_event (JumpEncoder *self, const JumpReplyEvent *event, GString *out)
{
  self->class->event (self, event, out);
}

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
