/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* What the cells of one exchange say. Pure. */

typedef enum
{
  JUMP_REQUEST_COLUMN_TIME,
  JUMP_REQUEST_COLUMN_CLIENT,
  JUMP_REQUEST_COLUMN_API,
  JUMP_REQUEST_COLUMN_MODEL,
  JUMP_REQUEST_COLUMN_WAY,
  JUMP_REQUEST_COLUMN_STATE,
  JUMP_REQUEST_COLUMN_FIRST_BYTE,
  JUMP_REQUEST_COLUMN_DURATION,
  JUMP_REQUEST_COLUMN_INPUT,
  JUMP_REQUEST_COLUMN_CACHED,
  JUMP_REQUEST_COLUMN_OUTPUT,
  JUMP_REQUEST_COLUMN_CREDITS,
  JUMP_REQUEST_COLUMN_STATE_ICON, /* an icon's name */
  JUMP_REQUEST_N_COLUMNS,
} JumpRequestColumn;

/* @client: the record's client as people know it. @now_wall: µs since the epoch, for what still runs.
 * Returns: (transfer full): "" where there is nothing to say yet. */
char *jump_request_row_text_new (const JumpExchangeRecord *record,
                                 JumpRequestColumn column,
                                 const char *client,
                                 gint64 now_wall);
/* Returns: "Chat", "Messages": the API as people call it. */
const char *jump_request_api_name (const char *api);
/* Returns: (transfer full): how it went, status included: "Waiting", "Done", "Failed (429)". */
char *jump_request_state_text_new (const JumpExchangeRecord *record);
/* Returns: (transfer full): "Direct", "Adapted", "Translated", "Estimated" or "". */
char *jump_request_way_text_new (const char *route);
/* Returns: (transfer full): "asked → used", or the one of them that there is. */
char *jump_request_model_text_new (const JumpExchangeRecord *record);
/* Returns: (transfer full): how long it took, or runs. */
char *jump_request_duration_text_new (const JumpExchangeRecord *record, gint64 now_wall);
