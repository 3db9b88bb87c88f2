/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/auth/token-exchange.h"

/* One run of the exchange with its retries (S-06: after 2 s and 8 s, and only for what may pass by
 * itself). One attempt at a time. Belongs to the token manager. */

typedef struct
{
  /* What to ask with: read anew for every attempt. */
  void (*get_input) (JumpTokenExchangeInput *input, gpointer user_data);
  /* The run has ended; @outcome may be plundered. */
  void (*on_ended) (JumpTokenExchangeOutcome *outcome, gpointer user_data);
} JumpTokenAttemptsFuncs;

typedef struct _JumpTokenAttempts JumpTokenAttempts;

JumpTokenAttempts *
jump_token_attempts_new (JumpClock *clock, const JumpTokenAttemptsFuncs *funcs, gpointer user_data);
void jump_token_attempts_free (JumpTokenAttempts *self);
void jump_token_attempts_start (JumpTokenAttempts *self);
void jump_token_attempts_stop (JumpTokenAttempts *self);
/* Without a network the first failure ends the run: there is no use in trying again soon. */
void jump_token_attempts_set_online (JumpTokenAttempts *self, gboolean is_online);
gboolean jump_token_attempts_is_running (const JumpTokenAttempts *self);
guint jump_token_attempts_get_count (const JumpTokenAttempts *self);
gint64 jump_token_attempts_get_last (const JumpTokenAttempts *self);
guint jump_token_attempts_get_hold_seconds (const JumpTokenExchangeOutcome *outcome);
