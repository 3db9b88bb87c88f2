/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/column-text.h"

#include <string.h>

#define IS_PLAIN(c) (((c) >= 0x20 && (c) < 0x7f) || (c) == '\n' || (c) == '\t')

/* These change the order of what stands beside them: a name could look like another one. */
static gboolean
turns_direction (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

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

/**
 * jump_column_make_plain:
 * @text: to be printed; names of models and clients, and what upstream says, may stand in it
 *
 * Control characters, those of C1 and those that turn the direction of writing included, are written as JSON writes
 * them, so that JSON stays the same JSON. Line ends and tabs stay.
 *
 * Returns: (transfer full): text that draws nothing on a terminal
 */
char *
jump_column_make_plain (const char *text)
{
  GString *plain = g_string_sized_new (strlen (text));

  while (*text != '\0')
    {
      gunichar c = g_utf8_get_char_validated (text, -1);
      gboolean is_text = c < (gunichar) -2;
      gsize length = is_text ? (gsize) (g_utf8_next_char (text) - text) : 1;

      if (IS_PLAIN (c) || (c == '\r' && text[1] == '\n') ||
          (is_text && c >= 0xa0 && !turns_direction (c)))
        g_string_append_len (plain, text, (gssize) length);
      else if (is_text)
        g_string_append_printf (plain, "\\u%04x", c);
      else
        g_string_append_printf (plain, "\\x%02x", (guchar) *text);
      text += length;
    }
  return g_string_free (plain, FALSE);
}
