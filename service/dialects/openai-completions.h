/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/dialect.h"

/* Replies of OpenAI's old completions: the text of an answer and nothing else of it. */

GBytes *jump_completions_write_reply (const JumpReply *reply, const JumpReplyOptions *options);
JumpEncoder *jump_completions_encoder_new (const JumpReplyOptions *options);
