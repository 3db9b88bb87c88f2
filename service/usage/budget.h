/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/budget-limit.h"
#include "service/base/clock.h"
#include "service/conversation/spending-guard.h"
#include "service/conversation/usage-sums.h"

#include <glib-object.h>

/* What may still be spent. Counts what upstream said, and the estimate where it said nothing: a budget without
 * prices would stop nobody. Imported records never count.
 * "changed": what is used, or a limit, is another one.
 * "crossed" (const char *name, guint percent): a limit was crossed at 50, 80, 95 or 100 %, the highest of them
 * where one request crossed several; once for each in a period, also over restarts when
 * jump_budget_restore() came first. */

#define JUMP_TYPE_BUDGET (jump_budget_get_type ())
G_DECLARE_FINAL_TYPE (JumpBudget, jump_budget, JUMP, BUDGET, GObject)

/* How one limit stands. Of sessions: the one that has used most. */
typedef struct
{
  const JumpBudgetLimit *limit; /* (unowned) */
  double used;                  /* credits */
  double estimated;             /* how much of used is an estimate */
  gint64 since;                 /* wall seconds at which the period began; 0: a session */
  gint64 until;                 /* wall seconds at which it ends; 0: a session */
  guint crossed;                /* percent: 0, 50, 80, 95, 100 */
} JumpBudgetState;

JumpBudget *jump_budget_new (JumpClock *clock);
/* @limits: (element-type JumpBudgetLimit) (transfer full) */
void jump_budget_set_limits (JumpBudget *self, GPtrArray *limits);
/* (nullable): for JUMP_BUDGET_CHEAPER without a model of its own. */
void jump_budget_set_cheaper_model (JumpBudget *self, const char *model);
/* (nullable) */
const char *jump_budget_get_cheaper_model (JumpBudget *self);
/* The key of that id has another name, or any. */
void jump_budget_set_key_name (JumpBudget *self, const char *id, const char *name);
/* Counts what was used before this run: everything of @key (nullable) and @model on the day that holds @day
 * (wall seconds), or in @session (nullable), which then alone it counts for. Tells nobody of what it crosses. */
void jump_budget_restore (JumpBudget *self,
                          gint64 day,
                          const char *key,
                          const char *model,
                          const char *session,
                          const JumpUsageSums *sums);
void jump_budget_add (JumpBudget *self, const JumpExchangeRecord *record);
void jump_budget_check (JumpBudget *self,
                        const JumpSpendingQuestion *question,
                        JumpSpendingVerdict *out_verdict);
/* Returns: (transfer full) (element-type JumpBudgetState): in the order of the settings. */
GArray *jump_budget_get_states (JumpBudget *self);
