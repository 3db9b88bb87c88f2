/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"
#include "service/conversation/part.h"

/* Content as clients send it, a string or an array of blocks, to parts. What has no part of its own
 * but says something (documents of plain text, search results, loaded tools) becomes text; what only
 * Anthropic's own tools understand becomes OTHER. */

/* @name: of the member, for errors. @parts: (element-type JumpPart): gets more. Errors are
 * JUMP_ERROR_BAD_REQUEST and begin with @name. */
gboolean jump_anthropic_content_read (JumpJsonSpan content,
                                      const char *name,
                                      GPtrArray *parts,
                                      GError **error);
/* Returns: (transfer full): a value's JSON as it stands; %NULL for an absent one or null */
char *jump_anthropic_dup_json (JumpJsonSpan value);
