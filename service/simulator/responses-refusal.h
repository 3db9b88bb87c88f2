/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/planned-reply.h"

#include <json-glib/json-glib.h>

/* Refusals of Responses requests that more than one of its checks gives. */

/* @path: as in "input[2].foo" */
JumpPlannedReply *jump_responses_refuse_unknown (const char *path);
JumpPlannedReply *jump_responses_refuse_missing (const char *path);
/* @allowed: NULL-terminated; @path: of the object, "" at the top.
 * Returns: (transfer full) (nullable): the refusal of a member that is not among them. */
JumpPlannedReply *
jump_responses_check_members (JsonObject *object, const char *path, const char *const *allowed);
