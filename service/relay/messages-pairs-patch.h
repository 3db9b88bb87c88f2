/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/relay/patch-work.h"

/* Puts the tool results of a Messages request into the user message right behind their calls, in front of
 * everything else there: one without a call is removed, a call without one gets a few words.
 * Notes "tool-pairs-repaired". */
void jump_messages_pairs_patch (JumpPatchWork *work);
/* Upstream answers only a person's message. An answer that the client has begun itself is left as it is, and
 * the model asked to go on (protocol 6.3). Notes "prefill-continued". */
void jump_messages_prefill_patch (JumpPatchWork *work);
