/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/conversation/tool-names.h"
#include "service/dialects/anthropic-turns.h"

/* Writes the content blocks of a Messages request. */

typedef struct
{
  JumpJsonWriter *writer;
  const JumpToolNames *names; /* (nullable) */
  JumpChanges *changes;
  guint n_images_left_out; /* the first ones, because the model takes no more */
} JumpAnthropicBlocks;

/* @is_marked: for the prompt cache. FALSE with JUMP_ERROR_BAD_REQUEST for what upstream cannot be
 * asked. */
gboolean jump_anthropic_blocks_write (JumpAnthropicBlocks *self,
                                      const JumpAnthropicEntry *entry,
                                      gboolean is_marked,
                                      GError **error);
void jump_anthropic_blocks_write_mark (JumpJsonWriter *writer);
/* Images of all entries, those in results too. */
guint jump_anthropic_blocks_count_images (const JumpAnthropicTurns *turns);
