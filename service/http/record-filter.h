/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/exchange-record.h"
#include "service/history/history-query.h"

/* The history's questions asked of one record in memory, as the store answers them from disk. Pure. */

/* Everything but text and full_text. */
gboolean jump_record_filter_matches (const JumpHistoryQuery *query,
                                     const JumpExchangeRecord *record);
/* Returns: what @metric is of @record; negative: not known */
gint64 jump_record_filter_measure (JumpMetric metric, const JumpExchangeRecord *record);
/* text and full_text: the bodies are searched as they are, upper and lower case of ASCII being the same.
 * @request, @reply: (nullable): instead of those of @record, which another thread may take away. */
gboolean jump_record_filter_finds (const JumpHistoryQuery *query,
                                   const JumpExchangeRecord *record,
                                   GBytes *request,
                                   GByteArray *reply);
