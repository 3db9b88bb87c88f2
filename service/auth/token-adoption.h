/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/auth/github-host.h"
#include "service/auth/identity.h"
#include "service/auth/stored-account.h"
#include "service/net/http-client.h"
#include "service/secret/secret-store.h"

/* A new GitHub token on its way in: GitHub is asked whose it is, then it is stored. When it
 * cannot be stored there is a warning and it serves for this run. */

typedef enum
{
  JUMP_ADOPTION_NONE = 0,
  JUMP_ADOPTION_MUST_BE_ACCEPTED = 1 << 0, /* one that GitHub refuses with 401 is an error */
} JumpAdoptionFlags;

void jump_token_adoption_async (JumpSecretStore *store,
                                JumpHttpClient *client,
                                const JumpGithubHost *host,
                                const JumpIdentity *identity,
                                JumpSecretText *token,
                                const char *client_id,
                                JumpAdoptionFlags flags,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* Returns: (transfer full) (nullable) */
JumpStoredAccount *jump_token_adoption_finish (GAsyncResult *result, GError **error);
