/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What a reply says about a limit that was reached (protocol 7.3): whom it holds up, and for how long.
 * Pure. */

typedef enum
{
  JUMP_LIMIT_SCOPE_MODEL,       /* one model */
  JUMP_LIMIT_SCOPE_ACCOUNT,     /* all that the account asks for */
  JUMP_LIMIT_SCOPE_INTEGRATION, /* all that comes from a client that calls itself like us */
  JUMP_LIMIT_SCOPE_REFUSED,     /* refused without a reason, again and again */
} JumpLimitScope;

/* What is looked at. */
typedef struct
{
  guint status;
  const char *body; /* (nullable) */
  gsize length;
  const char *retry_after;      /* (nullable): Retry-After */
  const char *user_retry_after; /* (nullable): X-RateLimit-User-Retry-After */
} JumpLimitReply;

typedef struct
{
  JumpLimitScope scope;
  char *code;     /* (owned) (nullable): upstream's word, without the plan behind it */
  char *message;  /* (owned) (nullable): upstream's sentence */
  char *url;      /* (owned) (nullable): where upstream says more about it */
  gint64 seconds; /* to wait; -1: not told */
} JumpLimitNotice;

/* Returns: (transfer full) (nullable): NULL when no limit is spoken of */
JumpLimitNotice *jump_limit_notice_new (const JumpLimitReply *reply, gint64 now);
JumpLimitNotice *jump_limit_notice_new_for_code (const char *code, gint64 seconds);
void jump_limit_notice_free (JumpLimitNotice *self);
/* Whether @code (nullable, without a plan) is one of a limit. */
gboolean jump_limit_code_is_known (const char *code);
const char *jump_limit_scope_to_string (JumpLimitScope scope);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpLimitNotice, jump_limit_notice_free)
