/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/history/history-database.h"
#include "service/history/history-store.h"

/* Finding exchanges: a page of those that fit, or one of them. */

/* (transfer full) (nullable) */
JumpHistoryPage *jump_history_search_find (JumpHistoryDatabase *database,
                                           const JumpHistoryQuery *query,
                                           GError **error);
/* (transfer full) (nullable): NULL without @error: not there */
JumpExchangeRecord *
jump_history_search_get (JumpHistoryDatabase *database, const char *id, GError **error);
