/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/conversation/exchange-record.h"

/* One finished exchange as a line of a .jl file (features.md B3 "Export/import"): their members and units, then
 * ours (client, key, session, api, route, changes, times, credits …), then those that came with an import and
 * that we do not know. */

/* The one member that holds what is ours: other tools keep it as it is. */
#define JUMP_HISTORY_LINE_OURS "jumpseat"

/* Returns: (transfer full): one line of JSON, without the line's end. */
char *jump_history_line_new (const JumpExchangeRecord *record);
/* The same without bodies and headers, as an object that @writer takes: an item of GET /api/requests. Also of one
 * that still runs: its state is "pending", "sending" or "receiving". Ours stand beside theirs there: api, client,
 * user_agent, key, process, session, method, route, changes, streamed, queued, first_byte, total (seconds), attempts,
 * upstream_status, upstream_id, reasoning_tokens, credits, estimated_credits, error, imported; null: not known. */
void jump_history_line_write_item (JumpJsonWriter *writer, const JumpExchangeRecord *record);
/* Returns: (transfer full) (nullable): marked as imported; NULL with JUMP_ERROR_BAD_REQUEST that says what is
 * wrong with it. A missing id becomes a new one; timestamp may be a number, a numeric text or ISO 8601. */
JumpExchangeRecord *jump_history_line_read (const char *line, gsize length, GError **error);
