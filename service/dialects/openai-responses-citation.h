/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"

/* Citations of any dialect in the shape of the Responses API. */

/* @annotation: JSON of one. @text: the text it belongs to as far as it came, the inside of a JSON string.
 * Returns: FALSE for a kind that this API has no shape for; nothing is appended then. */
gboolean jump_responses_citation_put (JumpJsonSpan annotation, const GString *text, GString *out);
