/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"
#include "service/conversation/message.h"

/* Chat has one text and one opaque field for all that a model thought in a turn, other dialects have
 * any number of both. Several states stand in the one field in a row, each but the first behind a
 * space and the place in the text where its own begins: "jumpseat1.… 57:jumpseat1.…". Chat's own
 * state stands there bare, as upstream sent it. */

typedef struct
{
  gsize n_text;  /* bytes of visible text so far, decoded */
  gsize n_start; /* the same when the part at hand began */
  gboolean has_bare;
  gboolean has_sealed;
} JumpChatThought;

/* Counts visible text. @text: JSON string */
void jump_chat_thought_note_text (JumpChatThought *self, JumpJsonSpan text);
/* Appends what the opaque field gets for @state. @used_model: (nullable): who made it, unless the state
 * itself knows. */
void jump_chat_thought_put_state (JumpChatThought *self,
                                  const JumpReasoningState *state,
                                  const char *used_model,
                                  GString *field);
/* The opposite: adds REASONING parts to @parts. @text, @field: (nullable). Returns: FALSE when state had to
 * be left out because nobody can read it. */
gboolean jump_chat_thought_read (GPtrArray *parts, const char *text, const char *field);
