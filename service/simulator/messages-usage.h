/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/simulator/answer.h"

/* The tokens of an answer as Messages tells them. */

/* Writes the member usage into the open object. @start: FALSE: with what was said and thought. */
void jump_messages_usage_write (const JumpAnswer *answer, gboolean start, JumpJsonWriter *writer);
