/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/exchange-record.h"

/* One line of error.log (H-19). Pure. */

/* @wall: seconds. Returns: (transfer full): {timestamp, client_ip, endpoint, status_code, request, response} and
 * ours: id, error. */
char *jump_error_line_new (const JumpExchangeRecord *record, gint64 wall);
/* Returns: (transfer full): {timestamp, event_type, operation, endpoint, status_code, error, response,
 * response_length, response_truncated}. */
char *jump_error_line_new_for_refresh (gint64 wall,
                                       const char *endpoint,
                                       guint status,
                                       const char *error,
                                       const char *reply);
