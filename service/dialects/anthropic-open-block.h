/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/reply-event.h"
#include "service/dialects/anthropic-event.h"
#include "service/dialects/reply-options.h"

/* The content block that a stream is in: its events become a part's events. Blocks of kinds that no
 * other dialect knows say nothing. Belongs to a decoder. */

typedef enum
{
  JUMP_ANTHROPIC_BLOCK_NONE,
  JUMP_ANTHROPIC_BLOCK_TEXT,
  JUMP_ANTHROPIC_BLOCK_THINKING,
  JUMP_ANTHROPIC_BLOCK_REDACTED,
  JUMP_ANTHROPIC_BLOCK_TOOL,
  JUMP_ANTHROPIC_BLOCK_IGNORED,
} JumpAnthropicBlockKind;

typedef struct
{
  JumpReplyEventFunc emit;
  gpointer emit_data;
  char *used_model; /* (owned) (nullable): whose reasoning it is */
  char *request_id; /* (owned) (nullable): makes ids of calls that have none */

  JumpAnthropicBlockKind kind;
  gint64 index;         /* upstream's */
  guint n_calls;        /* of the whole reply */
  gboolean has_part;    /* an event of it was said */
  GString *secret;      /* (owned): its signature, or its redacted thinking */
  GPtrArray *citations; /* (owned) (element-type utf8): JSON */
  char *input;          /* (owned) (nullable): arguments that came with the start */
  gboolean has_arguments;
  guint whitespace;
} JumpAnthropicOpenBlock;

void jump_anthropic_open_block_init (JumpAnthropicOpenBlock *self,
                                     const JumpReplyOptions *options,
                                     JumpReplyEventFunc emit,
                                     gpointer emit_data);
void jump_anthropic_open_block_clear (JumpAnthropicOpenBlock *self);
/* Closes the one before. */
void jump_anthropic_open_block_start (JumpAnthropicOpenBlock *self,
                                      const JumpAnthropicEvent *event);
/* FALSE: the model has lost itself in white space (protocol 9.21). */
gboolean jump_anthropic_open_block_delta (JumpAnthropicOpenBlock *self,
                                          const JumpAnthropicEvent *event);
/* Nothing to do when none is open. */
void jump_anthropic_open_block_close (JumpAnthropicOpenBlock *self);
