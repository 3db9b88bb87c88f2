/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/prompt.h"

/* Returns: (transfer full): everything in @prompt as JSON set for reading; what is absent is left out */
char *jump_prompt_dump (const JumpPrompt *prompt);
