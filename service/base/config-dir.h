/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Where the system keeps what a user has set: implemented in config-dir-unix.c and
 * config-dir-windows.c. */

/* Returns: (transfer full): the folder of all programs' settings */
char *jump_config_dir_find (void);
