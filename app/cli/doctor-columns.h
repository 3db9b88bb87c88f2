/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <json-glib/json-glib.h>

/* The doctor's report on a terminal: one line for each check, remedies below, 80 columns. Pure. */

/* @report: the answer of POST /api/doctor. Returns: (transfer full) */
char *jump_doctor_columns_new (JsonObject *report, gboolean uses_colour);
