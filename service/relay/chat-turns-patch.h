/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/relay/patch-work.h"

/* Repairs inside the single messages of a chat request. Returns: whether some message has calls of tools
 * or their results, so that there are pairs to look at. */
gboolean jump_chat_turns_patch (JumpPatchWork *work);
/* Upstream does not show pictures in tool results to the model (protocol 5.3): they go to a user message
 * behind the results. Notes "tool-images-moved". */
void jump_chat_move_tool_images (JumpPatchWork *work);
