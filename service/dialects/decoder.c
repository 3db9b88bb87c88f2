/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/decoder.h"

/**
 * jump_decoder_event:
 * @event: of upstream; ignored once END was said
 */
void
jump_decoder_event (JumpDecoder *self, const JumpSseEvent *event)
{
  if (!self->has_ended)
    self->class->event (self, event);
}

/**
 * jump_decoder_finish:
 * @problem: (nullable): why upstream broke off; NULL: it ended by itself
 *
 * Says what is still missing; nothing when END was said.
 */
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
