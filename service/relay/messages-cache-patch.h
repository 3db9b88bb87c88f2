/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/relay/patch-work.h"

/* Cache markers of a Messages request: cleaned of what upstream does not know in them, and the first ones
 * removed when there are more than it takes (protocol 6.3). Notes "cache-markers-cleaned" and
 * "cache-markers-dropped". */
void jump_messages_cache_patch (JumpPatchWork *work);
