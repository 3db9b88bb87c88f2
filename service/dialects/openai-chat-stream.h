/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/failure.h"
#include "service/conversation/usage-count.h"
#include "service/dialects/reply-options.h"

/* The chunks of one streamed chat completion, put right one by one (protocol 5.5): id, object,
 * created, model filled and the same in every chunk, choices of one turn merged to index 0, tool call indexes made
 * consistent, usage hidden when the client did not ask for it, first chunks without choices dropped,
 * filter results, padding and annotations hidden, in-band errors recognised. A finish reason waits for
 * the end of the stream, because with split choices the first one comes before the turn is over.
 * Everything is spliced from spans of the chunk, nothing is parsed into a tree. */

typedef struct _JumpChatStream JumpChatStream;

typedef enum
{
  JUMP_CHAT_STREAM_GO_ON,
  JUMP_CHAT_STREAM_DONE, /* data: [DONE] was seen and written */
  JUMP_CHAT_STREAM_ERROR, /* an in-band error was seen, or something that is no chunk; an error event was written */
} JumpChatStreamStep;

/* Of @options count client_model, request_id, now, requested_n, show_usage and reasoning_field. */
JumpChatStream *jump_chat_stream_new (const JumpReplyOptions *options);
void jump_chat_stream_free (JumpChatStream *self);
/* Takes the data of one upstream event and appends what the client gets (complete SSE events or
 * nothing) to @out. */
JumpChatStreamStep
jump_chat_stream_event (JumpChatStream *self, const char *data, gsize length, GString *out);
/* Upstream ended: writes what was held back and says whether the completion was complete, so that the
 * caller knows whether to write data: [DONE] (unless it came already) or an error. */
gboolean jump_chat_stream_end (JumpChatStream *self, GString *out);
const JumpUsageCount *jump_chat_stream_get_usage (const JumpChatStream *self);
const char *jump_chat_stream_get_changes (
    const JumpChatStream *self); /* comma-separated names of repairs made */
/* (nullable): the in-band error, in upstream's words */
const JumpFailure *jump_chat_stream_get_failure (const JumpChatStream *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpChatStream, jump_chat_stream_free)
