/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/relay/patch-work.h"

/* Hosted tools go, namespaces get the description that upstream insists on. FALSE with
 * JUMP_ERROR_BAD_REQUEST: there are too many tools. */
gboolean jump_responses_tools_patch (JumpPatchWork *work, GError **error);
/* Codex may bring its tools inside the input, which only OpenAI's models understand: takes them to where the
 * public dialect has them. Notes "additional-tools-lifted". */
void jump_responses_lift_tools (JumpPatchWork *work);
