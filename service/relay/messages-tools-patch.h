/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/relay/patch-work.h"

/* The tools of a Messages request. @out_has_search: whether upstream's own search among tools stays, the only
 * one that makes use of tools that are loaded later.
 * FALSE with JUMP_ERROR_BAD_REQUEST: there are too many. */
gboolean jump_messages_tools_patch (JumpPatchWork *work, gboolean *out_has_search, GError **error);
