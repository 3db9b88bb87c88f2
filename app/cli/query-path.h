/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Paths of control routes with a query. Pure. */

/* Appends "?name=value" or "&name=value"; nothing for a @value that is NULL. */
void jump_query_path_add (GString *path, const char *name, const char *value);
void jump_query_path_add_int (GString *path, const char *name, gint64 value);
/* A day, "2026-08-16", as wall seconds of its local midnight, or of the next one. FALSE: it is none. */
gboolean jump_query_path_read_day (const char *text, gboolean is_end, gint64 *out_time);
