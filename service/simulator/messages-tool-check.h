/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/planned-reply.h"

#include <json-glib/json-glib.h>

/* What Copilot and Claude's backends refuse in the tools of a Messages request (protocol 6.3). */

/* @betas: (nullable): the request's anthropic-beta values.
 * Returns: (transfer full) (nullable): the refusal, NULL when nothing is wrong. */
JumpPlannedReply *jump_messages_tool_check (JsonObject *body, JsonObject *model, const char *betas);
