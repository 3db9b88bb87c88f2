/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Asked once for each exchange, when its model is known and before anything is sent: whether it may cost
 * something. The relay asks, whoever keeps the budgets answers; neither knows the other. */

typedef enum
{
  JUMP_SPENDING_GO,
  JUMP_SPENDING_ASK,     /* somebody has to allow it first */
  JUMP_SPENDING_CHEAPER, /* with another model */
  JUMP_SPENDING_STOP,    /* 429 */
} JumpSpendingAction;

typedef struct
{
  const char *client_key; /* (nullable): id */
  const char *session;    /* (nullable) */
  const char *model;      /* as upstream would be asked */
} JumpSpendingQuestion;

typedef struct
{
  JumpSpendingAction action;
  char *
      model; /* (owned) (nullable): the cheaper one; with JUMP_SPENDING_ASK the one to go on with */
  char *
      message; /* (owned) (nullable): one sentence for people: which budget, how much, until when */
  guint retry_after; /* seconds, 0: not known */
} JumpSpendingVerdict;

typedef struct
{
  /* @out_verdict: (out caller-allocates): cleared by the caller */
  void (*ask) (gpointer source,
               const JumpSpendingQuestion *question,
               JumpSpendingVerdict *out_verdict);
  gpointer source; /* (unowned): outlives the relay */
} JumpSpendingGuard;

void jump_spending_verdict_clear (JumpSpendingVerdict *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpSpendingVerdict, jump_spending_verdict_clear)
