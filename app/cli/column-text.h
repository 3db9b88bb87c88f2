/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Columns on a terminal, in every language: bytes are not characters, and a Chinese character is two
 * columns wide. Pure. */

glong jump_column_get_width (const char *text);
void jump_column_append (GString *line, const char *text, glong width);
