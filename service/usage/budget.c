/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/budget.h"

struct _JumpBudget
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (JumpBudget, jump_budget, G_TYPE_OBJECT)

static void
jump_budget_class_init (JumpBudgetClass *class)
{
  g_signal_new ("changed",
                G_TYPE_FROM_CLASS (class),
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                0);
  g_signal_new ("crossed",
                G_TYPE_FROM_CLASS (class),
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                2,
                G_TYPE_STRING,
                G_TYPE_UINT);
}

static void
jump_budget_init (JumpBudget *self)
{
}

JumpBudget *
jump_budget_new (JumpClock *clock)
{
  return g_object_new (JUMP_TYPE_BUDGET, NULL);
}

void
jump_budget_set_limits (JumpBudget *self, GPtrArray *limits)
{
  g_ptr_array_unref (limits);
}

void
jump_budget_set_cheaper_model (JumpBudget *self, const char *model)
{
}

void
jump_budget_set_key_name (JumpBudget *self, const char *id, const char *name)
{
}

void
jump_budget_restore (JumpBudget *self,
                     gint64 day,
                     const char *key,
                     const char *model,
                     const char *session,
                     const JumpUsageSums *sums)
{
}

void
jump_budget_add (JumpBudget *self, const JumpExchangeRecord *record)
{
}

void
jump_budget_check (JumpBudget *self,
                   const JumpSpendingQuestion *question,
                   JumpSpendingVerdict *out_verdict)
{
  *out_verdict = (JumpSpendingVerdict){ JUMP_SPENDING_GO };
}

GArray *
jump_budget_get_states (JumpBudget *self)
{
  return g_array_new (FALSE, FALSE, sizeof (JumpBudgetState));
}
