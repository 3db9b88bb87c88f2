/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"
#include "service/conversation/prompt.h"

/* How an Ollama client wants its answer: options, format, think. Errors are JUMP_ERROR_BAD_REQUEST. */

gboolean jump_ollama_options_read (JumpJsonSpan options, JumpPrompt *prompt, GError **error);
/* "json" or a JSON schema */
gboolean jump_ollama_options_read_format (JumpJsonSpan format, JumpPrompt *prompt, GError **error);
/* true, false or how hard */
gboolean jump_ollama_options_read_think (JumpJsonSpan think, JumpPrompt *prompt, GError **error);
