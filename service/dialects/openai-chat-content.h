/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/conversation/changes.h"
#include "service/conversation/message.h"
#include "service/conversation/tool-names.h"

/* Writes what single chat messages hold: texts, images, tool calls and their results. Who says what
 * in which order is decided elsewhere. */

typedef struct
{
  JumpJsonWriter *writer; /* (unowned): inside the array of messages */
  const JumpToolNames *names;
  gboolean is_claude;
  JumpChanges *changes;
} JumpChatContent;

/* Begins and ends a message around members that the caller writes. */
void jump_chat_content_begin (JumpChatContent *self, const char *role);
void jump_chat_content_end (JumpChatContent *self, gboolean is_marked);
gboolean jump_chat_content_is_marked (const GPtrArray *parts);
gboolean jump_chat_content_has_images (const JumpPart *result);

/* A whole user message, nothing when @parts say nothing. Tool results among them become text. */
void jump_chat_content_write_user (JumpChatContent *self, const char *name, const GPtrArray *parts);
/* The member "tool_calls". */
void jump_chat_content_write_calls (JumpChatContent *self, const GPtrArray *calls);
/* A whole tool message. @result: (nullable): the call was never answered */
void jump_chat_content_write_result (JumpChatContent *self,
                                     const JumpPart *call,
                                     const JumpPart *result);
/* A whole user message with the images of @results: tool messages cannot hold them (protocol 5.3). */
void jump_chat_content_write_returned (JumpChatContent *self, const GPtrArray *results);
