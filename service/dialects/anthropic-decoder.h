/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/decoder.h"

/* Anthropic's stream to reply events. What upstream's own tools do (server_tool_use and their results)
 * is left out, as are blocks that nobody here knows. */

JumpDecoder *jump_anthropic_decoder_new (const JumpReplyOptions *options,
                                         JumpReplyEventFunc emit,
                                         gpointer emit_data);
