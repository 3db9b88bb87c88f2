/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>
#include <libsecret/secret.h>

/* The way to the desktop's Secret Service: session bus, service, encrypted session. Nobody is asked
 * anything on it, and nothing is started that is not there. */

void jump_secret_service_open_async (GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* Returns: (transfer full) (nullable) */
SecretService *jump_secret_service_open_finish (GAsyncResult *result, GError **error);

/* Takes @error. Cancelling stays cancelling; all else becomes JUMP_ERROR_STORE. */
GError *jump_secret_service_explain (const char *what, GError *error);
