/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/host-name.h"

#include <gio/gio.h>
#include <string.h>

#define NAME_CHARS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._"

static gboolean
read_port (const char *text, guint16 *out_port)
{
  gsize digits = strspn (text, "0123456789");
  guint64 port;

  if (digits == 0 || digits > 5 || text[digits] != '\0')
    return FALSE;
  port = g_ascii_strtoull (text, NULL, 10);
  if (port == 0 || port > G_MAXUINT16)
    return FALSE;
  *out_port = (guint16) port;
  return TRUE;
}

/* As inet_ntop() writes it: there are many ways to write one IPv6 address. */
static gboolean
take_address (JumpHostName *self, GSocketFamily family)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (self->name);
  g_autofree char *text = NULL;

  if (address == NULL || g_inet_address_get_family (address) != family)
    return FALSE;
  text = g_inet_address_to_string (address);
  g_strlcpy (self->name, text, sizeof self->name);
  self->is_address = TRUE;
  return TRUE;
}

static gboolean
take_name (JumpHostName *self, const char *text, gsize length)
{
  if (length == 0 || length > JUMP_HOST_NAME_MAX)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    self->name[i] = g_ascii_tolower (text[i]);
  self->name[length] = '\0';
  return TRUE;
}

/**
 * jump_host_name_parse:
 * @self: (out caller-allocates): valid only when this returns TRUE
 * @text: (nullable): a Host header, or the same part of an origin
 *
 * Returns: whether @text is one name or address, with one port or none (RFC 9110 7.2)
 */
gboolean
jump_host_name_parse (JumpHostName *self, const char *text)
{
  const char *rest;

  *self = (JumpHostName){ 0 };
  if (text == NULL)
    return FALSE;
  if (*text == '[')
    {
      gsize length = strspn (text + 1, "0123456789abcdefABCDEF:.");

      rest = text + 1 + length;
      if (*rest != ']' || !take_name (self, text + 1, length) ||
          !take_address (self, G_SOCKET_FAMILY_IPV6))
        return FALSE;
      rest++;
    }
  else
    {
      gsize length = strspn (text, NAME_CHARS);

      rest = text + length;
      if (!take_name (self, text, length))
        return FALSE;
      take_address (self, G_SOCKET_FAMILY_IPV4);
    }
  return *rest == '\0' || (*rest == ':' && read_port (rest + 1, &self->port));
}

/**
 * jump_host_name_is_loopback:
 * @self: a name
 *
 * A page that reaches us through DNS rebinding calls us by its own name, whatever the address behind it.
 *
 * Returns: TRUE for localhost, 127.0.0.1 and ::1
 */
gboolean
jump_host_name_is_loopback (const JumpHostName *self)
{
  static const char *const names[] = { "localhost", "127.0.0.1", "::1", NULL };

  return jump_host_name_is_one_of (self, names);
}

gboolean
jump_host_name_is_one_of (const JumpHostName *self, const char *const *names)
{
  return names != NULL && g_strv_contains (names, self->name);
}

/**
 * jump_host_name_is_address:
 * @self: a name
 * @address: (nullable): the address at which a connection came in; a socket for both families writes an
 *   IPv4 address as ::ffff:192.0.2.1
 *
 * Returns: whether @self is no name at all but just that address, which no page can take for itself
 */
gboolean
jump_host_name_is_address (const JumpHostName *self, const char *address)
{
  if (address == NULL || !self->is_address)
    return FALSE;
  if (g_ascii_strncasecmp (address, "::ffff:", 7) == 0 && strchr (address, '.') != NULL)
    address += 7;
  return g_ascii_strcasecmp (self->name, address) == 0;
}
