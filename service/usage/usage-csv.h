/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/usage-sums.h"

/* Sums of usage as a table for spreadsheets: RFC 4180, one line of headings, lines end in CRLF. Pure. */

/* @by: heading of the names: "model", "client", "day" … */
void jump_usage_csv_append_head (GString *out, const char *by);
/* @name: (nullable): empty then. @bucket: wall seconds of its begin; 0: empty. Credits are empty where upstream
 * named no price, estimates stand in a column of their own. */
void jump_usage_csv_append_row (GString *out,
                                const char *name,
                                gint64 bucket,
                                const JumpUsageSums *sums);
