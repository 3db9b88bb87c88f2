/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Columns on a terminal, in every language: bytes are not characters, and a Chinese character is two
 * columns wide; and text from elsewhere, which must not draw on it. Pure. */

glong jump_column_get_width (const char *text);
void jump_column_append (GString *line, const char *text, glong width);
char *jump_column_make_plain (const char *text);
