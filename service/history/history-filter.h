/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/history/history-database.h"
#include "service/history/history-query.h"

/* A question as SQL: conditions with named parameters, never a text of the question itself. Exchanges are e, and
 * words are w where full_text is asked for. */

/* How many are counted exactly: more cost more than anybody wants to wait. */
#define JUMP_HISTORY_COUNT_LIMIT 10000

/* Whether conditions are such that an index finds what fits, when that is little; else they are for a walk from
 * newest to oldest. */
typedef enum
{
  JUMP_HISTORY_BY_INDEX,
  JUMP_HISTORY_BY_WALK,
} JumpHistoryWay;

/* " AND …" of model, api, client, key, session, status and imports, as exchanges and both tables of sums have them;
 * @table: their alias */
void
jump_history_filter_append_common (GString *sql, const JumpHistoryQuery *query, const char *table);
void jump_history_filter_append_times (GString *sql, const JumpHistoryQuery *query);
/* All: " FROM … WHERE …" */
void jump_history_filter_append (GString *sql, const JumpHistoryQuery *query, JumpHistoryWay way);
/* Whether an index could help at all. */
gboolean jump_history_filter_is_narrow (const JumpHistoryQuery *query);
/* The strings of @query must live as long as @statement is at work, but for full_text. */
void jump_history_filter_bind (JumpHistoryStatement *statement, const JumpHistoryQuery *query);
/* Returns: the column of e that @metric is, NULL for none */
const char *jump_history_filter_get_metric (JumpMetric metric);
