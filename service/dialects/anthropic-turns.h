/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/changes.h"
#include "service/conversation/model-traits.h"
#include "service/conversation/prompt.h"

/* A prompt's messages in the order that Anthropic insists on: system texts apart, user and assistant in
 * turns, the first and the last the user's, every tool call with its result right behind it, nothing
 * empty (protocol 6.3, 9.10). Points into the prompt, which must outlive it. */

typedef struct
{
  const JumpPart *part; /* (nullable): NULL: text stands for itself */
  char *text;           /* (owned) (nullable): instead of the part, or of its result */
  char *call_id;      /* (owned) (nullable): TOOL_CALL, TOOL_RESULT: unique, as the wire takes it */
  gboolean is_result; /* a tool_result block, with or without a part */
} JumpAnthropicEntry;

typedef struct
{
  gboolean is_assistant;
  GPtrArray *entries; /* (owned) (element-type JumpAnthropicEntry) */
} JumpAnthropicTurnBlocks;

typedef struct
{
  GPtrArray *system; /* (owned) (element-type JumpPart): of the prompt; texts that are not empty */
  GPtrArray *turns;  /* (owned) (element-type JumpAnthropicTurnBlocks) */
} JumpAnthropicTurns;

/* @kinds: of reasoning that the upstream takes. Returns: (transfer full) */
JumpAnthropicTurns *jump_anthropic_turns_new (const JumpPrompt *prompt,
                                              const JumpModelTraits *traits,
                                              guint kinds,
                                              JumpChanges *changes);
void jump_anthropic_turns_free (JumpAnthropicTurns *self);
/* Whether upstream lets the model think: in the middle of calls and results, its last answer has to begin
 * with what it thought before. */
gboolean jump_anthropic_turns_allow_thinking (const JumpAnthropicTurns *self);

/* For those that put turns in order. */
JumpAnthropicEntry *jump_anthropic_entry_new (const JumpPart *part, char *text);
void jump_anthropic_entry_free (JumpAnthropicEntry *self);
JumpAnthropicTurnBlocks *jump_anthropic_turn_blocks_new (gboolean is_assistant);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpAnthropicTurns, jump_anthropic_turns_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpAnthropicEntry, jump_anthropic_entry_free)
