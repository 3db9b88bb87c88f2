/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/usage-sums.h"
#include "service/history/history-query.h"

/* Sums by bucket and name while they are being collected. */

typedef struct
{
  JumpBucket bucket;
  GTimeZone *zone;  /* (owned) */
  gint64 last_time; /* the one added last, and the begin of its bucket: many come with the same */
  gint64 last_begin;
  GHashTable *sums; /* (owned) (element-type JumpHistorySum JumpHistorySum): each is its own key */
} JumpHistorySumTable;

JumpHistorySumTable *jump_history_sum_table_new (JumpBucket bucket);
void jump_history_sum_table_free (JumpHistorySumTable *self);
/* @time: wall seconds, somewhere in the bucket. @name: (nullable) */
void jump_history_sum_table_add (JumpHistorySumTable *self,
                                 gint64 time,
                                 const char *name,
                                 const JumpUsageSums *sums);
/* (transfer container) (element-type JumpHistorySum): sorted; the table is empty then. */
GPtrArray *jump_history_sum_table_finish (JumpHistorySumTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpHistorySumTable, jump_history_sum_table_free)
