/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/decoder.h"

void
jump_decoder_event (JumpDecoder *self, const JumpSseEvent *event)
{
  if (!self->has_ended)
    self->class->event (self, event);
}

void
jump_decoder_finish (JumpDecoder *self, const GError *problem)
{
  if (!self->has_ended)
    self->class->finish (self, problem);
}

void
jump_decoder_free (JumpDecoder *self)
{
  self->class->free (self);
}
