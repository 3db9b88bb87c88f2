/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/conversation/tool-names.h"
#include "service/dialects/anthropic-marks.h"

/* Writes the tools of a Messages request and which of them shall be called. */

/* Writes the members "tools" and "tool_choice", where there is something to say. */
void jump_anthropic_definitions_write (JumpJsonWriter *writer,
                                       const JumpPrompt *prompt,
                                       const JumpToolNames *names,
                                       JumpAnthropicMarks *marks,
                                       gboolean is_last_marked,
                                       JumpChanges *changes);
/* Whether the choice forces a call: a model that has to call something must not think first. */
gboolean jump_anthropic_definitions_force_call (const JumpPrompt *prompt);
/* Whether upstream takes @tool; those that other services run it does not (protocol 6.3). */
gboolean jump_anthropic_definitions_takes (const JumpTool *tool);
