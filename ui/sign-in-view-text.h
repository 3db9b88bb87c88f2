/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* Where a sign-in stands, from what the service knows, and how that is said to a person. Pure. */

typedef enum
{
  JUMP_SIGN_IN_STARTING, /* GitHub is asked for a code */
  JUMP_SIGN_IN_PENDING,  /* the person types the code */
  JUMP_SIGN_IN_STORING,  /* GitHub agreed; the account is being saved */
  JUMP_SIGN_IN_CHECKING, /* signed in; whether there is Copilot is being asked */
  JUMP_SIGN_IN_DONE,
  JUMP_SIGN_IN_ENDED,   /* denied, expired, failed: the flow says how */
  JUMP_SIGN_IN_PROBLEM, /* signed in, but no token: the problem says why */
  JUMP_SIGN_IN_NONE,    /* nobody is signed in and nothing runs */
} JumpSignInView;

typedef struct
{
  gboolean has_flow;
  JumpDeviceFlowState flow; /* with has_flow only */
  JumpAccountState account;
  JumpTokenState token;
  gboolean has_token;      /* one that is still good, whatever the state */
  JumpProblemKind problem; /* NONE without one */
} JumpSignInFacts;

JumpSignInFacts jump_sign_in_facts_collect (JumpService *service);
JumpSignInView jump_sign_in_view_decide (const JumpSignInFacts *facts);
/* Whether a person who asks to sign in needs a new code. */
gboolean jump_sign_in_needs_code (const JumpSignInFacts *facts);

/* Returns: (transfer full): "W D J B - M J H T" read out one by one. */
char *jump_sign_in_spell_code (const char *code);
/* Returns: (transfer full): while something is being waited for. @store: as jump_account_get_store_name(). */
char *jump_sign_in_describe_wait (JumpSignInView view, const char *store);
/* Returns: (transfer full): who is signed in. @login: (nullable). @plan: (nullable). */
char *jump_sign_in_describe_account (const char *login, const char *plan);
/* Returns: (transfer full): where the sign-in is kept, and for how long. */
char *jump_sign_in_describe_store (JumpAccountSource source, const char *store);
/* Returns: (transfer full): "The code is valid for 14:59." */
char *jump_sign_in_describe_remaining (gint64 seconds);
/* Whether @uri may be handed to a browser: http and https only. */
gboolean jump_sign_in_is_web_address (const char *uri);
/* The attention that @kind of problem means, for its words. */
JumpAttention jump_sign_in_get_attention (JumpProblemKind kind);
