/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/planned-reply.h"

#include <json-glib/json-glib.h>

/* What Copilot refuses in the tools of a Responses request and in the choice among them (protocol
 * 6.1): hosted tools, namespaces without a description, odd names, too many. */

/* Returns: (transfer full) (nullable): the refusal, NULL when nothing is wrong. */
JumpPlannedReply *jump_responses_tool_check (JsonObject *body);
