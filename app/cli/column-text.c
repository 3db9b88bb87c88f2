/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/column-text.h"

/**
 * jump_column_get_width:
 * @text: UTF-8 without line ends
 *
 * Returns: how many columns a terminal needs for it
 */
glong
jump_column_get_width (const char *text)
{
  glong width = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

/**
 * jump_column_append:
 * @line: takes the text
 * @text: UTF-8 without line ends
 * @width: of the column; a longer text is not cut
 */
void
jump_column_append (GString *line, const char *text, glong width)
{
  g_string_append (line, text);
  for (glong i = jump_column_get_width (text); i < width; i++)
    g_string_append_c (line, ' ');
}
