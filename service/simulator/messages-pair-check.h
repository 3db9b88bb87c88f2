/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/planned-reply.h"

#include <json-glib/json-glib.h>

/* What Claude's backends refuse in the order of messages: calls without results in the next message,
 * results without calls in the one before, a talk that ends with the assistant (protocol 6.3). */

/* Returns: (transfer full) (nullable): the refusal, NULL when nothing is wrong. */
JumpPlannedReply *jump_messages_pair_check (JsonObject *body, JsonObject *model);
