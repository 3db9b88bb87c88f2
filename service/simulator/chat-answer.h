/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What a model says, before it takes the shape of a reply or a stream. */

typedef struct
{
  char *id;        /* (owned) */
  char *name;      /* (owned) */
  char *arguments; /* (owned): JSON, empty when the tool takes nothing */
} JumpAnsweredCall;

typedef struct
{
  char *id;           /* (owned) */
  gint64 created;     /* wall seconds */
  char *reasoning;    /* (owned) (nullable) */
  char *text;         /* (owned) (nullable) */
  GPtrArray *calls;   /* (owned) (element-type JumpAnsweredCall) */
  const char *finish; /* "stop", "length", "tool_calls" */
  gint64 prompt_tokens;
  gint64 cached_tokens;
} JumpChatAnswer;

JumpChatAnswer *jump_chat_answer_new (void);
void jump_chat_answer_free (JumpChatAnswer *self);
/* @arguments: (transfer full) */
void jump_chat_answer_add_call (JumpChatAnswer *self, const char *name, char *arguments);
gint64 jump_chat_answer_count_reasoning (const JumpChatAnswer *self);
gint64 jump_chat_answer_count_tokens (const JumpChatAnswer *self);
/* Returns: (transfer full): the signature of the reasoning */
char *jump_chat_answer_dup_opaque (const JumpChatAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpChatAnswer, jump_chat_answer_free)
