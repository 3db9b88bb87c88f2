/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/relay/patch-work.h"

/* Claude answers only a person's message (protocol 6.3). An answer that the client has begun itself is left as
 * it is, and the model asked to go on. For chat and Messages. Notes "prefill-continued". */
void jump_prefill_patch (JumpPatchWork *work);
/* Claude's conversations begin with a person's message. Notes "first-turn-added". */
void jump_first_turn_patch (JumpPatchWork *work);
