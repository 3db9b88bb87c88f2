/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/planned-reply.h"

/* What chat and Responses refuse in the number and the names of tools (protocol 5.3). Each returns:
 * (transfer full) (nullable): the refusal, NULL when nothing is wrong. */

JumpPlannedReply *jump_tool_check_count (guint n_tools);
/* @path: of the name in the body, such as "tools[0].function.name" */
JumpPlannedReply *jump_tool_check_name (const char *path, const char *name);
gboolean jump_tool_name_is_legal (const char *name);
