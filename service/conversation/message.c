/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/message.h"

/**
 * jump_message_new:
 *
 * Returns: (transfer full): a message without parts
 */
JumpMessage *
jump_message_new (JumpRole role)
{
  JumpMessage *self = g_new0 (JumpMessage, 1);

  self->role = role;
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_part_free);
  return self;
}

void
jump_message_free (JumpMessage *self)
{
  g_free (self->name);
  g_ptr_array_unref (self->parts);
  g_free (self);
}

/**
 * jump_message_add:
 * @part: (transfer full): comes last
 *
 * Returns: (transfer none): @part
 */
JumpPart *
jump_message_add (JumpMessage *self, JumpPart *part)
{
  g_ptr_array_add (self->parts, part);
  return part;
}
