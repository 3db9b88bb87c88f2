/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/failure.h"

/* OpenAI's error shape: {"error":{"message","type","param","code"}}. */

/* With OpenAI's types and codes for the kinds of failures. @request_id: has no place in it. */
GBytes *jump_openai_error_write (const JumpFailure *failure, const char *request_id);
/* An upstream's error body, which may be any of protocol 7.1 (JSON with or without envelope, GitHub's
 * shape, Anthropic's shape, plain text, empty, JSON named text/plain), in OpenAI's shape. A body
 * that already has it passes unchanged, unless it says that the prompt is too long. */
GBytes *jump_openai_error_from_upstream (guint status, GBytes *body);
/* One SSE event ("data: {error…}" and an empty line) for a stream that breaks in the middle. */
void jump_openai_error_append_failure (GString *out, const JumpFailure *failure);
