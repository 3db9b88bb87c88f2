/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"
#include "service/conversation/prompt.h"

/* The tools of a Messages request and which of them shall be called. */

/* Absent and null count as none. Errors are JUMP_ERROR_BAD_REQUEST and name the place. */
gboolean jump_anthropic_tools_read (JumpPrompt *prompt, JumpJsonSpan tools, GError **error);
gboolean jump_anthropic_choice_read (JumpPrompt *prompt, JumpJsonSpan choice, GError **error);
