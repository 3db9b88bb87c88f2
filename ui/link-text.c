/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/link-text.h"

/**
 * jump_link_text_strip:
 * @text: a sentence of upstream
 *
 * For places that have a button of their own for where the link leads.
 *
 * Returns: (transfer full): @text with the words of its links alone; brackets that are no link stay
 */
char *
jump_link_text_strip (const char *text)
{
  static const char *const pattern = "\\[([^\\[\\]]+)\\]\\s*\\(https?://[^()\\s]*\\)";
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  char *plain = g_regex_replace (regex, valid, -1, 0, "\\1", 0, NULL);

  return plain != NULL ? plain : g_steal_pointer (&valid);
}
