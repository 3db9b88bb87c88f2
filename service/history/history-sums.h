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

gboolean jump_history_sums_put_in (JumpHistoryDatabase *database,
                                   const JumpExchangeRecord *record,
                                   const JumpHistoryFacets *facets,
                                   GError **error);
/* Of one that is still in its row. */
gboolean jump_history_sums_take_out (JumpHistoryDatabase *database, gint64 row, GError **error);
/* Forgets what was used before @before (wall seconds), as if it had not been. */
gboolean jump_history_sums_remove (JumpHistoryDatabase *database, gint64 before, GError **error);
/* (transfer container) (element-type JumpHistorySum) (nullable): as jump_history_store_sum_async() says. */
GPtrArray *jump_history_sums_ask (JumpHistoryDatabase *database,
                                  const JumpHistoryQuery *query,
                                  JumpSumBy by,
                                  JumpBucket bucket,
                                  GError **error);
