/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"

/* The tool calls of one streamed completion. Upstream's fragments come without index, with the same
 * index for several calls or with the id on each of them (protocol 5.5 quirk 4); this keeps book of
 * the calls and writes fragments as OpenAI does: indexes 0, 1, 2 … per choice, id, type and name once
 * with the first fragment. Lives as long as its stream. */

typedef struct _JumpChatCalls JumpChatCalls;

/* One element of upstream's tool_calls, taken apart. */
typedef struct
{
  gint64 index; /* -1: none */
  JumpJsonSpan id;
  JumpJsonSpan type;
  JumpJsonSpan function; /* or "custom" */
  JumpJsonSpan name;
  JumpJsonSpan arguments; /* or the input of a custom tool */
  gboolean is_custom;
} JumpChatFragment;

/* Answers for calls beyond what is kept book of. */
#define JUMP_CHAT_NO_CALL G_MAXUINT

/* @request_id: ids are made from it for calls that have none. */
JumpChatCalls *jump_chat_calls_new (const char *request_id);
void jump_chat_calls_free (JumpChatCalls *self);

/* Appends "tool_calls":[…] for the fragments in @fragments. @source: position of the choice at the
 * upstream; @target: of the choice that the client sees. Returns: whether anything had to be put right. */
gboolean jump_chat_calls_write (JumpChatCalls *self,
                                guint source,
                                guint target,
                                JumpJsonSpan fragments,
                                GString *out);
/* For those who write nothing: reads @element. Returns: the position of its call among those of @target. */
guint jump_chat_calls_take (JumpChatCalls *self,
                            guint source,
                            guint target,
                            JumpJsonSpan element,
                            JumpChatFragment *out_fragment);
/* Whether a call goes on in whitespace without end. */
gboolean jump_chat_calls_is_looping (const JumpChatCalls *self);
gboolean jump_chat_calls_has_any (const JumpChatCalls *self, guint target);
/* Appends "tool_calls":[…] with {} for the calls of @target that ended without arguments, because an empty
 * string is not JSON. Returns: FALSE when there are none; nothing is written then. */
gboolean jump_chat_calls_write_missing_arguments (JumpChatCalls *self, guint target, GString *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpChatCalls, jump_chat_calls_free)
