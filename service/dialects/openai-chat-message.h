/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"

/* One assistant message of a whole reply, put together from the parts that upstream spread over
 * several choices (protocol 5.4 quirk 2): texts joined in order, tool calls one after the other, of
 * everything else the first. A stack struct; the spans belong to the caller's reply. */

typedef struct
{
  JumpJsonSpan role;
  JumpJsonSpan odd_content;   /* the first content that is neither text nor null */
  GString *content;           /* (owned) inside of a JSON string */
  GString *reasoning;         /* (owned) inside of a JSON string */
  JumpJsonSpan reasoning_key; /* reasoning_text, reasoning_content or an older name */
  GString *tool_calls;        /* (owned) inside of a JSON array */
  GString *rest;              /* (owned) other members, a comma before each */
  GArray *rest_keys;          /* (owned) (element-type JumpJsonSpan) */
  gboolean has_content_member;
  gboolean has_content;
  gboolean is_changed; /* what jump_chat_message_put() writes is not what came */
} JumpChatMessage;

void jump_chat_message_init (JumpChatMessage *self);
void jump_chat_message_clear (JumpChatMessage *self);
void jump_chat_message_add (JumpChatMessage *self, JumpJsonSpan message);
gboolean jump_chat_message_has_tool_calls (const JumpChatMessage *self);
void jump_chat_message_put (JumpChatMessage *self, GString *out);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpChatMessage, jump_chat_message_clear)
