/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/recorded-headers.h"

#include "service/base/redact.h"

#include <string.h>

static void
append_valid (GString *text, const char *bytes)
{
  g_autofree char *valid = NULL;

  if (g_utf8_validate (bytes, -1, NULL))
    {
      g_string_append (text, bytes);
      return;
    }
  valid = g_utf8_make_valid (bytes, -1);
  g_string_append (text, valid);
}

/* Nothing of it stays behind the end of @text, which is kept for long. */
static void
wipe_from (GString *text, gsize place)
{
  memset (text->str + place, 0, text->len - place);
  g_string_truncate (text, place);
}

/* Every request has a dozen of them: nothing is copied that need not be. */
static void
append_line (const char *name, const char *value, gpointer user_data)
{
  GString *lines = user_data;
  gsize begin = lines->len;
  gsize value_place;

  append_valid (lines, name);
  g_string_append_len (lines, ": ", 2);
  value_place = lines->len;
  append_valid (lines, value);
  /* An address says where a client comes from, and its query may say more than it should. */
  if (g_ascii_strcasecmp (name, "Referer") == 0)
    wipe_from (lines, value_place + strcspn (lines->str + value_place, "?#"));
  /* Secrets are known by their shape, too, wherever they stand. */
  if (jump_redact_is_secret_name (name) || jump_redact_has_secret (lines->str + begin))
    {
      wipe_from (lines, value_place);
      g_string_append (lines, JUMP_RECORDED_REDACTED);
    }
  g_string_append_c (lines, '\n');
}

/**
 * jump_recorded_headers_new:
 * @headers: of a client's request
 *
 * Returns: (transfer full): one "Name: value" line for each, in their order, the value of those that
 *   hold a secret replaced by %JUMP_RECORDED_REDACTED
 */
char *
jump_recorded_headers_new (SoupMessageHeaders *headers)
{
  GString *lines = g_string_new (NULL);

  soup_message_headers_foreach (headers, append_line, lines);
  return g_string_free (lines, FALSE);
}
