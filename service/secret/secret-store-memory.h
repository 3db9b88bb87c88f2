/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/secret/secret-store.h"

/* Forgets everything at the end: for tests and the demo. */

#define JUMP_TYPE_SECRET_STORE_MEMORY (jump_secret_store_memory_get_type ())
G_DECLARE_FINAL_TYPE (JumpSecretStoreMemory,
                      jump_secret_store_memory,
                      JUMP,
                      SECRET_STORE_MEMORY,
                      GObject)

JumpSecretStore *jump_secret_store_memory_new (void);
