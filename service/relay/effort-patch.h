/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/relay/patch-work.h"

/* Makes the word for effort in member @name of @object, if there is one, a word that the model takes: others
 * are refused (protocol 5.3, 6.3). Notes "effort-adjusted" or "effort-dropped".
 * Returns: whether the member is dropped. */
gboolean jump_effort_patch (JumpPatchWork *work, JumpJsonSpan object, const char *name);
