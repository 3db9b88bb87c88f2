/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Whether the head of a request is written as RFC 9112 wants it, byte by byte. Pure. Parsers that
 * repair (libsoup joins folded lines, skips what it does not know) come to another reading than the
 * next program would; what has two readings is refused before they see it. */

/* @data, @length: the head with its empty line. Returns: 0, or the status to refuse the request with;
 * @out_reason: (out) (transfer none): one sentence. */
guint
jump_head_syntax_check (const char *data, gsize length, guint max_fields, const char **out_reason);
