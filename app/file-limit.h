/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

/* How many files and sockets the program may have open at once. Implemented in file-limit-unix.c and
 * file-limit-windows.c. */

/* To what the service needs: a login gives 1024, and each stream takes two. */
void jump_file_limit_raise (void);
