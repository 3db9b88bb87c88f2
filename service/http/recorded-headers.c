/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/recorded-headers.h"

#include "service/base/redact.h"

#include <string.h>

/* Secrets are known by their shape, too, wherever they stand. */
static gboolean
has_secret (const char *line)
{
  g_autofree char *redacted = jump_redact (line);

  return strcmp (redacted, line) != 0;
}

/* An address says where a client comes from, and its query may say more than it should. */
static void
cut_query (const char *name, char *value)
{
  if (g_ascii_strcasecmp (name, "Referer") == 0)
    value[strcspn (value, "?#")] = '\0';
}

static void
append_line (const char *name, const char *value, gpointer user_data)
{
  g_autofree char *safe_name = g_utf8_make_valid (name, -1);
  g_autofree char *safe_value = g_utf8_make_valid (value, -1);
  g_autofree char *line = NULL;

  cut_query (safe_name, safe_value);
  line = g_strdup_printf ("%s: %s", safe_name, safe_value);
  if (jump_redact_is_secret_name (safe_name) || has_secret (line))
    g_string_append_printf (user_data, "%s: %s\n", safe_name, JUMP_RECORDED_REDACTED);
  else
    g_string_append_printf (user_data, "%s\n", line);
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
