/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/notice-body.h"

#include <string.h>

/* Quotation marks that look the same and mean nothing. */
#define LESS    "\u2039"
#define GREATER "\u203a"

/**
 * jump_notice_body_new:
 * @text: as it should be read
 *
 * Some desktops take the text for markup, others show it as it is, and GLib tells neither which nor escapes it. So
 * what would begin a tag is written as what looks like it: right in both.
 *
 * Returns: (transfer full)
 */
char *
jump_notice_body_new (const char *text)
{
  GString *body = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      if (*text == '<')
        g_string_append (body, LESS);
      else if (*text == '>')
        g_string_append (body, GREATER);
      else
        g_string_append_c (body, *text);
    }
  return g_string_free (body, FALSE);
}
