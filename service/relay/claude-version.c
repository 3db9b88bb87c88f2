/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/claude-version.h"

#include <string.h>

/* Returns: the number at @at; @out_length: its digits */
static guint
read_number (const char *at, gsize *out_length)
{
  *out_length = strspn (at, "0123456789");
  return *out_length == 0 || *out_length > 2 ? 0 : (guint) g_ascii_strtoull (at, NULL, 10);
}

/**
 * jump_claude_is_from:
 * @model_id: any model's name
 * @major: as in 4.7
 * @minor: as in 4.7
 *
 * Longer runs of digits are dates.
 */
gboolean
jump_claude_is_from (const char *model_id, guint major, guint minor)
{
  const char *at = model_id;
  guint own_major, own_minor = 0;
  gsize length;

  if (g_ascii_strncasecmp (model_id, "claude", strlen ("claude")) != 0)
    return FALSE;
  do
    at = strchr (at, '-');
  while (at != NULL && !g_ascii_isdigit (*++at));
  if (at == NULL)
    return FALSE;
  own_major = read_number (at, &length);
  at += length;
  if ((*at == '.' || *at == '-') && g_ascii_isdigit (at[1]))
    own_minor = read_number (at + 1, &length);
  return own_major > major || (own_major == major && own_minor >= minor);
}
