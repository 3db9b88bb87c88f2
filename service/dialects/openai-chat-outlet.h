/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/usage-count.h"
#include "service/dialects/openai-chat-head.h"
#include "service/dialects/openai-chat-thought.h"
#include "service/dialects/reply-options.h"

/* What streams and whole replies for chat clients have in common: names of fields and tools, ids,
 * citations. */

/* reasoning_content or reasoning_text, with quotes */
const char *jump_chat_outlet_get_reasoning_key (const JumpReplyOptions *options);
/* The client's name and kind of a tool that upstream calls @wire. */
const char *jump_chat_outlet_get_tool (const JumpReplyOptions *options,
                                       const char *wire,
                                       JumpToolKind *out_kind);
/* Appends @citation as OpenAI's url_citation. Returns: FALSE when it is none; nothing is written then. */
gboolean jump_chat_outlet_put_citation (JumpJsonSpan citation, GString *out);
/* Upstream's id where it is one of chat's own. @id: (nullable) */
void jump_chat_outlet_set_id (JumpChatHead *head, const char *id);
