/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* Compressed request bodies (RFC 9110 8.4): gzip and deflate always, zstd and br where their libraries
 * were there when this was built. Codex sends zstd. Pure; callable from a worker thread. */

/* @coding: (nullable): a Content-Encoding, several joined by commas */
gboolean jump_content_coding_is_known (const char *coding);
/* Whether there is anything to do: not for NULL, "" and "identity". */
gboolean jump_content_coding_is_set (const char *coding);
/* What a refusal names in Accept-Encoding. */
const char *jump_content_coding_get_known (void);
/* @limit: bytes of the decoded body. Errors: JUMP_ERROR_BAD_REQUEST for bytes that are not of @coding,
 * JUMP_ERROR_TOO_LARGE. Returns: (transfer full) (nullable) */
GBytes *jump_content_coding_decode (const char *coding, GBytes *body, gsize limit, GError **error);
