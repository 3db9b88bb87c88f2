/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/auth/account.h"
#include "service/auth/problem.h"
#include "service/auth/token.h"

/* A valid token on demand. One exchange in flight however many wait. Renewed early, at
 * max (300 s, 20 % of its life) before expiry, by a 30 s look at the wall clock, so that sleep
 * does not matter; the old token is served until it really expires. A failed exchange is tried
 * again after 2 s and 8 s (S-06), never on 401, 403, 404 and 429. "changed" is emitted whenever
 * state, token or problem changes; "refresh-failed" (const JumpTokenExchangeOutcome *) when all tries of an
 * exchange have failed. */

typedef enum
{
  JUMP_TOKEN_IDLE, /* nothing asked for yet, or signed out */
  JUMP_TOKEN_EXCHANGING,
  JUMP_TOKEN_READY,
  JUMP_TOKEN_FAILED, /* see the problem */
} JumpTokenState;

typedef enum
{
  JUMP_DIRECT_AUTO, /* fall back to the direct path where the exchange is refused (protocol 2.5) */
  JUMP_DIRECT_ALWAYS,
  JUMP_DIRECT_NEVER,
} JumpDirectMode;

#define JUMP_TYPE_TOKEN_MANAGER (jump_token_manager_get_type ())
G_DECLARE_FINAL_TYPE (JumpTokenManager, jump_token_manager, JUMP, TOKEN_MANAGER, GObject)

JumpTokenManager *jump_token_manager_new (JumpAccount *account,
                                          JumpHttpClient *client,
                                          JumpClock *clock,
                                          const JumpIdentity *identity);
void jump_token_manager_set_identity (JumpTokenManager *self, const JumpIdentity *identity);
void jump_token_manager_set_direct_mode (JumpTokenManager *self, JumpDirectMode mode);
void jump_token_manager_set_api_url (
    JumpTokenManager *self,
    const char *url); /* the setting copilot_url wins over endpoints.api */

/* Waits while the account is loading. The fast path completes in place: when a token is at hand
 * jump_token_manager_peek() returns it without a turn of the loop.
 * Returns: (transfer none) (nullable) */
JumpToken *jump_token_manager_peek (JumpTokenManager *self);
void jump_token_manager_get_async (JumpTokenManager *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
JumpToken *
jump_token_manager_get_finish (JumpTokenManager *self, GAsyncResult *result, GError **error);
/* Exchanges now, even if the token is good. */
void jump_token_manager_refresh_async (JumpTokenManager *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
JumpToken *
jump_token_manager_refresh_finish (JumpTokenManager *self, GAsyncResult *result, GError **error);
/* Upstream refused @token (401, or 421 for its host): the next get exchanges again, unless that
 * already happened since. */
void jump_token_manager_reject (JumpTokenManager *self, JumpToken *token);

/* What the computer says of its network: without one nothing is tried but what clients ask for; when
 * it is back, what failed for it is tried at once. */
void jump_token_manager_set_online (JumpTokenManager *self, gboolean is_online);
/* The computer has slept: looks at the wall clock now. */
void jump_token_manager_wake (JumpTokenManager *self);

JumpTokenState jump_token_manager_get_state (JumpTokenManager *self);
const JumpProblem *jump_token_manager_get_problem (JumpTokenManager *self);
/* Returns: attempts since start, retries included: for status and tests. */
guint jump_token_manager_get_exchanges (JumpTokenManager *self);
/* Returns: seconds for which the problem answers before GitHub is asked again; 0: none. */
guint jump_token_manager_get_wait (JumpTokenManager *self);
gint64 jump_token_manager_get_last_attempt (JumpTokenManager *self);
gint64 jump_token_manager_get_last_success (JumpTokenManager *self);
