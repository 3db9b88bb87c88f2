/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Random bytes from the operating system's generator (getrandom, BCryptGenRandom).
 * The bytes come from random-unix.c or random-windows.c. */

void jump_random_bytes (void *buffer, gsize length);

/* Returns: (transfer full): a random (version 4) UUID, 36 characters. */
char *jump_random_uuid (void);

/* Returns: (transfer full): @n_bytes random bytes as lower-case hexadecimal. */
char *jump_random_hex (gsize n_bytes);
