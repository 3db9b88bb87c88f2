/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/doctor/judge-account.h"

#define SIGN_IN       "Sign in with: jumpseat login"
#define SIGN_IN_AGAIN "Sign in again with: jumpseat login --force"
#define PLANS_PAGE    "https://github.com/settings/copilot"

static const char *
get_url (const JumpProblem *problem)
{
  return problem->url != NULL ? problem->url : PLANS_PAGE;
}

/* Returns: (transfer full) */
static char *
make_remedy (const JumpProblem *problem)
{
  switch (problem->kind)
    {
    case JUMP_PROBLEM_NONE:
    case JUMP_PROBLEM_SIGNED_OUT:
      return g_strdup (SIGN_IN);
    case JUMP_PROBLEM_TOKEN_REVOKED:
      return g_strdup (SIGN_IN_AGAIN);
    case JUMP_PROBLEM_NO_SUBSCRIPTION:
      return g_strdup_printf ("Choose a Copilot plan at %s, or ask your organisation for a seat.",
                              get_url (problem));
    case JUMP_PROBLEM_BLOCKED:
      return g_strdup_printf ("See %s, or ask the administrator of your organisation to allow "
                              "Copilot for you.",
                              get_url (problem));
    case JUMP_PROBLEM_SSO:
      return g_strdup_printf ("Authorise the sign-in with your organisation at %s and try again.",
                              get_url (problem));
    case JUMP_PROBLEM_CLIENT_REFUSED:
      return g_strdup ("Update Jumpseat, and take what you have set under [identity] out of the "
                       "settings file.");
    case JUMP_PROBLEM_RATE_LIMITED:
      return g_strdup ("Wait for some minutes, then run: jumpseat refresh");
    case JUMP_PROBLEM_NETWORK:
      return g_strdup ("Try again in a minute; https://www.githubstatus.com tells of troubles.");
    case JUMP_PROBLEM_PORTAL:
      return g_strdup ("Open a browser and sign in to this network.");
    case JUMP_PROBLEM_CLOCK:
      return g_strdup ("Set this computer's clock: switch on \"automatic date and time\" in its "
                       "settings.");
    case JUMP_PROBLEM_PROTOCOL:
      return g_strdup ("Update Jumpseat; if that does not help, check that no proxy or gateway "
                       "answers in GitHub's place.");
    }
  return g_strdup (SIGN_IN);
}

JumpVerdict *
jump_judge_problem (const JumpProblem *problem)
{
  g_autofree char *remedy = make_remedy (problem);

  return jump_verdict_new_failed (remedy, "%s: %s", problem->title, problem->message);
}

static const char *
name_source (const JumpTokenFacts *facts)
{
  switch (facts->source)
    {
    case JUMP_SOURCE_ENVIRONMENT_OWN:
      return "from the variable JUMPSEAT_GITHUB_TOKEN";
    case JUMP_SOURCE_ENVIRONMENT_GITHUB:
      return "from the variable GITHUB_TOKEN or GH_TOKEN";
    case JUMP_SOURCE_COPILOT_TOKEN:
      return "from the variable COPILOT_TOKEN";
    case JUMP_SOURCE_STORED:
      if (g_strcmp0 (facts->store, "keyring") == 0)
        return "kept in the keyring";
      return g_strcmp0 (facts->store, "memory") == 0 ? "kept in memory" : "kept in a file";
    case JUMP_SOURCE_NONE:
      break;
    }
  return "from nowhere";
}

static const char *
name_renewal (const JumpTokenFacts *facts)
{
  switch (facts->source)
    {
    case JUMP_SOURCE_ENVIRONMENT_OWN:
      return "Put a valid token into JUMPSEAT_GITHUB_TOKEN, or unset it and run: jumpseat login";
    case JUMP_SOURCE_ENVIRONMENT_GITHUB:
      return "Unset GITHUB_TOKEN and GH_TOKEN for Jumpseat, and run: jumpseat login";
    case JUMP_SOURCE_COPILOT_TOKEN:
    case JUMP_SOURCE_STORED:
    case JUMP_SOURCE_NONE:
      break;
    }
  return SIGN_IN_AGAIN;
}

/**
 * jump_judge_token_presence:
 * @facts: what is known without asking anybody
 */
JumpVerdict *
jump_judge_token_presence (const JumpTokenFacts *facts)
{
  if (facts->state == JUMP_ACCOUNT_LOADING)
    return jump_verdict_new_failed ("Unlock your keyring, or wait a moment, and try again.",
                                    "still being looked for");
  if (facts->state == JUMP_ACCOUNT_SIGNED_OUT && facts->is_keyring_closed)
    return jump_verdict_new_failed ("Unlock your keyring, or sign in with: jumpseat login",
                                    "none, unless it is in the keyring, which cannot be read");
  if (facts->state == JUMP_ACCOUNT_SIGNED_OUT)
    return jump_verdict_new_failed (SIGN_IN, "none: nobody is signed in");
  if (facts->source == JUMP_SOURCE_COPILOT_TOKEN)
    return jump_verdict_new_ok ("not needed: COPILOT_TOKEN is used as it is");
  return NULL;
}

JumpVerdict *
jump_judge_token_unasked (const JumpTokenFacts *facts)
{
  return jump_verdict_new_ok ("%s, for %s; GitHub was not asked about it",
                              name_source (facts),
                              facts->login == NULL ? "nobody knows whom" : facts->login);
}

/**
 * jump_judge_token_answer:
 * @facts: of a token that is there
 * @status: what GitHub said to it
 */
JumpVerdict *
jump_judge_token_answer (const JumpTokenFacts *facts, guint status)
{
  const char *source = name_source (facts);

  if (status >= 200 && status < 300)
    return jump_verdict_new_ok ("%s, accepted for %s",
                                source,
                                facts->login == NULL ? "its account" : facts->login);
  if (status == 401)
    return jump_verdict_new_failed (name_renewal (facts), "%s, but GitHub refuses it", source);
  if (status == 403 || status == 429)
    return jump_verdict_new_warning ("Wait for some minutes; if it stays so, sign in again with: "
                                     "jumpseat login --force",
                                     "%s; GitHub does not say whose it is now (status %u)",
                                     source,
                                     status);
  return jump_verdict_new_warning ("Try again in a minute; https://www.githubstatus.com tells of "
                                   "troubles.",
                                   "%s; GitHub answered with status %u",
                                   source,
                                   status);
}

/**
 * jump_judge_subscription:
 * @facts: of an answer that is no refusal with words of its own
 */
JumpVerdict *
jump_judge_subscription (const JumpSubscriptionFacts *facts)
{
  const char *plan = facts->plan == NULL ? "a plan that GitHub does not name" : facts->plan;

  if (facts->status == 404)
    return jump_verdict_new_failed ("Choose a Copilot plan at " PLANS_PAGE
                                    ", or ask your organisation for a seat.",
                                    "GitHub knows no Copilot plan or seat of this account");
  if (facts->status != 200)
    return jump_verdict_new_warning ("Try again in a minute; https://www.githubstatus.com tells of "
                                     "troubles.",
                                     "GitHub answered with status %u",
                                     facts->status);
  if (!facts->may_chat)
    return jump_verdict_new_failed (
        "Ask the administrator of your organisation to allow Copilot Chat, or see " PLANS_PAGE,
        "%s, but chat is switched off",
        plan);
  if (facts->is_spent)
    return jump_verdict_new_warning (
        "Wait until the month begins anew, allow more spending at " PLANS_PAGE
        ", or use models that cost nothing.",
        "%s; what it allows for this month is used up",
        plan);
  if (facts->organisation != NULL)
    return jump_verdict_new_ok ("%s, a seat of %s", plan, facts->organisation);
  return jump_verdict_new_ok ("%s", plan);
}
