/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/usage-series.h"

#include <gio/gio.h>

/* The figures of the page of usage: asks the history, one question after the other, and says when all are there.
 * Emits "changed". */

/* A line of the table. */
typedef struct
{
  char *key;    /* (owned): which line it is; "" for the unknown */
  char *name;   /* (owned): for people */
  gint64 order; /* wall seconds of its begin; 0 where it is no time */
  JumpUsageSums sums;
} JumpUsageRow;

#define JUMP_USAGE_BY_TIME      JUMP_SUM_ALL /* the steps of the range */

#define JUMP_TYPE_USAGE_NUMBERS (jump_usage_numbers_get_type ())
G_DECLARE_FINAL_TYPE (JumpUsageNumbers, jump_usage_numbers, JUMP, USAGE_NUMBERS, GObject)

JumpUsageNumbers *jump_usage_numbers_new (JumpService *service);
/* Asks again; what was asked before is forgotten. */
void jump_usage_numbers_ask (JumpUsageNumbers *self, JumpUsageRange range, JumpSumBy by);
JumpUsageRange jump_usage_numbers_get_range (JumpUsageNumbers *self);
JumpSumBy jump_usage_numbers_get_by (JumpUsageNumbers *self);
/* Returns: (transfer none) (nullable) (element-type JumpUsageStep): NULL before the first answer */
GPtrArray *jump_usage_numbers_get_steps (JumpUsageNumbers *self);
/* Returns: (transfer none) (nullable) (element-type JumpUsageRow) */
GPtrArray *jump_usage_numbers_get_rows (JumpUsageNumbers *self);
const JumpUsageSums *jump_usage_numbers_get_total (JumpUsageNumbers *self);
/* Credits since upstream began to count this month, as it priced them; -1: not known. */
double jump_usage_numbers_get_month (JumpUsageNumbers *self);
/* (nullable): why there is no answer */
const GError *jump_usage_numbers_get_error (JumpUsageNumbers *self);
