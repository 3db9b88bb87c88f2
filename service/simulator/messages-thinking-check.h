/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/planned-reply.h"

#include <json-glib/json-glib.h>

/* What Claude's backends refuse about how a model is to think, sample and shape its answer (protocol
 * 6.3). */

/* Returns: (transfer full) (nullable): the refusal, NULL when nothing is wrong. */
JumpPlannedReply *jump_messages_thinking_check (JsonObject *body, JsonObject *model);
