/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/anthropic-block.h"
#include "service/dialects/request-facts.h"

/* Who speaks in the last turn of a Messages request, and what for: a person, an agent that hands
 * back tool results, or one of the calls that Claude Code and opencode make by themselves. Told
 * from the words of the request only, and in doubt it is a person (protocol 5.2). */

typedef struct
{
  /* of the user messages behind the last assistant message */
  guint n_results;
  guint n_person_parts; /* what a person may have typed or attached */
  JumpJsonSpan last_text;

  /* the same of the message at hand */
  guint n_new_results;
  guint n_new_person_parts;
  JumpJsonSpan new_text;

  gboolean ends_with_assistant;
  guint n_messages;          /* without those of role system */
  gboolean is_subagent;      /* the client says so itself */
  gboolean asks_for_title;   /* the system text is a title writer's */
  gboolean asks_for_summary; /* it is of one who sums up conversations */
} JumpAnthropicTurn;

void jump_anthropic_turn_add_system_text (JumpAnthropicTurn *self, JumpJsonSpan text);
/* What a message says, and then whose it is. */
void jump_anthropic_turn_add_text (JumpAnthropicTurn *self, JumpJsonSpan text);
void jump_anthropic_turn_add_block (JumpAnthropicTurn *self, const JumpAnthropicBlock *block);
void jump_anthropic_turn_end_message (JumpAnthropicTurn *self, JumpJsonSpan role);
void jump_anthropic_turn_decide (const JumpAnthropicTurn *self,
                                 gint64 max_tokens,
                                 guint n_tools,
                                 JumpRequestFacts *facts);
