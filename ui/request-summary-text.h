/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* The longer words about one exchange. Pure. All return (transfer full). */

/* How it stands: "Done, status 200", "Waiting". */
char *jump_request_summary_state_new (const JumpExchangeRecord *record);
/* When it began: "23 November, 14:05:09". */
char *jump_request_summary_time_new (const JumpExchangeRecord *record);
/* The route in full: "Translated from Messages to Chat". */
char *jump_request_summary_way_new (const JumpExchangeRecord *record);
/* "1,204, of which 1,000 from the cache" */
char *jump_request_summary_input_new (const JumpUsageCount *usage);
char *jump_request_summary_output_new (const JumpUsageCount *usage);
/* "1.2 kB sent, 34 kB received" */
char *jump_request_summary_size_new (const JumpExchangeRecord *record);
/* @changes: comma-separated names. A line for each, in words. */
char *jump_request_summary_changes_new (const char *changes);
/* What kind of trouble a failed exchange met, as far as its status tells. */
JumpAttention jump_request_summary_attention (const JumpExchangeRecord *record);
