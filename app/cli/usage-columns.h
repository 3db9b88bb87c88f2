/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <json-glib/json-glib.h>

/* What "jumpseat usage" prints: a table of GET /api/usage. Pure. */

/* @by: heading of the first column as the person typed it. Returns: (transfer full) */
char *jump_usage_columns_new (JsonObject *answer, const char *by);
