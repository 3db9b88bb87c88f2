/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/failure.h"

/* {"error":"text"}: all that Ollama says of what went wrong, as a reply and within a stream. */

void jump_ollama_failure_append (GString *out, const JumpFailure *failure);
/* For the table of dialects; @request_id has no place. */
GBytes *jump_ollama_failure_write (const JumpFailure *failure, const char *request_id);
