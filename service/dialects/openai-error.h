/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* OpenAI's error shape: {"error":{"message","type","param","code"}}. */

/* @code, @param: (nullable). Returns: (transfer full): the body. */
GBytes *
jump_openai_error_new (guint status, const char *code, const char *param, const char *message);
GBytes *jump_openai_error_from_error (const GError *error);
/* The `code` word of a GError, such as "model_not_found". */
const char *jump_openai_error_code (const GError *error);

/* An upstream's error body, which may be any of protocol 7.1 (JSON with or without envelope, GitHub's
 * shape, Anthropic's shape, plain text, empty, JSON named text/plain), in OpenAI's shape. A body
 * that already has it passes unchanged. */
GBytes *jump_openai_error_from_upstream (guint status, GBytes *body);
/* One SSE event ("data: {error…}" and an empty line) for a stream that breaks in the middle. */
void jump_openai_error_append_event (GString *out, const GError *error);
