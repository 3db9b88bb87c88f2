/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/question.h"

/* Reads the body of a Messages request (protocol 6.3). */

void jump_messages_question_read (JumpQuestion *question, JsonObject *body, JsonObject *model);

/* Returns: (transfer full): the text of an object's @member: a string, or blocks joined by line ends */
char *jump_messages_dup_text (JsonObject *object, const char *member);
/* Returns: (transfer none): "" when it has none */
const char *jump_messages_get_type (JsonObject *block);
/* Returns: how many cache_control marks a request sets */
guint jump_messages_count_marks (JsonObject *body);
/* Returns: how many pictures a message holds, those in tool results too */
guint jump_messages_count_images (JsonObject *message);
