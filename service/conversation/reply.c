/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/reply.h"

/**
 * jump_reply_new:
 *
 * Returns: (transfer full): a reply that says nothing and whose cost is unknown
 */
JumpReply *
jump_reply_new (void)
{
  JumpReply *self = g_new0 (JumpReply, 1);

  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_part_free);
  self->usage = JUMP_USAGE_COUNT_UNKNOWN;
  return self;
}

void
jump_reply_free (JumpReply *self)
{
  g_free (self->id);
  g_free (self->model);
  g_ptr_array_unref (self->parts);
  g_free (self->stop_sequence);
  g_free (self);
}

/**
 * jump_reply_add:
 * @part: (transfer full): comes last
 *
 * Returns: (transfer none): @part
 */
JumpPart *
jump_reply_add (JumpReply *self, JumpPart *part)
{
  g_ptr_array_add (self->parts, part);
  return part;
}

/**
 * jump_reply_has_tool_calls:
 *
 * Returns: whether the model wants anything from tools
 */
gboolean
jump_reply_has_tool_calls (const JumpReply *self)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      const JumpPart *part = g_ptr_array_index (self->parts, i);

      if (part->kind == JUMP_PART_TOOL_CALL)
        return TRUE;
    }
  return FALSE;
}
