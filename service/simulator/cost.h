/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/simulator/answer.h"
#include "service/simulator/question.h"

/* What an answer cost, in nano-AIU, as all APIs tell it (protocol 5.6). */

/* Writes the member copilot_usage into the open object. */
void
jump_cost_write (const JumpQuestion *question, const JumpAnswer *answer, JumpJsonWriter *writer);
double jump_cost_get_credits (const JumpQuestion *question, const JumpAnswer *answer);
