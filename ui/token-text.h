/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* How the access to Copilot stands, in words. Pure. */

typedef struct
{
  JumpAccountState account;
  JumpTokenState state;
  gboolean has_token; /* one that is still good, whatever the state */
  gboolean is_direct; /* GitHub's own token */
  gboolean is_static; /* cannot be renewed */
  gint64 expires_at;  /* wall seconds, 0 never */
  gint64 now;         /* wall seconds */
  JumpProblemKind problem;
} JumpTokenFacts;

typedef struct
{
  char *title;  /* (owned) "Good for 24 minutes" */
  char *detail; /* (owned) (nullable) */
  guint next;   /* seconds until the title is another one; 0: only with the facts */
  gboolean is_warning;
  gboolean can_be_refreshed;
  gboolean is_busy; /* being asked for right now */
} JumpTokenText;

JumpTokenText *jump_token_text_new (const JumpTokenFacts *facts);
JumpTokenText *jump_token_text_new_for_service (JumpService *service);
void jump_token_text_free (JumpTokenText *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpTokenText, jump_token_text_free)
