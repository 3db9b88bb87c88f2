/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What an error reply says to a person, whatever its form (protocol 7.1). Pure. */

/* @out_url: (out) (optional) (transfer full) (nullable): where to read more. Returns: (transfer full)
 * (nullable): its message, NULL when it says nothing. */
char *jump_error_words_new (const char *body, gsize length, char **out_url);
