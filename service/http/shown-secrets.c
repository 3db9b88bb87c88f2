/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/shown-secrets.h"

#include <string.h>

#define QUERY_KEY "api_key="

/**
 * jump_shown_bearer:
 * @authorization: (nullable): the header
 *
 * Returns: (transfer none) (nullable): the token of RFC 6750, NULL for other schemes and for none
 */
const char *
jump_shown_bearer (const char *authorization)
{
  const char *token;

  if (authorization == NULL || g_ascii_strncasecmp (authorization, "Bearer ", 7) != 0)
    return NULL;
  token = authorization + 7 + strspn (authorization + 7, " ");
  return *token != '\0' ? token : NULL;
}

/**
 * jump_shown_query_key:
 * @query: (nullable): of the request, without its question mark
 *
 * Returns: (transfer full) (nullable): the first api_key that is not empty
 */
char *
jump_shown_query_key (const char *query)
{
  while (query != NULL && *query != '\0')
    {
      gsize length = strcspn (query, "&");

      if (length > strlen (QUERY_KEY) && g_str_has_prefix (query, QUERY_KEY))
        return g_uri_unescape_segment (query + strlen (QUERY_KEY), query + length, NULL);
      query += length + (query[length] == '&' ? 1 : 0);
    }
  return NULL;
}

/**
 * jump_shown_next_cookie:
 * @position: (inout): in a Cookie header
 * @name: of the cookie
 *
 * Returns: (transfer full) (nullable): its value, as it stands there (RFC 6265 4.2)
 */
char *
jump_shown_next_cookie (const char **position, const char *name)
{
  gsize name_length = strlen (name);

  while (*position != NULL && **position != '\0')
    {
      const char *pair = *position + strspn (*position, " \t;,");
      gsize length = strcspn (pair, ";,");

      *position = pair + length;
      if (length > name_length && strncmp (pair, name, name_length) == 0 &&
          pair[name_length] == '=')
        return g_strchomp (g_strndup (pair + name_length + 1, length - name_length - 1));
    }
  return NULL;
}
