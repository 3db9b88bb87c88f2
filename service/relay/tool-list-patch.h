/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/relay/patch-work.h"

/* What all dialects need of a request's list of tools: those that upstream refuses go, and with them the
 * choice of them. Tools that the client runs itself stay, whatever their names. */

/* Whether upstream takes @tool; @type: its type, absent for a plain function. */
typedef gboolean (*JumpToolTest) (JumpJsonSpan tool,
                                  JumpJsonSpan type,
                                  const JumpModelTraits *traits);

/* Notes "hosted-tool-removed:TYPE" for each, "nameless-tool-removed", "empty-tools-dropped" and
 * "tool-choice-dropped". */
void jump_tool_list_patch (JumpPatchWork *work, JumpToolTest takes);
/* Where tools stand in one list only, nothing can be chosen without it. */
void jump_tool_choice_patch (JumpPatchWork *work);
