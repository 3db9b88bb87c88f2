/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/reasoning-state.h"

/* Reasoning state as it stands in Anthropic's own fields: its own kinds bare, everybody else's in an
 * envelope. */

/* @model: (nullable): who made it, when @state does not say. Returns: (transfer full) */
char *jump_anthropic_reasoning_dup_field (const JumpReasoningState *state, const char *model);
/* Whether a block of it without visible text is a redacted_thinking block. */
gboolean jump_anthropic_reasoning_is_redacted (const JumpReasoningState *state);
