/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/usage-count.h"
#include "service/dialects/openai-chat-chunk.h"

/* The members that are the same in every chunk of a completion: id, object, created, model. Upstream
 * leaves them out, empties them or changes them on the way (protocol 5.5 quirks 1 and 2); the first
 * good values seen before the first event count for all events. */

typedef struct
{
  GString *text;       /* (owned) (nullable): the finished members; NULL until the first event */
  char *id;            /* (owned) (nullable): JSON string; NULL until one was seen */
  char *client_model;  /* (owned) */
  char *request_id;    /* (owned) */
  const char *object;  /* "chat.completion" or "chat.completion.chunk" */
  const char *opening; /* what stands before the first member */
  gint64 created;      /* seconds, 0 until one was seen */
  gint64 now;
} JumpChatHead;

void jump_chat_head_init (JumpChatHead *self,
                          const char *opening,
                          const char *object,
                          const char *client_model,
                          const char *request_id,
                          gint64 now);
void jump_chat_head_clear (JumpChatHead *self);
/* Returns: whether @chunk has id, object and created as it should. */
gboolean jump_chat_head_learn (JumpChatHead *self, const JumpChatChunk *chunk);
/* Appends opening and members, and an opened "choices". */
void jump_chat_head_put (JumpChatHead *self, GString *out);
/* Ends a stream. @usage: (nullable): what the client asked to see */
void jump_chat_head_put_end (JumpChatHead *self, const JumpUsageCount *usage, GString *out);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpChatHead, jump_chat_head_clear)
