/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"
#include "service/conversation/reply.h"
#include "service/dialects/reply-options.h"

/* Whole replies of the Messages API. */

/* Returns: (transfer full) (nullable). JUMP_ERROR_UPSTREAM for an error with status 200,
 * JUMP_ERROR_PROTOCOL for anything else that is no message. */
JumpReply *jump_anthropic_reply_read (const char *data, gsize length, GError **error);
/* Returns: (transfer full) */
GBytes *jump_anthropic_reply_write (const JumpReply *reply, const JumpReplyOptions *options);
/* FALSE with the errors above when @root is no message. */
gboolean jump_anthropic_reply_check (JumpJsonSpan root, GError **error);
