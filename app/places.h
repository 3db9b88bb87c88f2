/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Where the program finds what is installed with it. Implemented in places-unix.c, by the folders it
 * was built for, and in places-windows.c, by the folder it was copied to. */

/* Returns: (transfer full): the folder of the screen's module */
char *jump_places_dup_module_dir (void);
/* Returns: (transfer full): the folder of translations */
char *jump_places_dup_locale_dir (void);
