/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/dialects/dialect.h"

/* What the row of the chat dialect consists of, each in a file of its own. See dialect.h for what
 * they promise. */

gboolean jump_chat_scan (JumpRequestFacts *facts, const char *data, gsize length, GError **error);
JumpPrompt *jump_chat_read_prompt (const char *data, gsize length, GError **error);
GBytes *jump_chat_write_prompt (const JumpPrompt *prompt,
                                const JumpModelTraits *traits,
                                const JumpToolNames *names,
                                JumpChanges *changes,
                                GError **error);
JumpReply *jump_chat_read_reply (const char *data, gsize length, GError **error);
JumpDecoder *jump_chat_decoder_new (const JumpReplyOptions *options,
                                    JumpReplyEventFunc emit,
                                    gpointer emit_data);
JumpReplyPipe *jump_chat_pipe_new (const JumpReplyOptions *options);
GBytes *jump_chat_write_reply (const JumpReply *reply, const JumpReplyOptions *options);
JumpEncoder *jump_chat_encoder_new (const JumpReplyOptions *options);

/* Parts of the above that have a file of their own. */

/* The members that chat and legacy completions have in common: sampling, limits, stop, stream,
 * user … Returns: FALSE with @error, or with *@out_known FALSE when @key is none of them. */
gboolean jump_chat_read_option (JumpPrompt *prompt,
                                JumpJsonSpan key,
                                JumpJsonSpan value,
                                gboolean *out_known,
                                GError **error);
gboolean jump_chat_read_messages (JumpPrompt *prompt, JumpJsonSpan messages, GError **error);
gboolean jump_chat_read_tools (JumpPrompt *prompt, JumpJsonSpan tools, GError **error);
/* The deprecated "functions". */
gboolean jump_chat_read_functions (JumpPrompt *prompt, JumpJsonSpan functions, GError **error);
/* tool_choice, or the deprecated function_call. */
gboolean jump_chat_read_choice (JumpPrompt *prompt, JumpJsonSpan choice, GError **error);
/* A tool call of a message or of a whole reply. NULL with @error. */
JumpPart *jump_chat_read_call (JumpJsonSpan call, GError **error);
void jump_chat_write_messages (JumpJsonWriter *writer,
                               const JumpPrompt *prompt,
                               const JumpModelTraits *traits,
                               const JumpToolNames *names,
                               JumpChanges *changes);
/* tools, tool_choice and parallel_tool_calls */
gboolean jump_chat_write_tools (JumpJsonWriter *writer,
                                const JumpPrompt *prompt,
                                const JumpModelTraits *traits,
                                const JumpToolNames *names,
                                JumpChanges *changes,
                                GError **error);
