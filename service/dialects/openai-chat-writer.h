/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/openai-chat-calls.h"
#include "service/dialects/openai-chat-head.h"

/* Writes the events of one streamed completion: each holds one choice, begins with the members that
 * never change and names the role once. Knows which repairs were made. Belongs to a stream. */

typedef enum
{
  JUMP_CHAT_CHANGE_FIELDS_FILLED = 1 << 0,
  JUMP_CHAT_CHANGE_CHOICES_MERGED = 1 << 1,
  JUMP_CHAT_CHANGE_TOOL_CALLS_REPAIRED = 1 << 2,
  JUMP_CHAT_CHANGE_FINISH_CORRECTED = 1 << 3,
  JUMP_CHAT_CHANGE_EXTRAS_HIDDEN = 1 << 4,
  JUMP_CHAT_CHANGE_USAGE_HIDDEN = 1 << 5,
  JUMP_CHAT_CHANGE_REASONING_RENAMED = 1 << 6,
} JumpChatChange;

/* Choices told apart; the request scanner takes no larger n. */
#define JUMP_CHAT_MAX_CHOICES 128

typedef struct
{
  JumpChatHead head;    /* (owned) */
  JumpChatCalls *calls; /* (owned) */
  gboolean role_sent[JUMP_CHAT_MAX_CHOICES];
  gboolean has_output;
  gboolean renames_reasoning; /* reasoning_text becomes reasoning_content */
  guint changes;              /* of JumpChatChange, made so far */
  GString *change_log;        /* (owned): their names */
} JumpChatWriter;

void jump_chat_writer_init (JumpChatWriter *self,
                            const char *client_model,
                            const char *request_id,
                            gint64 now);
void jump_chat_writer_clear (JumpChatWriter *self);
void jump_chat_writer_note (JumpChatWriter *self, JumpChatChange change);

/* Writes an event with @delta of upstream's choice @source. @choice_rest, @chunk_rest: other members. When the
 * delta says nothing and @may_skip is set, nothing is written. Returns: whether it says anything. */
gboolean jump_chat_writer_put_delta (JumpChatWriter *self,
                                     guint source,
                                     guint target,
                                     JumpJsonSpan delta,
                                     const GString *choice_rest,
                                     const GString *chunk_rest,
                                     gboolean may_skip,
                                     GString *out);
/* Writes the event that ends a choice. @reason: JSON string. */
void jump_chat_writer_put_finish (JumpChatWriter *self,
                                  guint target,
                                  JumpJsonSpan reason,
                                  const GString *chunk_rest,
                                  GString *out);
/* Writes an event without choices. @members: with a comma in front. */
void jump_chat_writer_put_members (JumpChatWriter *self, const GString *members, GString *out);
