/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* "Did you mean": which of some names look like one that is not among them. Pure. */

/* Returns: (transfer full) (array zero-terminated=1): up to @n_max of @names, nearest first. */
char **jump_nearest_names (const char *const *names, const char *wanted, guint n_max);
