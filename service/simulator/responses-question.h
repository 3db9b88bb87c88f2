/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/question.h"

/* Reads the body of a Responses request (protocol 6.1). */

void jump_responses_question_read (JumpQuestion *question, JsonObject *body, JsonObject *model);

/* Returns: (transfer none) (nullable): the n-th picture's address in an item's @member */
const char *jump_responses_get_image (JsonObject *item, const char *member, guint n);
/* Returns: (transfer none): "message" when an item names no type */
const char *jump_responses_get_type (JsonObject *item);
/* Returns: whether the talk ends with the order to shorten it */
gboolean jump_responses_wants_compaction (JsonObject *body);
