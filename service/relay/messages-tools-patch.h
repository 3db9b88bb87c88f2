/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/relay/patch-work.h"

/* The tools of a Messages request. Returns: whether upstream's own search among tools is one of them, the only
 * one that makes use of tools that are loaded later */
gboolean jump_messages_tools_patch (JumpPatchWork *work);
