/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Bytes in bytes, zeros included. Implemented in byte-find-unix.c, by the C library, and in
 * byte-find-windows.c, whose C library has no such function. */

/* Returns: (nullable): where @wanted begins in @bytes for the first time */
const char *
jump_byte_find (const char *bytes, gsize length, const char *wanted, gsize wanted_length);
