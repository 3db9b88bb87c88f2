/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/auth/github-host.h"
#include "service/auth/problem.h"

#include <json-glib/json-glib.h>

/* What an answer of GitHub's Copilot calls that is not a token means (protocol 2.4). Pure. */

typedef struct
{
  guint status;
  JsonObject *object; /* (nullable): the body, if it is a JSON object */
  const char *sso;    /* (nullable): X-GitHub-SSO */
} JumpExchangeAnswer;

/* When GitHub says that something may be asked again. Every member nullable. */
typedef struct
{
  const char *retry_after;
  const char *limit_reset; /* X-RateLimit-Reset: seconds since 1970 by GitHub's clock */
  const char *date;        /* Date: GitHub's clock */
} JumpExchangeTimes;

JumpProblem *jump_exchange_problem_new (const JumpExchangeAnswer *answer);
/* The same for what went wrong on the way, or with reading what came. */
JumpProblem *jump_exchange_problem_new_for_error (const GError *error);
/* Returns: seconds GitHub asks to wait; 0: it does not say. @now: wall seconds */
guint jump_exchange_times_get_wait (const JumpExchangeTimes *times, gint64 now);
/* Whether it is worth asking again soon: what may pass by itself, and never a refusal. */
gboolean jump_exchange_answer_is_transient (const JumpExchangeAnswer *answer);
/* Whether GitHub refuses the exchange to the app that made the token, rather than Copilot to the
 * person: then the token itself may work (protocol 1.4, 2.5). */
gboolean jump_exchange_answer_allows_direct (const JumpExchangeAnswer *answer,
                                             const JumpGithubHost *host);
