/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/relay/patch-work.h"

/* Names of fields as upstream's errors have them: "input[0].id", "system.0.cache_control.ephemeral.scope".
 * Returns: (transfer full) (nullable) (element-type utf8): its steps, of which "*" stands for any element of a
 * list: what is wrong with one tool is wrong with all; NULL: @text is no such name */
GPtrArray *jump_field_path_parse (const char *text);
/* Returns: (transfer full): "system[].cache_control.scope" */
char *jump_field_path_format (const GPtrArray *path);
/* Removes the field wherever it stands. Steps that are no member are skipped, as upstream puts the
 * types of objects between. Returns: whether there was any */
gboolean jump_field_path_drop (JumpPatchWork *work, const GPtrArray *path);
