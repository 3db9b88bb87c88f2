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
