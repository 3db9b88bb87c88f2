/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* SIGHUP as services understand it: read the settings again. A program in a terminal ends when the
 * terminal goes, as ever. Implemented in reload-watch-unix.c and reload-watch-windows.c. */

/* Returns: a source's id for g_source_remove(); 0 where there is no such signal, or it means another
 * thing */
guint jump_reload_watch_add (GSourceFunc func, gpointer user_data);
