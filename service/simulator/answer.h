/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What a model says, before it takes the shape of a reply or a stream of one of the APIs. */

typedef enum
{
  JUMP_FINISH_STOP,
  JUMP_FINISH_STOP_TEXT, /* one of the question's stop texts came */
  JUMP_FINISH_LENGTH,
  JUMP_FINISH_CALLS,
  JUMP_FINISH_REFUSAL,
} JumpFinish;

typedef struct
{
  char *key;         /* (owned): of its id, which each API begins in its own way */
  char *name;        /* (owned) */
  char *space;       /* (owned) (nullable): the namespace of the tool */
  char *arguments;   /* (owned): JSON, empty when the tool takes nothing */
  gboolean freeform; /* the arguments are any text */
} JumpAnsweredCall;

typedef struct
{
  char *key;        /* (owned): of its id */
  gint64 created;   /* wall seconds */
  char *reasoning;  /* (owned) (nullable) */
  char *text;       /* (owned) (nullable) */
  char *stop_text;  /* (owned) (nullable): the one that ended it */
  GPtrArray *calls; /* (owned) (element-type JumpAnsweredCall) */
  JumpFinish finish;
  gint64 prompt_tokens;
  gint64 cached_tokens;  /* of these, read from the prompt cache */
  gint64 written_tokens; /* of these, put there now */
} JumpAnswer;

JumpAnswer *jump_answer_new (void);
void jump_answer_free (JumpAnswer *self);
/* @arguments: (transfer full). Returns: (transfer none) */
JumpAnsweredCall *jump_answer_add_call (JumpAnswer *self, const char *name, char *arguments);
gint64 jump_answer_count_reasoning (const JumpAnswer *self);
gint64 jump_answer_count_tokens (const JumpAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpAnswer, jump_answer_free)
