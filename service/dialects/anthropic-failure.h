/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/failure.h"

/* Errors as Anthropic's clients know them: {"type":"error","error":{"type","message"},"request_id"}. */

/* @request_id: (nullable). Returns: (transfer full) */
GBytes *jump_anthropic_failure_write (const JumpFailure *failure, const char *request_id);
/* The same as the last event of a stream. */
void jump_anthropic_failure_append_event (GString *out,
                                          const JumpFailure *failure,
                                          const char *request_id);
