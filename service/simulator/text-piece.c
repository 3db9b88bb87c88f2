/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/text-piece.h"

#include <string.h>

#define LETTERS 12

/**
 * jump_text_piece_get_word:
 */
gsize
jump_text_piece_get_word (const char *text)
{
  const char *c = text;

  while (g_ascii_isspace (*c))
    c++;
  while (*c != '\0' && !g_ascii_isspace (*c))
    c++;
  return (gsize) (c - text);
}

/**
 * jump_text_piece_get_letters:
 */
gsize
jump_text_piece_get_letters (const char *text)
{
  gsize length = strlen (text);

  if (length <= LETTERS)
    return length;
  length = LETTERS;
  while (length > 0 && ((guchar) text[length] & 0xC0) == 0x80)
    length--;
  return length;
}
