/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/reply-pipe.h"

/* Replies of a Messages upstream for a Messages client: everything passes as it came but for what
 * Copilot does differently from Anthropic (protocol 6.3). */

JumpReplyPipe *jump_anthropic_repair_new (const JumpReplyOptions *options);
