/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/planned-reply.h"

#include <json-glib/json-glib.h>

/* What Copilot and Claude's backends refuse in the content blocks of a Messages request (protocol
 * 6.3): fields they do not know, empty texts, reasoning that is not their own. */

/* @content: a text or blocks; @path: such as "messages.0.content"; @role: whose they are.
 * Returns: (transfer full) (nullable): the refusal, NULL when nothing is wrong. */
JumpPlannedReply *jump_messages_block_check (JsonNode *content,
                                             JsonObject *model,
                                             const char *role,
                                             const char *path);
