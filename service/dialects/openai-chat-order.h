/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/reply-event.h"
#include "service/dialects/openai-chat-calls.h"

/* Says the events of a reply in the order that reply-event.h promises, whatever order upstream has:
 * ends a part before the next one begins, keeps state until its part is there, and calls (and text
 * among their arguments) back until those before them are complete. Part of a decoder. */

typedef enum
{
  JUMP_CHAT_PART_NONE,
  JUMP_CHAT_PART_TEXT,
  JUMP_CHAT_PART_REASONING,
  JUMP_CHAT_PART_REFUSAL,
  JUMP_CHAT_PART_CALL,
} JumpChatPart;

typedef struct
{
  JumpReplyEventFunc emit;
  gpointer emit_data;
  JumpChatPart part;
  guint open;           /* the call that is being said, while part is CALL */
  JumpChatCalls *calls; /* (owned): which fragment belongs to which */
  GArray *said;         /* (owned): what is known of each call, by its position */
  GString *opaque;      /* (owned): state whose part has not ended */
  GString *held_text;   /* (owned): inside of a JSON string: came among a call's arguments */
  char *request_id;     /* (owned) */
  gboolean has_refusal;
} JumpChatOrder;

void jump_chat_order_init (JumpChatOrder *self,
                           const char *request_id,
                           JumpReplyEventFunc emit,
                           gpointer emit_data);
void jump_chat_order_clear (JumpChatOrder *self);
void jump_chat_order_text (JumpChatOrder *self, JumpJsonSpan text);
void jump_chat_order_annotation (JumpChatOrder *self, JumpJsonSpan annotation);
void jump_chat_order_reasoning (JumpChatOrder *self, JumpJsonSpan text);
/* A piece of reasoning_opaque. */
void jump_chat_order_opaque (JumpChatOrder *self, JumpJsonSpan piece);
void jump_chat_order_refusal (JumpChatOrder *self, JumpJsonSpan text);
/* An element of tool_calls. Returns: (nullable): what is wrong with it */
const char *jump_chat_order_call (JumpChatOrder *self, guint source, JumpJsonSpan element);
gboolean jump_chat_order_has_calls (const JumpChatOrder *self);
/* Says all that was kept back and ends the last part. */
void jump_chat_order_finish (JumpChatOrder *self);
/* Ends the part that is open; what waits is lost. */
void jump_chat_order_break_off (JumpChatOrder *self);
