/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/planned-reply.h"

#include <json-glib/json-glib.h>

/* What Copilot refuses in one item of a Responses request's input (protocol 6.1): kinds and fields it
 * does not know, ids from earlier turns, reasoning it cannot decrypt. */

/* @path: such as "input[3]".
 * Returns: (transfer full) (nullable): the refusal, NULL when nothing is wrong. */
JumpPlannedReply *jump_responses_item_check (JsonObject *item, JsonObject *model, const char *path);
