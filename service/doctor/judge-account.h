/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/auth/account.h"
#include "service/auth/problem.h"
#include "service/doctor/verdict.h"

/* What is to be said of an account. Pure. */

/* @problem: (nullable): why GitHub or Copilot refuse. */
JumpVerdict *jump_judge_problem (const JumpProblem *problem);

typedef struct
{
  JumpAccountState state;
  JumpAccountSource source;
  const char *login;          /* (nullable) */
  const char *store;          /* (nullable): "keyring", "file", "memory" */
  gboolean is_keyring_closed; /* so that what is in it cannot be seen */
} JumpTokenFacts;

/* Before anything is sent. Returns: (transfer full) (nullable): NULL: there is a token to try */
JumpVerdict *jump_judge_token_presence (const JumpTokenFacts *facts);
/* Where GitHub is not asked about it. */
JumpVerdict *jump_judge_token_unasked (const JumpTokenFacts *facts);
/* @status: of GET /user */
JumpVerdict *jump_judge_token_answer (const JumpTokenFacts *facts, guint status);

typedef struct
{
  guint status;             /* of GET /copilot_internal/user */
  const char *plan;         /* (nullable): as it is sold */
  const char *organisation; /* (nullable) */
  gboolean may_chat;
  gboolean is_spent; /* the month's allowance, and nothing beyond it is permitted */
} JumpSubscriptionFacts;

JumpVerdict *jump_judge_subscription (const JumpSubscriptionFacts *facts);
