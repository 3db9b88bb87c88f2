/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/planned-reply.h"

#include <json-glib/json-glib.h>

/* What Copilot refuses in the messages of a chat request: roles, pictures, tool results without a
 * call, and what Claude does not take (protocol 5.3). */

/* @modern: gpt-5 and later; @vision_declared: whether Copilot-Vision-Request was sent.
 * Returns: (transfer full) (nullable): the refusal, NULL when nothing is wrong. */
JumpPlannedReply *jump_message_check (JsonArray *messages,
                                      JsonObject *model,
                                      gboolean modern,
                                      gboolean vision_declared);
