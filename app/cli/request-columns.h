/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <json-glib/json-glib.h>

/* What "jumpseat requests" prints: items of GET /api/requests, the newest last. Pure. */

/* Returns: (transfer full): a table, or that there are none */
char *jump_request_columns_new (JsonObject *answer);
/* Returns: (transfer full): what stands above such lines */
char *jump_request_columns_make_head (void);
/* Returns: (transfer full): one that has just ended, for those who follow: its width is fixed */
char *jump_request_columns_make_line (JsonObject *item);
/* Whether @text (nullable) is part of what the item says, without case. */
gboolean jump_request_columns_matches (JsonObject *item, const char *text);
