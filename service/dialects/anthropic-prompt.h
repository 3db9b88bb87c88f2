/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/prompt.h"

/* A Messages request to a prompt. */

/* @data: was scanned without an error. Returns: (transfer full) (nullable). Errors are
 * JUMP_ERROR_BAD_REQUEST and name the place. */
JumpPrompt *jump_anthropic_prompt_read (const char *data, gsize length, GError **error);
