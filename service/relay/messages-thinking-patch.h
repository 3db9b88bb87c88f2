/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/relay/patch-work.h"

/* Thinking, its budget and effort, the limit of output, and what must not stand beside them in a Messages
 * request (protocol 6.3, H-05, H-06). */
void jump_messages_thinking_patch (JumpPatchWork *work);
