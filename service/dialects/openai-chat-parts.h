/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"
#include "service/conversation/message.h"

/* The content of one message of a chat request: a text, or a list of parts. */

/* Adds to @parts; errors begin with "content". */
gboolean jump_chat_read_content (GPtrArray *parts, JumpJsonSpan content, GError **error);
/* (transfer full) (nullable): the marker of a message, part or tool in Messages' form */
char *jump_chat_read_cache_marker (JumpJsonSpan object);
