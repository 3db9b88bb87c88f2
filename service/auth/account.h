/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/auth/device-flow.h"
#include "service/auth/github-host.h"
#include "service/auth/identity.h"
#include "service/secret/secret-store.h"

/* Who is signed in. Looks for a credential in this order: JUMPSEAT_GITHUB_TOKEN, the stored
 * account, then GITHUB_TOKEN and GH_TOKEN only when no account is stored; COPILOT_TOKEN alone is
 * a static Copilot token without GitHub. The stored secret is JSON
 * {"host","login","client_id","token"} under the key "github-account" in the secret store.
 * "changed" is emitted whenever state, source, login or the running sign-in changes. */

typedef enum
{
  JUMP_ACCOUNT_LOADING,
  JUMP_ACCOUNT_SIGNED_OUT,
  JUMP_ACCOUNT_SIGNED_IN,
} JumpAccountState;

typedef enum
{
  JUMP_SOURCE_NONE,
  JUMP_SOURCE_ENVIRONMENT_OWN, /* JUMPSEAT_GITHUB_TOKEN */
  JUMP_SOURCE_STORED,
  JUMP_SOURCE_ENVIRONMENT_GITHUB, /* GITHUB_TOKEN or GH_TOKEN */
  JUMP_SOURCE_COPILOT_TOKEN,      /* COPILOT_TOKEN */
} JumpAccountSource;

/* What the environment offers; read once in main, so that tests need no setenv(). Wiped when freed. */
typedef struct
{
  JumpSecretText *jumpseat_github_token; /* (owned) (nullable) */
  JumpSecretText *github_token;          /* (owned) (nullable) GITHUB_TOKEN, else GH_TOKEN */
  JumpSecretText *copilot_token;         /* (owned) (nullable) */
  GError *problem;                       /* (owned) (nullable): of a file that a variable names */
} JumpEnvironmentTokens;

JumpEnvironmentTokens *jump_environment_tokens_take (void);
/* Shares the tokens; without the problem. */
JumpEnvironmentTokens *jump_environment_tokens_copy (const JumpEnvironmentTokens *self);
void jump_environment_tokens_restore (const JumpEnvironmentTokens *self);
void jump_environment_tokens_free (JumpEnvironmentTokens *self);

#define JUMP_TYPE_ACCOUNT (jump_account_get_type ())
G_DECLARE_FINAL_TYPE (JumpAccount, jump_account, JUMP, ACCOUNT, GObject)

JumpAccount *jump_account_new (JumpSecretStore *store,
                               JumpHttpClient *client,
                               JumpClock *clock,
                               const JumpGithubHost *host,
                               const JumpIdentity *identity,
                               JumpEnvironmentTokens *tokens);

/* Whether a stored sign-in at a tenant of ghe.com counts although @host of jump_account_new() is
 * another: yes when nobody chose that one. FALSE at first. Before loading. */
void jump_account_set_follows_store (JumpAccount *self, gboolean follows);
/* For what is asked of GitHub from now on. */
void jump_account_set_identity (JumpAccount *self, const JumpIdentity *identity);

void jump_account_load_async (JumpAccount *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean jump_account_load_finish (JumpAccount *self, GAsyncResult *result, GError **error);

JumpAccountState jump_account_get_state (JumpAccount *self);
JumpAccountSource jump_account_get_source (JumpAccount *self);
const char *jump_account_source_to_string (JumpAccountSource source);
const char *jump_account_get_login (JumpAccount *self);
/* Of the account that is signed in; of the settings when nobody is. */
const JumpGithubHost *jump_account_get_host (JumpAccount *self);
/* The one of the settings, whoever is signed in where. */
const JumpGithubHost *jump_account_get_home (JumpAccount *self);
/* Returns: (transfer none) (nullable): the GitHub token, or the static Copilot token. */
JumpSecretText *jump_account_get_secret (JumpAccount *self);
const char *jump_account_get_store_name (JumpAccount *self);

/* Starts a sign-in, or returns the one that is running. On success the account asks GitHub for the
 * login name, stores the token and becomes signed in: whoever waits for the end waits until
 * jump_account_get_sign_in() is NULL, or the flow ended without success. */
JumpDeviceFlow *jump_account_start_sign_in (JumpAccount *self);
/* The same at another GitHub, which the account then belongs to; a sign-in that runs elsewhere is
 * given up. */
JumpDeviceFlow *jump_account_start_sign_in_at (JumpAccount *self, const JumpGithubHost *host);
/* Returns: (transfer none) (nullable): the sign-in that is running, or the last one if it failed. */
JumpDeviceFlow *jump_account_get_sign_in (JumpAccount *self);

/* Takes over a GitHub token from elsewhere (login --import, --with-token). */
void jump_account_adopt_async (JumpAccount *self,
                               JumpSecretText *token,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean jump_account_adopt_finish (JumpAccount *self, GAsyncResult *result, GError **error);

/* Forgets the stored account. Tokens from the environment stay where they are and are ignored
 * until the next start. */
void jump_account_sign_out_async (JumpAccount *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean jump_account_sign_out_finish (JumpAccount *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpEnvironmentTokens, jump_environment_tokens_free)
