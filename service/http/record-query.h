/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/history/history-query.h"
#include "service/http/query-string.h"
#include "service/keys/key-store.h"

/* Which records a request asks for, as its query says it: page, per_page, search, user, model, api, client, key,
 * session, status, from, until, metric, at_least, below. */

/* What records without a client key count as in "user" (features.md B3). */
#define JUMP_RECORD_NO_USER "anonymous"
/* Of the year 9999: later ones are microseconds by mistake. */
#define JUMP_RECORD_LAST_SECOND G_GINT64_CONSTANT (253402300799)

/* @self: (out caller-allocates): its strings are those of @query, or of @keys. FALSE with JUMP_ERROR_BAD_REQUEST that
 * names the parameter. */
gboolean jump_record_query_read (JumpHistoryQuery *self,
                                 const JumpQueryString *query,
                                 JumpKeyStore *keys,
                                 GError **error);
/* Names of metrics in queries and answers, in the order of JumpMetric from JUMP_METRIC_REQUEST_SIZE on;
 * zero-terminated. */
const char *const *jump_record_query_get_metrics (void);
