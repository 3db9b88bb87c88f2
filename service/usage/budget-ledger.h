/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/budget-limit.h"
#include "service/base/clock.h"

/* What was spent today, this month and in each conversation, by client key and model, so that a limit that
 * somebody sets now knows of what was before. Days and months are those of this computer's zone. */

typedef struct _JumpBudgetLedger JumpBudgetLedger;

/* In nano-AIU: 1e9 = 1 credit. */
typedef struct
{
  guint64 priced;    /* by upstream */
  guint64 estimated; /* where it named no price */
} JumpSpent;

/* Whose money it was. */
typedef struct
{
  const char *key;     /* (nullable): id of a client key */
  const char *model;   /* (nullable) */
  const char *session; /* (nullable) */
} JumpSpender;

JumpBudgetLedger *jump_budget_ledger_new (JumpClock *clock);
void jump_budget_ledger_free (JumpBudgetLedger *self);
/* @name: (nullable): NULL forgets it. */
void jump_budget_ledger_set_key_name (JumpBudgetLedger *self, const char *id, const char *name);
/* Counts for today, the month, and the session where there is one. */
void
jump_budget_ledger_add (JumpBudgetLedger *self, const JumpSpender *spender, const JumpSpent *spent);
/* Of before this run: with a session for that alone, else for the day that holds @day (wall seconds). */
void jump_budget_ledger_restore (JumpBudgetLedger *self,
                                 gint64 day,
                                 const JumpSpender *spender,
                                 const JumpSpent *spent);
/* Whether what @spender spends counts for @limit. */
gboolean jump_budget_ledger_applies (JumpBudgetLedger *self,
                                     const JumpBudgetLimit *limit,
                                     const JumpSpender *spender);
/* What counts for @limit now. @session: (nullable): for a limit of sessions; NULL: the one with most. */
void jump_budget_ledger_sum (JumpBudgetLedger *self,
                             const JumpBudgetLimit *limit,
                             const char *session,
                             JumpSpent *out_spent);
/* Wall seconds; both 0 for sessions. */
void jump_budget_ledger_get_span (JumpBudgetLedger *self,
                                  JumpBudgetPeriod period,
                                  gint64 *out_since,
                                  gint64 *out_until);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpBudgetLedger, jump_budget_ledger_free)
