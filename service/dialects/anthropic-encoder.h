/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/encoder.h"

/* Reply events to Anthropic's stream.
 *
 * Thinking is only shown to clients that asked for it: Anthropic never sends a thinking block to
 * others, and many of them take the first block for the answer. Its state goes with it, as it could only
 * travel in such a block. */

JumpEncoder *jump_anthropic_encoder_new (const JumpReplyOptions *options);
