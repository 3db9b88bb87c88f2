/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/personal-scrub.h"

#include "service/service.h"

#include <string.h>

static char *
replace (const char *text, const char *what, const char *with)
{
  g_autoptr (GString) result = g_string_new (text);

  g_string_replace (result, what, with, 0);
  return g_string_free (g_steal_pointer (&result), FALSE);
}

/* As a word of its own, whatever its case: a short name is a part of many words. */
static char *
replace_word (const char *text, const char *word, const char *with)
{
  g_autofree char *quoted = g_regex_escape_string (word, -1);
  g_autofree char *pattern = g_strdup_printf ("(?<![A-Za-z0-9])%s(?![A-Za-z0-9])", quoted);
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, NULL);

  return g_regex_replace_literal (regex, text, -1, 0, with, 0, NULL);
}

/**
 * jump_personal_scrub:
 * @text: UTF-8
 * @login: (nullable): becomes "(login)"
 * @home: (nullable): becomes "~"
 *
 * Returns: (transfer full)
 */
char *
jump_personal_scrub (const char *text, const char *login, const char *home)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *without_secrets = jump_redact (valid);
  g_autofree char *without_home = NULL;

  /* "/" as somebody's home would be every path */
  if (home != NULL && strlen (home) > 1)
    without_home = replace (without_secrets, home, "~");
  else
    without_home = g_strdup (without_secrets);
  if (login == NULL || *login == '\0')
    return g_steal_pointer (&without_home);
  return replace_word (without_home, login, "(login)");
}

char *
jump_personal_scrub_url (const char *url)
{
  g_autoptr (GUri) uri =
      g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_HAS_PASSWORD, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return g_strdup ("(set)");
  return g_uri_to_string_partial (uri,
                                  G_URI_HIDE_USERINFO | G_URI_HIDE_QUERY | G_URI_HIDE_FRAGMENT);
}
