/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/relay/patch-work.h"

/* Puts each tool result behind its call: one that has none is removed, a call that nobody answered gets a
 * few words as its result. Notes "tool-pairs-repaired". */
void jump_chat_pairs_patch (JumpPatchWork *work);
