/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/transcript.h"

/* Replies of the APIs that only clients speak, so that no dialect reads them: Ollama's, OpenAI's old
 * completions, and vectors. Each returns whether the reply is complete, or told why it is not. */

/* One JSON object a line, or the only one. */
gboolean jump_transcript_add_lines (GPtrArray *list, const char *data, gsize length);
gboolean jump_transcript_add_completion (GPtrArray *list, const char *data, gsize length);
gboolean jump_transcript_add_completions (GPtrArray *list, const char *data, gsize length);
gboolean jump_transcript_add_vectors (GPtrArray *list, const char *data, gsize length);
