/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/secret-text.h"

/* What the secret store keeps: one sign-in as JSON {"host","login","client_id","token"}. */

#define JUMP_STORED_ACCOUNT_KEY "github-account"

typedef struct
{
  char *host;            /* (owned): web address, so that a token never goes to another GitHub */
  char *login;           /* (owned) (nullable) */
  char *client_id;       /* (owned) (nullable) */
  JumpSecretText *token; /* (owned) */
} JumpStoredAccount;

JumpStoredAccount *jump_stored_account_new (const char *host,
                                            const char *login,
                                            const char *client_id,
                                            JumpSecretText *token);
void jump_stored_account_free (JumpStoredAccount *self);
JumpStoredAccount *jump_stored_account_parse (const JumpSecretText *text);
JumpSecretText *jump_stored_account_to_text (const JumpStoredAccount *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpStoredAccount, jump_stored_account_free)
