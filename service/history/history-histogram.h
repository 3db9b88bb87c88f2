/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/history/history-database.h"
#include "service/history/history-store.h"

/* How many exchanges are how large, long or dear. */

/* (transfer full) (nullable) */
JumpHistogram *jump_history_histogram_ask (JumpHistoryDatabase *database,
                                           const JumpHistoryQuery *query,
                                           JumpMetric metric,
                                           GError **error);
