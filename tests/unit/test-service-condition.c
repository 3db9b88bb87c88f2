/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/service-condition.h"

#define NOW 1800000000

/* A service that is well; rows change what they are about. */
static JumpConditionFacts
make_facts (void)
{
  return (JumpConditionFacts){
    .is_listening = TRUE,
    .is_online = TRUE,
    .account = JUMP_ACCOUNT_SIGNED_IN,
    .breaker = JUMP_BREAKER_CLOSED,
    .quota = JUMP_QUOTA_METERED,
    .now = NOW,
  };
}

static void
check (const JumpConditionFacts *facts, const char *condition, const char *attention)
{
  JumpAttention found;
  JumpCondition decided = jump_condition_decide (facts, &found);

  g_assert_cmpstr (jump_condition_to_string (decided), ==, condition);
  g_assert_cmpstr (jump_attention_to_string (found), ==, attention);
}

static void
test_account (void)
{
  JumpConditionFacts facts = make_facts ();

  check (&facts, "ready", "none");
  facts.open_exchanges = 1;
  check (&facts, "working", "none");
  facts.is_paused = TRUE;
  check (&facts, "paused", "none");
  facts.account = JUMP_ACCOUNT_SIGNED_OUT;
  check (&facts, "signed_out", "none");
  facts.is_signing_in = TRUE;
  check (&facts, "signing_in", "none");
  facts.account = JUMP_ACCOUNT_SIGNED_IN; /* as somebody else: the old one still serves */
  check (&facts, "paused", "none");
  facts.account = JUMP_ACCOUNT_LOADING;
  check (&facts, "starting", "none");
}

static void
test_problems (void)
{
  static const struct
  {
    JumpProblemKind kind;
    const char *attention;
  } rows[] = {
    { JUMP_PROBLEM_TOKEN_REVOKED, "sign_in" },
    { JUMP_PROBLEM_NO_SUBSCRIPTION, "no_subscription" },
    { JUMP_PROBLEM_SSO, "sso" },
    { JUMP_PROBLEM_PORTAL, "portal" },
    { JUMP_PROBLEM_CLOCK, "clock" },
    { JUMP_PROBLEM_BLOCKED, "blocked" },
    { JUMP_PROBLEM_CLIENT_REFUSED, "client_refused" },
    { JUMP_PROBLEM_RATE_LIMITED, "rate_limited" },
    { JUMP_PROBLEM_NETWORK, "upstream_down" },
    { JUMP_PROBLEM_PROTOCOL, "protocol" },
    { JUMP_PROBLEM_SIGNED_OUT, "none" },
    { JUMP_PROBLEM_NONE, "none" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JumpProblem problem = { .kind = rows[i].kind };
      JumpConditionFacts facts = make_facts ();
      gboolean is_well = g_str_equal (rows[i].attention, "none");

      facts.problem = &problem;
      facts.open_exchanges = 2;
      check (&facts, is_well ? "working" : "attention", rows[i].attention);
      facts.is_paused = TRUE;
      check (&facts, "paused", rows[i].attention);
    }
}

static void
test_signing_in_again (void)
{
  JumpProblem revoked = { .kind = JUMP_PROBLEM_TOKEN_REVOKED };
  JumpConditionFacts facts = make_facts ();

  facts.problem = &revoked;
  check (&facts, "attention", "sign_in");
  facts.is_signing_in = TRUE;
  check (&facts, "signing_in", "sign_in");
  facts.is_listening = FALSE;
  check (&facts, "attention", "not_listening");
}

static void
test_upstream (void)
{
  JumpConditionFacts facts = make_facts ();

  facts.breaker = JUMP_BREAKER_OPEN;
  check (&facts, "attention", "upstream_down");
  facts.breaker = JUMP_BREAKER_HALF_OPEN;
  check (&facts, "attention", "upstream_down");
  facts.is_online = FALSE;
  check (&facts, "attention", "offline");
  facts.wait_until = NOW + 1;
  check (&facts, "attention", "rate_limited");
  facts.last_status = 402;
  check (&facts, "attention", "out_of_credits");
  facts.last_status = 466;
  check (&facts, "attention", "client_refused");
  facts.is_listening = FALSE;
  check (&facts, "attention", "not_listening");
}

static void
test_what_passes (void)
{
  JumpConditionFacts facts = make_facts ();

  facts.wait_until = NOW;
  facts.last_status = 429;
  check (&facts, "ready", "none");
  facts.last_status = 500;
  check (&facts, "ready", "none");
  facts.quota = JUMP_QUOTA_EXHAUSTED;
  facts.permits_overage = TRUE;
  check (&facts, "ready", "none");
  facts.permits_overage = FALSE;
  check (&facts, "attention", "out_of_credits");
  facts.quota = JUMP_QUOTA_MANAGED;
  check (&facts, "ready", "none");
  facts.quota = JUMP_QUOTA_UNKNOWN;
  check (&facts, "ready", "none");
}

/* What waits for a person or may annoy GitHub: least pressing of all. */
static void
test_traffic (void)
{
  JumpConditionFacts facts = make_facts ();

  facts.is_bursting = TRUE;
  check (&facts, "attention", "burst");
  facts.waiting_approvals = 1;
  check (&facts, "attention", "approval");
  facts.breaker = JUMP_BREAKER_OPEN;
  check (&facts, "attention", "upstream_down");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service-condition/account", test_account);
  g_test_add_func ("/service-condition/problems", test_problems);
  g_test_add_func ("/service-condition/signing-in-again", test_signing_in_again);
  g_test_add_func ("/service-condition/upstream", test_upstream);
  g_test_add_func ("/service-condition/what-passes", test_what_passes);
  g_test_add_func ("/service-condition/traffic", test_traffic);
  return g_test_run ();
}
