/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* A copy that carries its settings and data along, as on a memory stick; Windows only. */

/* Returns: (transfer full) (nullable): the folder for both, or NULL in an ordinary installation. */
char *jump_portable_dir_find (void);
