/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/problem.h"

#include "service/base/error.h"
#include "service/base/redact.h"

static char *
dup_redacted (const char *text)
{
  return text == NULL ? NULL : jump_redact (text);
}

/**
 * jump_problem_new:
 * @title: a few words, as a heading
 * @message: one or two sentences
 * @url: (nullable): where the person can do something about it
 * @notification_id: (nullable): upstream's own name for it
 *
 * What upstream says may repeat the token that it was shown; a person gets to read it without.
 *
 * Returns: (transfer full)
 */
JumpProblem *
jump_problem_new (JumpProblemKind kind,
                  const char *title,
                  const char *message,
                  const char *url,
                  const char *notification_id)
{
  JumpProblem *self = g_new0 (JumpProblem, 1);

  self->kind = kind;
  self->title = dup_redacted (title);
  self->message = dup_redacted (message);
  self->url = dup_redacted (url);
  self->notification_id = dup_redacted (notification_id);
  return self;
}

void
jump_problem_free (JumpProblem *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->message);
  g_free (self->url);
  g_free (self->notification_id);
  g_free (self);
}

/**
 * jump_problem_kind_to_string:
 *
 * Returns: a word for status output and the control routes; part of their contract
 */
const char *
jump_problem_kind_to_string (JumpProblemKind kind)
{
  switch (kind)
    {
    case JUMP_PROBLEM_NONE:
      return "none";
    case JUMP_PROBLEM_SIGNED_OUT:
      return "signed_out";
    case JUMP_PROBLEM_TOKEN_REVOKED:
      return "token_revoked";
    case JUMP_PROBLEM_NO_SUBSCRIPTION:
      return "no_subscription";
    case JUMP_PROBLEM_BLOCKED:
      return "blocked";
    case JUMP_PROBLEM_CLIENT_REFUSED:
      return "client_refused";
    case JUMP_PROBLEM_SSO:
      return "sso";
    case JUMP_PROBLEM_PORTAL:
      return "portal";
    case JUMP_PROBLEM_CLOCK:
      return "clock";
    case JUMP_PROBLEM_RATE_LIMITED:
      return "rate_limited";
    case JUMP_PROBLEM_NETWORK:
      return "network";
    case JUMP_PROBLEM_PROTOCOL:
      return "protocol";
    }
  return "none";
}

gboolean
jump_problem_needs_person (JumpProblemKind kind)
{
  switch (kind)
    {
    case JUMP_PROBLEM_SIGNED_OUT:
    case JUMP_PROBLEM_TOKEN_REVOKED:
    case JUMP_PROBLEM_NO_SUBSCRIPTION:
    case JUMP_PROBLEM_BLOCKED:
    case JUMP_PROBLEM_CLIENT_REFUSED:
    case JUMP_PROBLEM_SSO:
      return TRUE;
    case JUMP_PROBLEM_NONE:
    case JUMP_PROBLEM_RATE_LIMITED:
    case JUMP_PROBLEM_NETWORK:
    case JUMP_PROBLEM_PORTAL:
    case JUMP_PROBLEM_CLOCK:
    case JUMP_PROBLEM_PROTOCOL:
      return FALSE;
    }
  return FALSE;
}

static JumpError
kind_to_code (JumpProblemKind kind)
{
  switch (kind)
    {
    case JUMP_PROBLEM_SIGNED_OUT:
    case JUMP_PROBLEM_TOKEN_REVOKED:
      return JUMP_ERROR_SIGNED_OUT;
    case JUMP_PROBLEM_NO_SUBSCRIPTION:
    case JUMP_PROBLEM_BLOCKED:
    case JUMP_PROBLEM_CLIENT_REFUSED:
    case JUMP_PROBLEM_SSO:
      return JUMP_ERROR_FORBIDDEN;
    case JUMP_PROBLEM_RATE_LIMITED:
      return JUMP_ERROR_RATE_LIMITED;
    case JUMP_PROBLEM_NETWORK:
    case JUMP_PROBLEM_CLOCK:
      return JUMP_ERROR_UPSTREAM;
    case JUMP_PROBLEM_PORTAL:
      return JUMP_ERROR_PORTAL;
    case JUMP_PROBLEM_NONE:
    case JUMP_PROBLEM_PROTOCOL:
      return JUMP_ERROR_PROTOCOL;
    }
  return JUMP_ERROR_PROTOCOL;
}

/**
 * jump_problem_to_error:
 *
 * The message keeps upstream's own words, capitals and full stops included: they are what a person
 * can look up.
 *
 * Returns: (transfer full)
 */
GError *
jump_problem_to_error (const JumpProblem *self)
{
  const char *url = self->url;

  return g_error_new (JUMP_ERROR,
                      (int) kind_to_code (self->kind),
                      "%s: %s%s%s%s",
                      self->title,
                      self->message,
                      url == NULL ? "" : " (",
                      url == NULL ? "" : url,
                      url == NULL ? "" : ")");
}
