/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/secret/secret-store.h"

/* The Secret Service of the desktop. A locked keyring is opened by the person, or it is an error; there is
 * never a prompt without an end. */

#define JUMP_TYPE_SECRET_STORE_LIBSECRET (jump_secret_store_libsecret_get_type ())
G_DECLARE_FINAL_TYPE (JumpSecretStoreLibsecret,
                      jump_secret_store_libsecret,
                      JUMP,
                      SECRET_STORE_LIBSECRET,
                      GObject)

/* The Secret Service. @interactive: may ask the user to unlock; otherwise a locked collection is
 * an error (JUMP_ERROR_STORE), never an endless prompt. */
JumpSecretStore *jump_secret_store_libsecret_new (gboolean interactive);
