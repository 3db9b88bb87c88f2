/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Bodies set for reading: JSON with a line for each member, streams event by event. Pure; any thread. */

/* @data: of any origin: JSON, lines of JSON, server-sent events, plain text, cut anywhere, in any
 * encoding. @max_text: bytes that are shown of one string or line. Returns: (transfer full): valid
 * UTF-8 without control characters. */
char *jump_json_text_new (const char *data, gsize length, gsize max_text);
/* Returns: (transfer full): @data as valid UTF-8 without control characters; what a cut left of the
 * last character is dropped. */
char *jump_plain_text_new (const char *data, gsize length);
