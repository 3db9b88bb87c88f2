/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/dialects/dialect.h"

/* What the row of the Responses dialect consists of, each in a file of its own. See dialect.h for what
 * they promise. */

gboolean
jump_responses_scan (JumpRequestFacts *facts, const char *data, gsize length, GError **error);
JumpPrompt *jump_responses_read_prompt (const char *data, gsize length, GError **error);
GBytes *jump_responses_write_prompt (const JumpPrompt *prompt,
                                     const JumpModelTraits *traits,
                                     const JumpToolNames *names,
                                     JumpChanges *changes,
                                     GError **error);
/* The value of text.format. */
void jump_responses_write_format (JumpJsonWriter *writer, const JumpPrompt *prompt);
char *jump_responses_make_echo (const JumpPrompt *prompt);
/* Whether a whole reply is one: a part of jump_responses_read_reply(). */
gboolean jump_responses_check_reply (const char *data,
                                     gsize length,
                                     JumpJsonSpan *out_response,
                                     GError **error);
JumpReply *jump_responses_read_reply (const char *data, gsize length, GError **error);
JumpDecoder *jump_responses_decoder_new (const JumpReplyOptions *options,
                                         JumpReplyEventFunc emit,
                                         gpointer emit_data);
JumpReplyPipe *jump_responses_pipe_new (const JumpReplyOptions *options);
GBytes *jump_responses_write_reply (const JumpReply *reply, const JumpReplyOptions *options);
JumpEncoder *jump_responses_encoder_new (const JumpReplyOptions *options);
