/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/simulator/answer.h"

/* The tokens of an answer as chat tells them. */

/* Writes the member usage into the open object. */
void jump_chat_usage_write (const JumpAnswer *answer, JumpJsonWriter *writer);
