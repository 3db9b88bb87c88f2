/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What the program asks of the desk it runs on. Implemented in desktop-unix.c and
 * desktop-windows.c. */

gboolean jump_desktop_has_display (void);
gboolean jump_desktop_is_terminal (void);
gboolean jump_desktop_open_uri (const char *uri);

/* @called: argv[0]. Returns: (transfer full): the program's path, also for other folders. */
char *jump_desktop_find_program (const char *called);
/* Starts a program that has nothing to do with us any more. */
gboolean jump_desktop_spawn (char **arguments, GError **error);
/* Comes back only with @error. */
void jump_desktop_replace_program (char **arguments, GError **error);
