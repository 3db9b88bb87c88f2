/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/reply.h"
#include "service/dialects/ollama-line.h"

/* Whole replies in Ollama's shape. */

GBytes *jump_ollama_reply_write (JumpOllamaForm form,
                                 const JumpReply *reply,
                                 const JumpReplyOptions *options);
