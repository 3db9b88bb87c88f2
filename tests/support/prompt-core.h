/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/tool-names.h"

/* What every dialect can say of a conversation, in a form that does not depend on how it says it: who said
 * what, which tools were called with what and what they gave back, which pictures are there. System
 * text comes first and messages of one side are joined, because dialects differ there; white space
 * does not count. */

/* @names: (nullable): how @prompt's tools were renamed. Returns: (transfer full): lines */
char *jump_prompt_core (const JumpPrompt *prompt, const JumpToolNames *names);
