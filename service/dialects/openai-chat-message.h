/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"

/* One assistant message of a whole reply, put together from the parts that upstream spread over
 * several choices (protocol 5.4 quirk 2): texts joined in order, tool calls one after the other, of
 * everything else the first. A stack struct; the spans belong to the caller's reply. */

/* The inside of a JSON string. A single part is not copied. */
typedef struct
{
  JumpJsonSpan first; /* with its quotes */
  GString *joined;    /* (owned) (nullable): all parts, when there are several */
} JumpChatText;

/* Texts and lists are NULL until something goes into them: most messages need none. */
typedef struct
{
  JumpJsonSpan role;
  JumpJsonSpan odd_content; /* the first content that is neither text nor null */
  JumpChatText content;
  JumpChatText reasoning;
  JumpJsonSpan reasoning_key; /* reasoning_text, reasoning_content or an older name */
  GString *tool_calls;        /* (owned) (nullable) inside of a JSON array */
  GString *rest;              /* (owned) (nullable) other members, a comma before each */
  GArray *rest_keys;          /* (owned) (nullable) (element-type JumpJsonSpan) */
  gboolean has_content_member;
  gboolean is_changed;        /* a part was not taken as it is */
  gboolean renames_reasoning; /* reasoning_text becomes reasoning_content; set by the caller */
} JumpChatMessage;

void jump_chat_message_init (JumpChatMessage *self);
void jump_chat_message_clear (JumpChatMessage *self);
void jump_chat_message_add (JumpChatMessage *self, JumpJsonSpan message);
gboolean jump_chat_message_has_tool_calls (const JumpChatMessage *self);
/* Whether what jump_chat_message_put() writes is not what came, supposing there was one part. */
gboolean jump_chat_message_is_changed (const JumpChatMessage *self);
/* Whether it will write reasoning under another name. */
gboolean jump_chat_message_is_renamed (const JumpChatMessage *self);
void jump_chat_message_put (const JumpChatMessage *self, GString *out);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpChatMessage, jump_chat_message_clear)
