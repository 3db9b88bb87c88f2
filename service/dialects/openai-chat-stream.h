/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/usage-count.h"

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

/* @show_usage: the client asked for stream_options.include_usage. */
JumpChatStream *jump_chat_stream_new (const char *client_model,
                                      const char *request_id,
                                      gint64 now,
                                      guint requested_n,
                                      gboolean show_usage);
void jump_chat_stream_free (JumpChatStream *self);
/* Takes the data of one upstream event and appends what the client gets (complete SSE events or
 * nothing) to @out. */
JumpChatStreamStep
jump_chat_stream_event (JumpChatStream *self, const char *data, gsize length, GString *out);
/* Upstream ended: writes what was held back and says whether the completion was complete, so that the
 * caller knows whether to write data: [DONE] (unless it came already) or an error. */
gboolean jump_chat_stream_end (JumpChatStream *self, GString *out);
const JumpUsageCount *jump_chat_stream_get_usage (const JumpChatStream *self);
gboolean jump_chat_stream_has_finish_reason (const JumpChatStream *self);
gboolean
jump_chat_stream_has_output (const JumpChatStream *self); /* any content or tool call so far */
const char *jump_chat_stream_get_changes (
    const JumpChatStream *self); /* comma-separated names of repairs made */
/* (nullable): the message of the in-band error */
const char *jump_chat_stream_get_error (const JumpChatStream *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpChatStream, jump_chat_stream_free)
