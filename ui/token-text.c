/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/token-text.h"

#include "ui/figure-text.h"

#include <glib/gi18n-lib.h>

/* A title that names minutes changes when the next one is over, one that names seconds each second. */
static guint
get_next_change (gint64 left)
{
  return left < 60 ? 1 : (guint) (left % 60) + 1;
}

static void
write_time_left (JumpTokenText *self, const JumpTokenFacts *facts)
{
  gint64 left = facts->expires_at - facts->now;
  g_autofree char *duration = jump_figure_text_duration (left);

  /* Translators: %s is a time such as "24 minutes" */
  self->title = g_strdup_printf (_ ("Good for %s"), duration);
  self->next = get_next_change (left);
}

static void
write_good (JumpTokenText *self, const JumpTokenFacts *facts)
{
  if (facts->expires_at == 0)
    self->title = g_strdup (_ ("Good, and does not expire"));
  else
    write_time_left (self, facts);
  if (facts->is_static)
    self->detail = g_strdup (_ ("It comes from the environment and cannot be renewed here."));
  else if (facts->is_direct)
    self->detail = g_strdup (_ ("Copilot takes your sign-in at GitHub as it is."));
  else
    self->detail = g_strdup (_ ("It is renewed by itself before it expires."));
}

static const char *
describe_problem (JumpProblemKind problem)
{
  switch (problem)
    {
    case JUMP_PROBLEM_NONE:
      break;
    case JUMP_PROBLEM_SIGNED_OUT:
    case JUMP_PROBLEM_TOKEN_REVOKED:
      return _ ("GitHub wants you to sign in again.");
    case JUMP_PROBLEM_NO_SUBSCRIPTION:
      return _ ("This account has no Copilot.");
    case JUMP_PROBLEM_SSO:
      return _ ("Your organization wants you to sign in there, too.");
    case JUMP_PROBLEM_PORTAL:
      return _ ("The network wants a sign-in of its own first.");
    case JUMP_PROBLEM_CLOCK:
      return _ ("The clock of this computer is wrong.");
    case JUMP_PROBLEM_BLOCKED:
      return _ ("GitHub does not let this account use Copilot.");
    case JUMP_PROBLEM_CLIENT_REFUSED:
      return _ ("GitHub does not accept the client that Jumpseat says it is.");
    case JUMP_PROBLEM_RATE_LIMITED:
      return _ ("GitHub asks to wait. It is tried again when something is asked.");
    case JUMP_PROBLEM_NETWORK:
      return _ ("GitHub could not be reached. It is tried again by itself.");
    case JUMP_PROBLEM_PROTOCOL:
      return _ ("GitHub answered in a way that Jumpseat cannot read.");
    }
  return NULL;
}

static void
write_signed_in (JumpTokenText *self, const JumpTokenFacts *facts)
{
  const char *problem = describe_problem (facts->problem);

  self->can_be_refreshed = !facts->is_static;
  self->is_busy = facts->state == JUMP_TOKEN_EXCHANGING;
  if (facts->has_token)
    write_good (self, facts);
  else if (facts->state == JUMP_TOKEN_EXCHANGING)
    self->title = g_strdup (_ ("Being asked for…"));
  else if (facts->state == JUMP_TOKEN_FAILED)
    self->title = g_strdup (_ ("None"));
  else
    {
      self->title = g_strdup (_ ("None yet"));
      self->detail = g_strdup (_ ("It is asked for with the first request."));
    }
  if (facts->state != JUMP_TOKEN_FAILED || problem == NULL)
    return;
  g_free (self->detail);
  self->detail = g_strdup (problem);
  self->is_warning = TRUE;
}

/**
 * jump_token_text_new:
 * @facts: what is known
 */
JumpTokenText *
jump_token_text_new (const JumpTokenFacts *facts)
{
  JumpTokenText *self = g_new0 (JumpTokenText, 1);

  switch (facts->account)
    {
    case JUMP_ACCOUNT_LOADING:
      self->title = g_strdup (_ ("Looking for your sign-in…"));
      break;
    case JUMP_ACCOUNT_SIGNED_OUT:
      self->title = g_strdup (_ ("None"));
      self->detail = g_strdup (_ ("Copilot gives one to those who are signed in."));
      break;
    case JUMP_ACCOUNT_SIGNED_IN:
      write_signed_in (self, facts);
      break;
    }
  return self;
}

/**
 * jump_token_text_new_for_service:
 * @service: whose token it is about
 */
JumpTokenText *
jump_token_text_new_for_service (JumpService *service)
{
  JumpTokenManager *manager = jump_service_get_token_manager (service);
  JumpToken *token = jump_token_manager_peek (manager);
  const JumpProblem *problem = jump_token_manager_get_problem (manager);
  JumpTokenFacts facts = {
    .account = jump_account_get_state (jump_service_get_account (service)),
    .state = jump_token_manager_get_state (manager),
    .now = jump_clock_get_wall_seconds (jump_service_get_clock (service)),
    .problem = problem == NULL ? JUMP_PROBLEM_NONE : problem->kind,
  };

  if (token != NULL)
    {
      facts.has_token = TRUE;
      facts.is_direct = token->is_direct;
      facts.is_static = token->is_static;
      facts.expires_at = token->expires_at;
    }
  return jump_token_text_new (&facts);
}

void
jump_token_text_free (JumpTokenText *self)
{
  g_free (self->title);
  g_free (self->detail);
  g_free (self);
}
