/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"
#include "service/conversation/prompt.h"

/* The system text of a Messages request, without the line by which Claude Code tells Anthropic whom
 * to bill: upstream refuses it, and for other models it is noise that spoils their prompt cache. */

/* @system: a string, an array of blocks, or absent. Errors are JUMP_ERROR_BAD_REQUEST. */
gboolean jump_anthropic_system_read (JumpPrompt *prompt, JumpJsonSpan system, GError **error);
