/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* Whether a history file is sound, without opening it for writing: for people who look for what is
 * wrong. Reads all of it, in a thread of its own; cancelling stops that. */

void jump_history_check_async (const char *path,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* Returns: FALSE with JUMP_ERROR_STORE where it is damaged or cannot be read, G_IO_ERROR_CANCELLED */
gboolean jump_history_check_finish (GAsyncResult *result, GError **error);
/* Returns: (transfer none): of the database library, "3.40.1" */
const char *jump_history_check_get_library (void);
