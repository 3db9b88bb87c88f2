/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/secret/secret-store.h"

/* Credential Manager of Windows. */

#define JUMP_TYPE_SECRET_STORE_WINCRED (jump_secret_store_wincred_get_type ())
G_DECLARE_FINAL_TYPE (JumpSecretStoreWincred,
                      jump_secret_store_wincred,
                      JUMP,
                      SECRET_STORE_WINCRED,
                      GObject)

JumpSecretStore *jump_secret_store_wincred_new (void);
