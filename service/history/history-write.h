/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/history/history-bodies.h"
#include "service/history/history-sums.h"

/* Puts exchanges in and takes them out: rows, bodies, words and sums always agree. Whoever calls has begun a
 * transaction. */

/* One that is there already stays, unless it was imported. @sums must be written before the transaction ends. */
gboolean jump_history_write_entry (JumpHistoryDatabase *database,
                                   const JumpHistoryEntry *entry,
                                   JumpHistorySumBatch *sums,
                                   gboolean *out_is_written,
                                   GError **error);
/* All of it but its part of the sums: what was used stays used. */
gboolean jump_history_write_removal (JumpHistoryDatabase *database, gint64 row, GError **error);
gboolean
jump_history_write_body_removal (JumpHistoryDatabase *database, gint64 row, GError **error);
