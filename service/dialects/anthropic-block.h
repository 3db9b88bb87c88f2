/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/anthropic-members.h"

/* One content block of a message, of whatever type, as spans of the text it stands in. */

typedef struct
{
  JumpJsonSpan type;
  JumpJsonSpan text;
  JumpJsonSpan citations;
  JumpJsonSpan cache_control;
  JumpJsonSpan source;  /* image, document, search_result */
  JumpJsonSpan title;   /* document, search_result */
  JumpJsonSpan context; /* document */
  JumpJsonSpan thinking;
  JumpJsonSpan signature;
  JumpJsonSpan data; /* redacted_thinking */
  JumpJsonSpan id;
  JumpJsonSpan name;
  JumpJsonSpan input;
  JumpJsonSpan tool_use_id;
  JumpJsonSpan content;
  JumpJsonSpan is_error;
  JumpJsonSpan tool_name; /* tool_reference */
} JumpAnthropicBlock;

/* @block: anything but an object has no members */
void jump_anthropic_block_read (JumpAnthropicBlock *self, JumpJsonSpan block);
/* The same for the block in front of @blocks, in one walk. @blocks is behind it then. */
void jump_anthropic_block_take (JumpAnthropicBlock *self, JumpJsonCursor *blocks);
