/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/question.h"

/* Reads the body of a chat request (protocol 5.3). */

void jump_chat_question_read (JumpQuestion *question, JsonObject *body, JsonObject *model);

/* Returns: (transfer none) (nullable): the n-th image address in a message's content */
const char *jump_chat_message_get_image (JsonObject *message, guint n);
