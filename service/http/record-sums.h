/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/history/history-ring.h"
#include "service/history/history-store.h"

/* Returns: (transfer full) (element-type JumpHistorySum): what those in memory used, added up as
 * jump_history_store_sum_async() does from disk; for where nothing is kept there. */
GPtrArray *jump_record_sums_new (JumpHistoryRing *history,
                                 const JumpHistoryQuery *query,
                                 JumpSumBy by,
                                 JumpBucket bucket);
/* Returns: (transfer full): the same for jump_history_store_histogram_async(); bodies are not searched. */
JumpHistogram *jump_record_sums_new_histogram (JumpHistoryRing *history,
                                               const JumpHistoryQuery *query,
                                               JumpMetric metric);
