/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What the benchmark's upstream says, ready to be sent: replies of the size and shape that Copilot
 * gives. All functions append to @out. */

/* @request: the head of the request. */
void reply_append_plain (GString *out, const char *request, const char *api_url);
void reply_append_stream_head (GString *out);
/* One SSE event of @size bytes with @stamp in its content, as one HTTP chunk. */
void reply_append_chunk (GString *out, guint size, guint64 stamp);
void reply_append_stream_end (GString *out);
