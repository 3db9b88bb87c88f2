/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-block.h"

#define MEMBER(name) JUMP_ANTHROPIC_MEMBER (JumpAnthropicBlock, name)

static const JumpAnthropicMember members[] = {
  MEMBER (type),      MEMBER (text),    MEMBER (citations),   MEMBER (cache_control),
  MEMBER (source),    MEMBER (title),   MEMBER (context),     MEMBER (thinking),
  MEMBER (signature), MEMBER (data),    MEMBER (id),          MEMBER (name),
  MEMBER (input),     MEMBER (content), MEMBER (tool_use_id), MEMBER (is_error),
  MEMBER (tool_name),
};

/**
 * jump_anthropic_block_read:
 * @self: (out caller-allocates): what the block does not have is absent
 * @block: of validated text
 */
void
jump_anthropic_block_read (JumpAnthropicBlock *self, JumpJsonSpan block)
{
  memset (self, 0, sizeof *self);
  jump_anthropic_members_read (self, members, G_N_ELEMENTS (members), block, NULL, NULL);
}

/**
 * jump_anthropic_block_take:
 * @self: (out caller-allocates)
 * @blocks: a cursor in front of an object
 */
void
jump_anthropic_block_take (JumpAnthropicBlock *self, JumpJsonCursor *blocks)
{
  JumpJsonCursor cursor;
  JumpJsonSpan name;

  memset (self, 0, sizeof *self);
  jump_json_cursor_enter (blocks, &cursor);
  while (jump_json_cursor_next_key (&cursor, &name))
    {
      JumpJsonSpan *slot =
          jump_anthropic_members_find (self, members, G_N_ELEMENTS (members), name);
      JumpJsonSpan value = jump_json_cursor_take_value (&cursor);

      if (slot != NULL)
        *slot = value;
    }
  jump_json_cursor_leave (blocks, &cursor);
}
