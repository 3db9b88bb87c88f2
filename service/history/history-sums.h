/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/exchange-record.h"
#include "service/history/history-database.h"
#include "service/history/history-query.h"
#include "service/history/history-row.h"

/* What was used, added up as it is written: for each quarter of an hour by facet and status, and once more by
 * session. Adding up a year reads some thousand rows, whatever the number of exchanges. */

/* Seconds of a slot: local hours and days of all time zones are whole ones of them. */
#define JUMP_HISTORY_SLOT 900

/* What exchanges of one transaction add to the sums: most of them to the same rows, each of which is written once. */
typedef struct _JumpHistorySumBatch JumpHistorySumBatch;

JumpHistorySumBatch *jump_history_sum_batch_new (void);
void jump_history_sum_batch_free (JumpHistorySumBatch *self);
void jump_history_sum_batch_add (JumpHistorySumBatch *self,
                                 const JumpExchangeRecord *record,
                                 const JumpHistoryFacets *facets);
/* What was added since the last time. */
gboolean jump_history_sum_batch_write (JumpHistorySumBatch *self,
                                       JumpHistoryDatabase *database,
                                       GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpHistorySumBatch, jump_history_sum_batch_free)

/* Of one that is still in its row, and in the tables of sums. */
gboolean jump_history_sums_take_out (JumpHistoryDatabase *database, gint64 row, GError **error);
/* Forgets what was used before @before (wall seconds), as if it had not been. */
gboolean jump_history_sums_remove (JumpHistoryDatabase *database, gint64 before, GError **error);
/* (transfer container) (element-type JumpHistorySum) (nullable): as jump_history_store_sum_async() says. */
GPtrArray *jump_history_sums_ask (JumpHistoryDatabase *database,
                                  const JumpHistoryQuery *query,
                                  JumpSumBy by,
                                  JumpBucket bucket,
                                  GError **error);
