/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/conversation/part.h"

/* Arguments of a tool call as Anthropic's "input", which is always an object. */

/* @call: a TOOL_CALL. Writes one value: what is no JSON object gets one around it. Returns: whether it had
 * to be made up */
gboolean jump_anthropic_arguments_write (JumpJsonWriter *writer, const JumpPart *call);
