/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/planned-reply.h"

#include <json-glib/json-glib.h>

/* Refusals of Messages requests in the words and the shape of the backend itself:
 * {"type":"error","error":{…},"request_id":"req_…"} (protocol 6.3). */

JumpPlannedReply *jump_messages_refuse (JsonObject *model, const char *format, ...)
    G_GNUC_PRINTF (2, 3);
/* What is switched off at Vertex: structured outputs. */
JumpPlannedReply *jump_messages_refuse_feature (void);
/* @allowed: NULL-terminated; @path: of the object, "" at the top.
 * Returns: (transfer full) (nullable): the refusal of a member that is not among them. */
JumpPlannedReply *jump_messages_check_members (JsonObject *model,
                                               JsonObject *object,
                                               const char *path,
                                               const char *const *allowed);
/* Returns: (transfer full) (nullable): the refusal of a cache_control that holds more than its type. */
JumpPlannedReply *
jump_messages_check_cache (JsonObject *model, JsonObject *object, const char *path);
