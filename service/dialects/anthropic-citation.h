/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"

/* Whether @annotation is a citation in Anthropic's shape, which its clients know. OpenAI's name a place
 * in the answer where Anthropic's name one in the source, so nothing can be made of them. */
gboolean jump_anthropic_citation_is_known (JumpJsonSpan annotation);
