/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/web-origin.h"

#include <string.h>

#define HTTP_PORT  80
#define HTTPS_PORT 443

/* Returns: (transfer full): without the port that the scheme means anyway */
static char *
write_origin (gboolean is_tls, const JumpHostName *host)
{
  const char *scheme = is_tls ? "https" : "http";
  gboolean is_ipv6 = strchr (host->name, ':') != NULL;
  g_autofree char *name =
      g_strdup_printf ("%s%s%s", is_ipv6 ? "[" : "", host->name, is_ipv6 ? "]" : "");

  if (host->port == 0 || host->port == (is_tls ? HTTPS_PORT : HTTP_PORT))
    return g_strdup_printf ("%s://%s", scheme, name);
  return g_strdup_printf ("%s://%s:%u", scheme, name, host->port);
}

/**
 * jump_web_origin_normalize:
 * @text: (nullable): an Origin header, or a line of the settings
 *
 * Returns: (transfer full) (nullable): the origin; NULL when @text is none of http or https. "null", which a
 *   browser sends for pages that hide where they come from, is none.
 */
char *
jump_web_origin_normalize (const char *text)
{
  gboolean is_tls;
  JumpHostName host;

  if (text == NULL)
    return NULL;
  is_tls = g_ascii_strncasecmp (text, "https://", 8) == 0;
  if (!is_tls && g_ascii_strncasecmp (text, "http://", 7) != 0)
    return NULL;
  if (!jump_host_name_parse (&host, text + (is_tls ? 8 : 7)))
    return NULL;
  return write_origin (is_tls, &host);
}

char *
jump_web_origin_new (gboolean is_tls, const JumpHostName *host)
{
  return write_origin (is_tls, host);
}
