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

#define LETTERS "abcdefghijklmnopqrstuvwxyz"
#define DIGITS  "0123456789"

/* Of a page within a program: "app://name", "chrome-extension://abcdef". There are no ports, and files have
 * no origin of their own.
 * Returns: (transfer full) (nullable) */
static char *
write_app_origin (const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  gsize scheme = strspn (lower, LETTERS DIGITS "+-.");
  const char *name;

  if (!g_ascii_isalpha (*lower) || !g_str_has_prefix (lower + scheme, "://") ||
      g_str_has_prefix (lower, "file:"))
    return NULL;
  name = lower + scheme + strlen ("://");
  if (*name == '\0' || strlen (name) > JUMP_HOST_NAME_MAX ||
      strspn (name, LETTERS DIGITS "-._") != strlen (name))
    return NULL;
  return g_steal_pointer (&lower);
}

/**
 * jump_web_origin_normalize:
 * @text: (nullable): an Origin header, or a line of the settings
 *
 * Returns: (transfer full) (nullable): the origin; NULL when @text is none. "null", which a browser sends for
 *   pages that hide where they come from, is none.
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
    return write_app_origin (text);
  if (!jump_host_name_parse (&host, text + (is_tls ? 8 : 7)))
    return NULL;
  return write_origin (is_tls, &host);
}

char *
jump_web_origin_new (gboolean is_tls, const JumpHostName *host)
{
  return write_origin (is_tls, host);
}
