/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What a program is given when it starts: words, and where to read and write. Implemented in
 * console-unix.c and console-windows.c. */

/* First thing in main(). Returns: (transfer full): @argv as UTF-8 */
char **jump_console_open (char **argv);
