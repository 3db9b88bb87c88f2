/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* How long the next piece of a streamed text is: the next word with the blanks before it, or about a
 * dozen bytes of arguments, never cut inside a letter. 0 at the end. */

gsize jump_text_piece_get_word (const char *text);
gsize jump_text_piece_get_letters (const char *text);
