/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Why there is no token, in words a person can act on. title, message and url are passed on as
 * upstream sends them (error_details, protocol 2.4); where it sends none they are ours. */

typedef enum
{
  JUMP_PROBLEM_NONE,
  JUMP_PROBLEM_SIGNED_OUT,      /* no account: sign in */
  JUMP_PROBLEM_TOKEN_REVOKED,   /* 401 Bad credentials: sign in again */
  JUMP_PROBLEM_NO_SUBSCRIPTION, /* the account has no Copilot */
  JUMP_PROBLEM_BLOCKED,         /* organisation, policy, billing, SSO */
  JUMP_PROBLEM_SSO,             /* the organisation wants its own sign-in for this token */
  JUMP_PROBLEM_CLIENT_REFUSED,  /* our identity headers are not accepted (466, go_http_client…) */
  JUMP_PROBLEM_RATE_LIMITED,    /* GitHub's own limit: wait */
  JUMP_PROBLEM_NETWORK,         /* not reachable, 5xx: tried again by itself */
  JUMP_PROBLEM_PORTAL,          /* the network wants a sign-in of its own first */
  JUMP_PROBLEM_CLOCK,    /* this computer's clock is wrong: tokens and certificates look invalid */
  JUMP_PROBLEM_PROTOCOL, /* an answer we cannot read */
} JumpProblemKind;

typedef struct
{
  JumpProblemKind kind;
  char *title;           /* (owned) */
  char *message;         /* (owned) */
  char *url;             /* (owned) (nullable) */
  char *notification_id; /* (owned) (nullable) as upstream names it */
} JumpProblem;

JumpProblem *jump_problem_new (JumpProblemKind kind,
                               const char *title,
                               const char *message,
                               const char *url,
                               const char *notification_id);
void jump_problem_free (JumpProblem *self);
const char *jump_problem_kind_to_string (JumpProblemKind kind);
/* Whether it stays until somebody does something, so that asking again does not help. */
gboolean jump_problem_needs_person (JumpProblemKind kind);
/* The same as a GError of the fitting code: SIGNED_OUT, FORBIDDEN, RATE_LIMITED, UPSTREAM, PROTOCOL. */
GError *jump_problem_to_error (const JumpProblem *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpProblem, jump_problem_free)
