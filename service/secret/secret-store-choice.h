/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"
#include "service/secret/secret-store.h"

/* A store that decides on first use which backend to trust, once: the desktop's vault if it
 * answers within JUMP_LIMIT_SECRET_SECONDS and is unlocked (or @interactive and its user unlocks
 * it), else the 0600 file, after one warning that says so. @backend is the setting:
 * "auto", "keyring" (never falls back) or "file". */

#define JUMP_TYPE_SECRET_STORE_CHOICE (jump_secret_store_choice_get_type ())
G_DECLARE_FINAL_TYPE (JumpSecretStoreChoice,
                      jump_secret_store_choice,
                      JUMP,
                      SECRET_STORE_CHOICE,
                      GObject)

JumpSecretStore *jump_secret_store_choice_new (const char *backend,
                                               const char *file_dir,
                                               gboolean interactive,
                                               JumpClock *clock);
