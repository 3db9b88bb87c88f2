/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Text files that grow line by line (.jl, logs). Blocks: for worker threads. */

/* Appends @line and the end of a line, at once. A file that is not there is made, for its owner alone; one whose
 * last line was never finished gets its end first, so that no two lines ever stand in one. JUMP_ERROR_STORE. */
gboolean jump_line_file_append (const char *path, const char *line, gsize length, GError **error);
