/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/changes.h"
#include "service/conversation/usage-count.h"
#include "service/dialects/openai-chat-chunk.h"
#include "service/dialects/reply-options.h"

/* A chat completion that is not streamed, put right (protocol 5.4): split choices merged into one,
 * object, created, id, index, model filled, arguments "" → "{}", padding and filter results hidden. A reply
 * that needs nothing passes byte for byte. */

/* Of @options count client_model, request_id, now, requested_n and reasoning_field: with n > 1 choices with distinct
 * indexes are alternatives and are not merged. @out_usage: (out) (nullable). @changes: (nullable).
 * Returns: (transfer full) (nullable): the body to send; NULL with @error when it is no chat completion. */
GBytes *jump_chat_reply_repair (GBytes *body,
                                const JumpReplyOptions *options,
                                JumpUsageCount *out_usage,
                                JumpChanges *changes,
                                GError **error);
/* Takes a whole reply apart. */
gboolean jump_chat_reply_read (JumpChatChunk *reply,
                               const char *data,
                               gsize length,
                               GString *rest,
                               GError **error);
