/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/service-condition.h"

#define STATUS_OUT_OF_CREDITS 402
#define STATUS_CLIENT_REFUSED 466

static JumpAttention
problem_to_attention (const JumpProblem *problem)
{
  if (problem == NULL)
    return JUMP_ATTENTION_NONE;
  switch (problem->kind)
    {
    case JUMP_PROBLEM_NONE:
    case JUMP_PROBLEM_SIGNED_OUT: /* a condition of its own */
      return JUMP_ATTENTION_NONE;
    case JUMP_PROBLEM_TOKEN_REVOKED:
      return JUMP_ATTENTION_SIGN_IN;
    case JUMP_PROBLEM_NO_SUBSCRIPTION:
      return JUMP_ATTENTION_NO_SUBSCRIPTION;
    case JUMP_PROBLEM_SSO:
      return JUMP_ATTENTION_SSO;
    case JUMP_PROBLEM_PORTAL:
      return JUMP_ATTENTION_PORTAL;
    case JUMP_PROBLEM_CLOCK:
      return JUMP_ATTENTION_CLOCK;
    case JUMP_PROBLEM_BLOCKED:
      return JUMP_ATTENTION_BLOCKED;
    case JUMP_PROBLEM_CLIENT_REFUSED:
      return JUMP_ATTENTION_CLIENT_REFUSED;
    case JUMP_PROBLEM_RATE_LIMITED:
      return JUMP_ATTENTION_RATE_LIMITED;
    case JUMP_PROBLEM_NETWORK:
      return JUMP_ATTENTION_UPSTREAM_DOWN;
    case JUMP_PROBLEM_PROTOCOL:
      return JUMP_ATTENTION_PROTOCOL;
    }
  return JUMP_ATTENTION_NONE;
}

static gboolean
is_out_of_credits (const JumpConditionFacts *facts)
{
  return facts->last_status == STATUS_OUT_OF_CREDITS ||
         (facts->quota == JUMP_QUOTA_EXHAUSTED && !facts->permits_overage);
}

/* What applies of the things that have nothing to do with the problem of the token manager. The
 * enumeration is in the order of their urgency. */
static JumpAttention
find_attention (const JumpConditionFacts *facts)
{
  JumpAttention attention = problem_to_attention (facts->problem);
  const struct
  {
    gboolean applies;
    JumpAttention attention;
  } others[] = {
    { !facts->is_listening, JUMP_ATTENTION_NOT_LISTENING },
    { facts->last_status == STATUS_CLIENT_REFUSED, JUMP_ATTENTION_CLIENT_REFUSED },
    { is_out_of_credits (facts), JUMP_ATTENTION_OUT_OF_CREDITS },
    { facts->wait_until > facts->now, JUMP_ATTENTION_RATE_LIMITED },
    { !facts->is_online, JUMP_ATTENTION_OFFLINE },
    { facts->is_online && facts->is_behind_portal, JUMP_ATTENTION_PORTAL },
    { facts->breaker != JUMP_BREAKER_CLOSED, JUMP_ATTENTION_UPSTREAM_DOWN },
    { facts->waiting_approvals > 0, JUMP_ATTENTION_APPROVAL },
    { facts->is_bursting, JUMP_ATTENTION_BURST },
  };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      if (others[i].applies &&
          (attention == JUMP_ATTENTION_NONE || others[i].attention < attention))
        attention = others[i].attention;
    }
  return attention;
}

/* Somebody who signs in again because GitHub forgot the token is on the way out of the trouble. */
static gboolean
is_signing_in (const JumpConditionFacts *facts, JumpAttention attention)
{
  return facts->is_signing_in &&
         (facts->account == JUMP_ACCOUNT_SIGNED_OUT || attention == JUMP_ATTENTION_SIGN_IN);
}

/**
 * jump_condition_decide:
 * @facts: all that counts
 * @out_attention: (out): the most pressing thing that calls for attention, also where the condition
 *   is one that comes before it: a window may show both, an icon shows the condition
 *
 * Starting, signed out and paused come before attention, because they are what somebody has to know
 * first; attention comes before working and ready.
 */
JumpCondition
jump_condition_decide (const JumpConditionFacts *facts, JumpAttention *out_attention)
{
  *out_attention = find_attention (facts);
  if (facts->account == JUMP_ACCOUNT_LOADING)
    return JUMP_CONDITION_STARTING;
  if (is_signing_in (facts, *out_attention))
    return JUMP_CONDITION_SIGNING_IN;
  if (facts->account == JUMP_ACCOUNT_SIGNED_OUT)
    return JUMP_CONDITION_SIGNED_OUT;
  if (facts->is_paused)
    return JUMP_CONDITION_PAUSED;
  if (*out_attention != JUMP_ATTENTION_NONE)
    return JUMP_CONDITION_ATTENTION;
  return facts->open_exchanges > 0 ? JUMP_CONDITION_WORKING : JUMP_CONDITION_READY;
}

/**
 * jump_condition_to_string:
 *
 * Returns: a word for logs and tests
 */
const char *
jump_condition_to_string (JumpCondition condition)
{
  switch (condition)
    {
    case JUMP_CONDITION_STARTING:
      return "starting";
    case JUMP_CONDITION_SIGNED_OUT:
      return "signed_out";
    case JUMP_CONDITION_SIGNING_IN:
      return "signing_in";
    case JUMP_CONDITION_READY:
      return "ready";
    case JUMP_CONDITION_WORKING:
      return "working";
    case JUMP_CONDITION_ATTENTION:
      return "attention";
    case JUMP_CONDITION_PAUSED:
      return "paused";
    }
  return "starting";
}

/**
 * jump_attention_to_string:
 *
 * Returns: a word for logs and tests
 */
const char *
jump_attention_to_string (JumpAttention attention)
{
  switch (attention)
    {
    case JUMP_ATTENTION_NONE:
      return "none";
    case JUMP_ATTENTION_NOT_LISTENING:
      return "not_listening";
    case JUMP_ATTENTION_SIGN_IN:
      return "sign_in";
    case JUMP_ATTENTION_NO_SUBSCRIPTION:
      return "no_subscription";
    case JUMP_ATTENTION_BLOCKED:
      return "blocked";
    case JUMP_ATTENTION_CLIENT_REFUSED:
      return "client_refused";
    case JUMP_ATTENTION_OUT_OF_CREDITS:
      return "out_of_credits";
    case JUMP_ATTENTION_RATE_LIMITED:
      return "rate_limited";
    case JUMP_ATTENTION_OFFLINE:
      return "offline";
    case JUMP_ATTENTION_UPSTREAM_DOWN:
      return "upstream_down";
    case JUMP_ATTENTION_PROTOCOL:
      return "protocol";
    case JUMP_ATTENTION_SSO:
      return "sso";
    case JUMP_ATTENTION_PORTAL:
      return "portal";
    case JUMP_ATTENTION_CLOCK:
      return "clock";
    case JUMP_ATTENTION_APPROVAL:
      return "approval";
    case JUMP_ATTENTION_BURST:
      return "burst";
    }
  return "none";
}
