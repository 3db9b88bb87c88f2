/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/auth/github-host.h"
#include "service/auth/identity.h"
#include "service/auth/problem.h"
#include "service/auth/token-manager.h"
#include "service/auth/token.h"

/* One attempt to turn a GitHub token into a credential for Copilot: the exchange (protocol 2), or
 * the direct path where that is refused (protocol 2.5). Keeps nothing and tries nothing again. */

typedef struct
{
  JumpHttpClient *client;
  JumpClock *clock;
  const JumpGithubHost *host;   /* copied */
  const JumpIdentity *identity; /* copied */
  JumpSecretText *secret;       /* referenced */
  JumpDirectMode direct_mode;
  const char *api_url; /* (nullable): copied; wins over what GitHub says */
} JumpTokenExchangeInput;

/* Either a token or a problem. */
typedef struct
{
  JumpToken *token;      /* (owned) (nullable) */
  JumpProblem *problem;  /* (owned) (nullable) */
  gboolean is_transient; /* worth another attempt soon */
  guint retry_after;     /* seconds upstream asks to wait; 0: it does not say */

  /* With a problem, for a log of errors. */
  char *endpoint; /* (owned) (nullable): the address that was asked last */
  guint status;   /* of its answer; 0: none came, or none that can be read */
  GBytes *reply;  /* (owned) (nullable): its body */
} JumpTokenExchangeOutcome;

void jump_token_exchange_outcome_free (JumpTokenExchangeOutcome *self);

void jump_token_exchange_async (const JumpTokenExchangeInput *input,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* Returns: (transfer full) (nullable): NULL only when cancelled */
JumpTokenExchangeOutcome *jump_token_exchange_finish (GAsyncResult *result, GError **error);

/* Returns: (transfer full): for COPILOT_TOKEN, which is @input's secret and is not exchanged */
JumpToken *jump_token_exchange_make_static (const JumpTokenExchangeInput *input);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpTokenExchangeOutcome, jump_token_exchange_outcome_free)
