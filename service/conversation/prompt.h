/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/message.h"
#include "service/conversation/tool.h"

/* What a client asks, in no dialect's words. A reader makes one, a writer reads it; in between
 * nobody changes it. What a reader meets and has no member for it notes in dropped, so that the
 * person can see it. */

typedef enum
{
  JUMP_FORMAT_TEXT,
  JUMP_FORMAT_JSON,   /* any JSON object */
  JUMP_FORMAT_SCHEMA, /* JSON after format_schema */
} JumpFormat;

typedef enum
{
  JUMP_THINKING_UNSET,
  JUMP_THINKING_OFF,
  JUMP_THINKING_BUDGET,   /* with thinking_budget tokens */
  JUMP_THINKING_ADAPTIVE, /* as much as the model likes; effort steers it */
} JumpThinking;

/* Numbers that may be absent: NAN for doubles, -1 for integers. */
typedef struct
{
  char *model;         /* (owned) (nullable): as the client wrote it */
  GPtrArray *messages; /* (owned) (element-type JumpMessage) */

  GPtrArray *tools; /* (owned) (element-type JumpTool) */
  JumpChoice choice;
  char *choice_name;       /* (owned) (nullable): NAMED */
  char *choice_name_space; /* (owned) (nullable) */
  JumpFlag parallel_calls;

  JumpFormat format;
  char *format_name;        /* (owned) (nullable): SCHEMA */
  char *format_description; /* (owned) (nullable) */
  char *format_schema;      /* (owned) (nullable): JSON */
  JumpFlag format_is_strict;

  double temperature;
  double top_p;
  double frequency_penalty;
  double presence_penalty;
  gint64 top_k;
  gint64 seed;
  gint64 max_tokens; /* of output, thinking included */
  gint64 n;          /* alternatives */
  GPtrArray *stop;   /* (owned) (element-type utf8): sequences that end the answer */

  JumpThinking thinking;
  gint64 thinking_budget; /* tokens */
  char *effort;           /* (owned) (nullable): none, minimal, low, medium, high, xhigh, max */
  char *summary;          /* (owned) (nullable): Responses: auto, concise, detailed */
  char *verbosity;        /* (owned) (nullable): low, medium, high */
  gboolean wants_state;   /* the client can carry reasoning state; FALSE: it did not say so */

  gboolean stream;
  gboolean include_usage; /* of a stream, where the dialect makes it optional */

  char *user;       /* (owned) (nullable) */
  char *metadata;   /* (owned) (nullable): JSON object */
  char *cache_key;  /* (owned) (nullable): prompt_cache_key */
  char *truncation; /* (owned) (nullable): Responses: auto, disabled */

  GPtrArray *dropped; /* (owned) (element-type utf8): names of fields nobody here has a place for */
} JumpPrompt;

JumpPrompt *jump_prompt_new (void);
void jump_prompt_free (JumpPrompt *self);
/* Takes @message. Returns: it. */
JumpMessage *jump_prompt_add_message (JumpPrompt *self, JumpMessage *message);
/* Notes that the request's @name is lost. */
void jump_prompt_drop (JumpPrompt *self, const char *name);
/* Gives a TOOL_RESULT without id the id of the first unanswered call of its name, or of any when it has
 * no name (Ollama's results, P-10); calls without id get one made from their position; fills a
 * result's name from its call. Readers call it last. */
void jump_prompt_match_calls (JumpPrompt *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpPrompt, jump_prompt_free)
