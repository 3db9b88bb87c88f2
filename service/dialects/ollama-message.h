/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/prompt.h"
#include "service/dialects/request-facts.h"

/* The conversation of a request to /api/chat: messages and tools. Errors are JUMP_ERROR_BAD_REQUEST
 * and name the field. */

/* Counts; looks at the shape of every message and tool. @facts->from_agent and the like are set. */
gboolean
jump_ollama_message_scan_all (JumpJsonSpan messages, JumpRequestFacts *facts, GError **error);
gboolean jump_ollama_message_read_all (JumpJsonSpan messages, JumpPrompt *prompt, GError **error);
