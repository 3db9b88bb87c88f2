/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/relay/patch-work.h"

/* The items of a Responses request's input, each on its own. FALSE with JUMP_ERROR_BAD_REQUEST for one that
 * means something upstream would have had to keep. */
gboolean jump_responses_items_patch (JumpPatchWork *work, GError **error);
/* Removes outputs without a call and gives calls without one a few words. Notes "tool-pairs-repaired". */
void jump_responses_pairs_patch (JumpPatchWork *work);
