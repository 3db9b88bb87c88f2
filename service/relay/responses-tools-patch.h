/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/relay/patch-work.h"

/* Hosted tools go, namespaces get the description that upstream insists on. */
void jump_responses_tools_patch (JumpPatchWork *work);
/* Codex may bring its tools inside the input, which only OpenAI's models understand: takes them to where the
 * public dialect has them. Notes "additional-tools-lifted". */
void jump_responses_lift_tools (JumpPatchWork *work);
