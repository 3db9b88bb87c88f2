/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/access.h"

#include "service/base/secret-text.h"

#include <string.h>

#define STATUS_UNAUTHORIZED 401
#define STATUS_FORBIDDEN    403
#define STATUS_MISDIRECTED  421

static gboolean
is_port (const char *text)
{
  gsize digits = strspn (text, "0123456789");

  return digits > 0 && digits <= 5 && text[digits] == '\0';
}

static gboolean
name_is_loopback (const char *name, gsize length)
{
  static const char *const names[] = { "localhost", "127.0.0.1", "[::1]" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (strlen (names[i]) == length && g_ascii_strncasecmp (names[i], name, length) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * jump_access_host_is_loopback:
 * @host: (nullable): value of a Host header
 *
 * A page that reaches us through DNS rebinding sends its own name here, whatever the address.
 *
 * Returns: TRUE for "localhost", "127.0.0.1" and "[::1]", with or without a port
 */
gboolean
jump_access_host_is_loopback (const char *host)
{
  const char *colon;

  if (host == NULL)
    return FALSE;
  colon = strrchr (host, ':');
  if (colon != NULL && strchr (colon, ']') == NULL)
    return is_port (colon + 1) && name_is_loopback (host, (gsize) (colon - host));
  return name_is_loopback (host, strlen (host));
}

/* Our own pages, if any: same scheme, a loopback name, one of our ports. */
static gboolean
origin_is_own (const char *origin, const guint16 *ports)
{
  const char *colon;
  guint64 port = 80;

  if (!g_str_has_prefix (origin, "http://") || !jump_access_host_is_loopback (origin + 7))
    return FALSE;
  colon = strrchr (origin + 7, ':');
  if (colon != NULL && strchr (colon, ']') == NULL)
    port = g_ascii_strtoull (colon + 1, NULL, 10);
  for (; *ports != 0; ports++)
    {
      if (*ports == port)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_control_key (const char *authorization, const char *control_key)
{
  if (control_key == NULL || authorization == NULL ||
      g_ascii_strncasecmp (authorization, "Bearer ", 7) != 0)
    return FALSE;
  return jump_secret_equal (authorization + 7, control_key);
}

/**
 * jump_access_check:
 * @class: what the route is
 * @headers: what the request says of itself
 * @control_key: (nullable): the key of this run
 * @ports: (array zero-terminated=1): where we listen
 * @out_reason: (out) (transfer none) (optional): why not
 *
 * Browsers always send Origin with a cross-site POST and Sec-Fetch-Site with everything, and pages
 * cannot change either; programs send neither. So a request that carries a foreign one is a web
 * page trying to spend somebody's seat.
 *
 * Returns: 0 to admit, or 401, 403, 421
 */
guint
jump_access_check (JumpAccessClass class,
                   const JumpAccessHeaders *headers,
                   const char *control_key,
                   const guint16 *ports,
                   const char **out_reason)
{
  const char *reason;
  const char **out = out_reason != NULL ? out_reason : &reason;

  if (!jump_access_host_is_loopback (headers->host))
    {
      *out = "the Host header must be localhost, 127.0.0.1 or [::1]";
      return STATUS_MISDIRECTED;
    }
  if (headers->origin != NULL && !origin_is_own (headers->origin, ports))
    {
      *out = "requests from web pages are refused";
      return STATUS_FORBIDDEN;
    }
  if (headers->sec_fetch_site != NULL && !g_str_equal (headers->sec_fetch_site, "same-origin") &&
      !g_str_equal (headers->sec_fetch_site, "none"))
    {
      *out = "requests from web pages are refused";
      return STATUS_FORBIDDEN;
    }
  switch (class)
    {
    case JUMP_ACCESS_OPEN:
    case JUMP_ACCESS_MODEL:
      return 0;
    case JUMP_ACCESS_CONTROL:
      if (has_control_key (headers->authorization, control_key))
        return 0;
      *out = "the control API needs this run's control key";
      return STATUS_UNAUTHORIZED;
    }
  *out = "not allowed";
  return STATUS_FORBIDDEN;
}
