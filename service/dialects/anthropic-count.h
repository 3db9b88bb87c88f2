/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* The bodies of POST /v1/messages/count_tokens, made from and read as bytes. Pure. */

/* @body: of a Messages request, scanned. Returns: (transfer full): without what the counter refuses
 * (max_tokens, stream, sampling …); everything else as it stands */
GBytes *jump_anthropic_count_body (GBytes *body);
/* FALSE with JUMP_ERROR_PROTOCOL: no count in it. */
gboolean jump_anthropic_count_read (GBytes *reply, gint64 *out_tokens, GError **error);
