/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/reasoning-state.h"

/* One piece of a message. A flat struct: which members count depends on the kind, the others are
 * NULL. Texts are decoded UTF-8; what is called JSON is JSON text as it came. */

typedef enum
{
  JUMP_PART_TEXT,
  JUMP_PART_IMAGE,
  JUMP_PART_FILE,
  JUMP_PART_REASONING,
  JUMP_PART_TOOL_CALL,
  JUMP_PART_TOOL_RESULT, /* stands in user messages, whatever role the dialect gives it */
  JUMP_PART_REFUSAL,
  JUMP_PART_OTHER, /* what only its own dialect knows, a web_search_call for example */
} JumpPartKind;

typedef enum
{
  JUMP_TOOL_FUNCTION, /* arguments are JSON after a schema */
  JUMP_TOOL_CUSTOM,   /* takes free text (Responses) */
  JUMP_TOOL_HOSTED,   /* upstream would run it itself: web_search … */
} JumpToolKind;

typedef struct
{
  JumpPartKind kind;
  char *text;         /* (owned) (nullable): TEXT, REFUSAL; REASONING: what is visible of it */
  char *annotations;  /* (owned) (nullable): TEXT: JSON array of citations */
  char *cache_marker; /* (owned) (nullable): JSON of Messages' cache_control */

  /* IMAGE, FILE: one of data, url, file_id */
  char *media_type; /* (owned) (nullable): image/png */
  char *data;       /* (owned) (nullable): base64 */
  char *url;        /* (owned) (nullable): http, https; never data: */
  char *file_id;    /* (owned) (nullable) */
  char *detail;     /* (owned) (nullable): IMAGE: low, high, auto */
  char *file_name;  /* (owned) (nullable) */

  /* REASONING */
  JumpReasoningState state; /* (owned) */

  /* TOOL_CALL, TOOL_RESULT */
  char *call_id;          /* (owned): never NULL or empty once a dialect's reader is done */
  char *name;             /* (owned) (nullable): the tool's, as the client knows it */
  char *name_space;       /* (owned) (nullable): Responses: the namespace the tool stands in */
  JumpToolKind tool_kind; /* FUNCTION or CUSTOM */
  char *arguments;    /* (owned) (nullable): TOOL_CALL: JSON object text, CUSTOM: the free text */
  char *call_state;   /* (owned) (nullable): TOOL_CALL: a thought_signature to give back */
  GPtrArray *content; /* (owned) (nullable) (element-type JumpPart): TOOL_RESULT */
  gboolean is_error;  /* TOOL_RESULT */

  /* OTHER */
  char *type; /* (owned) (nullable): its type in its dialect */
  char *json; /* (owned) (nullable): all of it */
} JumpPart;

JumpPart *jump_part_new (JumpPartKind kind);
JumpPart *jump_part_new_text (const char *text);
void jump_part_free (JumpPart *self);

/* Takes "data:image/png;base64,…" apart into media_type and data; any other address becomes url. */
void jump_part_set_address (JumpPart *self, const char *address);
/* Returns: (transfer full) (nullable): the opposite: a data: address or the url */
char *jump_part_dup_address (const JumpPart *self);
/* Returns: (transfer full): the texts of @parts joined by @separator; other kinds are left out */
char *jump_parts_join_text (const GPtrArray *parts, const char *separator);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpPart, jump_part_free)
