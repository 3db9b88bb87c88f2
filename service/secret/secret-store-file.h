/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/secret/secret-store.h"

/* One file per key in a folder (0700), each 0600, written through a temporary file and a rename. For
 * machines without a keyring. */

#define JUMP_TYPE_SECRET_STORE_FILE (jump_secret_store_file_get_type ())
G_DECLARE_FINAL_TYPE (JumpSecretStoreFile, jump_secret_store_file, JUMP, SECRET_STORE_FILE, GObject)

JumpSecretStore *jump_secret_store_file_new (const char *dir);
