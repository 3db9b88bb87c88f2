/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/relay/patch-work.h"

/* The system texts and the blocks of the messages of a Messages request, each on its own: what upstream refuses
 * in them is cleaned or removed (protocol 6.3, 9.5 to 9.10). */
void jump_messages_blocks_patch (JumpPatchWork *work, gboolean has_tool_search);
