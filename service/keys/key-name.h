/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What a key, and who signs up for one, may be called; and what their secrets look like. */

/* JUMP_ERROR_BAD_REQUEST names the member ("name"). */
gboolean jump_key_name_check (const char *name, GError **error);
/* ("user_id"): no spaces, because it stands in addresses. */
gboolean jump_key_name_check_user (const char *user_id, GError **error);
gboolean jump_key_name_check_display (const char *display_name, GError **error);

/* Returns: (transfer full): "jmp_" and 43 characters; jump_secret_free() it. */
char *jump_key_name_make_secret (void);
