/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"

/* One chunk of a streamed chat completion, or one choice of it, taken apart into spans in one pass.
 * What is hidden from clients (protocol 5.4 and 5.5: filter results, padding) goes to @hidden; what
 * nobody here knows is appended to @rest as it stands, a comma before each member. */

typedef struct
{
  JumpJsonSpan id;
  JumpJsonSpan object;
  JumpJsonSpan created;
  JumpJsonSpan model;
  JumpJsonSpan choices;
  JumpJsonSpan usage;
  JumpJsonSpan copilot_usage;
  JumpJsonSpan error;
  JumpJsonSpan copilot_errors;
  JumpJsonSpan hidden; /* the last one */
} JumpChatChunk;

typedef struct
{
  JumpJsonSpan index;
  JumpJsonSpan body; /* "delta" in a chunk, "message" in a reply */
  JumpJsonSpan finish_reason;
  JumpJsonSpan hidden; /* the last one */
  gboolean has_rest;   /* something in @rest is not null */
} JumpChatChoice;

/* Validates @text, which nobody has checked yet, on the way. */
gboolean
jump_chat_chunk_read (JumpChatChunk *self, JumpJsonSpan text, GString *rest, GError **error);
/* Takes the element of "choices" in front of @choices. @body_name: "delta" or "message". */
void jump_chat_choice_read (JumpChatChoice *self,
                            JumpJsonCursor *choices,
                            const char *body_name,
                            GString *rest);
/* The choice's position, @fallback when there is none, at most @max. */
guint jump_chat_choice_get_index (const JumpChatChoice *self, guint fallback, guint max);
/* Whether @key of a delta or message with @value is nothing for clients. */
gboolean jump_chat_is_hidden (JumpJsonSpan key, JumpJsonSpan value);
gboolean jump_chat_chunk_needs_one_line (JumpJsonSpan text);
char *jump_chat_chunk_dup_one_line (JumpJsonSpan text);
/* Protocol 5.5 quirk 8. An absent span: none. */
JumpJsonSpan jump_chat_chunk_find_error (const JumpChatChunk *self);
