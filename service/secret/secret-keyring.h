/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/secret/secret-store.h"

/* The vault of the platform this was built for, and whether it can be used right now. Implemented
 * in secret-store-libsecret.c (Linux) and secret-store-wincred.c (Windows). */

JumpSecretStore *jump_secret_keyring_new (gboolean interactive);

/* Never asks anybody. The error (JUMP_ERROR_STORE) says what is missing, as a half sentence:
 * "no secret service on the session bus", "the keyring is locked". */
void jump_secret_keyring_probe_async (JumpSecretStore *keyring,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean
jump_secret_keyring_probe_finish (JumpSecretStore *keyring, GAsyncResult *result, GError **error);
