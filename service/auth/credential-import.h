/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/secret-text.h"

#include <gio/gio.h>

/* Finds GitHub tokens that other tools left behind, on request only. Reads, never writes. */

typedef struct
{
  const char *
      tool; /* "github-copilot", "ghcsd", "github-copilot-svcs", "ghc-api", "passenger-rs", "copilot-api" */
  char *path;            /* (owned) */
  char *login;           /* (owned) (nullable) */
  JumpSecretText *token; /* (owned) */
} JumpFoundCredential;

void jump_found_credential_free (JumpFoundCredential *self);
/* @home and @config_home: where to look. Returns: (transfer full) (element-type JumpFoundCredential) */
GPtrArray *jump_credential_import_find (const char *home, const char *config_home);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpFoundCredential, jump_found_credential_free)
