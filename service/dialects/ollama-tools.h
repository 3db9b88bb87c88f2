/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/prompt.h"
#include "service/dialects/request-facts.h"

/* The tools of a request to /api/chat. Errors are JUMP_ERROR_BAD_REQUEST and name the field. */

gboolean jump_ollama_tools_scan (JumpJsonSpan tools, JumpRequestFacts *facts, GError **error);
gboolean jump_ollama_tools_read (JumpJsonSpan tools, JumpPrompt *prompt, GError **error);
