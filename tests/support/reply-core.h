/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/reply-builder.h"
#include "service/conversation/tool-names.h"

/* What every dialect can say of a reply, in a form that does not depend on how it says it: its texts, what
 * is visible of its reasoning, its tool calls, why it stopped as far as all can tell, and its tokens.
 * White space between words does not count. */

/* @names: (nullable): how the client's tools were renamed, where @reply has upstream's names.
 * @failure: (nullable): that it broke off. Returns: (transfer full): lines */
char *
jump_reply_core (const JumpReply *reply, const JumpFailure *failure, const JumpToolNames *names);
