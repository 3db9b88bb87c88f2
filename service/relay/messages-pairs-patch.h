/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/relay/patch-work.h"

/* Puts the tool results of a Messages request into the user message right behind their calls, in front of
 * everything else there: one without a call is removed, a call without one gets a few words.
 * Notes "tool-pairs-repaired". */
void jump_messages_pairs_patch (JumpPatchWork *work);
