/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/auth/account.h"
#include "service/auth/token-manager.h"
#include "service/upstream/circuit-breaker.h"
#include "service/usage/quota.h"

/* How the service is, in one word: what the tray's icon and the overview show. Pure. */

typedef enum
{
  JUMP_CONDITION_STARTING, /* the account is not known yet */
  JUMP_CONDITION_SIGNED_OUT,
  JUMP_CONDITION_SIGNING_IN,
  JUMP_CONDITION_READY,
  JUMP_CONDITION_WORKING, /* at least one exchange runs */
  JUMP_CONDITION_ATTENTION,
  JUMP_CONDITION_PAUSED,
} JumpCondition;

/* What calls for attention, most pressing first. */
typedef enum
{
  JUMP_ATTENTION_NONE,
  JUMP_ATTENTION_NOT_LISTENING, /* the port is taken */
  JUMP_ATTENTION_SIGN_IN,       /* GitHub does not know the token any more */
  JUMP_ATTENTION_NO_SUBSCRIPTION,
  JUMP_ATTENTION_SSO,            /* the organisation's own sign-in */
  JUMP_ATTENTION_BLOCKED,        /* organisation, policy, billing */
  JUMP_ATTENTION_CLIENT_REFUSED, /* our identity headers */
  JUMP_ATTENTION_OUT_OF_CREDITS,
  JUMP_ATTENTION_RATE_LIMITED,
  JUMP_ATTENTION_PORTAL,        /* the network wants a sign-in of its own */
  JUMP_ATTENTION_CLOCK,         /* this computer's clock is wrong */
  JUMP_ATTENTION_OFFLINE,       /* this computer has no network */
  JUMP_ATTENTION_UPSTREAM_DOWN, /* GitHub or Copilot does not answer */
  JUMP_ATTENTION_PROTOCOL,      /* an answer we cannot read */
  JUMP_ATTENTION_APPROVAL,      /* a request waits for somebody to allow it */
  JUMP_ATTENTION_BURST,         /* so many requests that GitHub may object */
} JumpAttention;

typedef struct
{
  gboolean is_listening;
  gboolean is_paused;
  gboolean is_online;
  gboolean is_behind_portal; /* says the computer */
  JumpAccountState account;
  gboolean is_signing_in;
  const JumpProblem *problem; /* (nullable): of the token manager */
  JumpBreakerState breaker;
  JumpQuotaState quota;
  gboolean permits_overage;
  guint last_status; /* of upstream's last answer to a model request, 0 none */
  gint64 wait_until; /* wall seconds until which a 429 asked to wait, 0 none */
  gint64 now;        /* wall seconds */
  guint open_exchanges;
  guint waiting_approvals;
  gboolean is_bursting;
} JumpConditionFacts;

JumpCondition jump_condition_decide (const JumpConditionFacts *facts, JumpAttention *out_attention);
const char *jump_condition_to_string (JumpCondition condition); /* for status and tests */
const char *jump_attention_to_string (JumpAttention attention);
