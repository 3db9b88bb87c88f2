/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/listen-address.h"

#include "service/base/error.h"
#include "service/base/paths.h"

#include <gio/gio.h>

/**
 * jump_listen_address_list_hosts:
 * @address: "loopback", "any" or an IP address
 *
 * Returns: (transfer full): what has to be there comes first; of a pair like 0.0.0.0 and :: one will do
 */
GStrv
jump_listen_address_list_hosts (const char *address)
{
  static const char *const loopback[] = { "127.0.0.1", "::1", NULL };
  static const char *const any[] = { "0.0.0.0", "::", NULL };
  const char *const one[] = { address, NULL };
  const char *const one_and_loopback[] = { address, "127.0.0.1", "::1", NULL };

  if (g_str_equal (address, "loopback"))
    return g_strdupv ((char **) loopback);
  if (g_str_equal (address, "any"))
    return g_strdupv ((char **) any);
  if (g_str_equal (address, "0.0.0.0") || g_str_equal (address, "::") ||
      jump_listen_address_is_loopback (address))
    return g_strdupv ((char **) one);
  return g_strdupv ((char **) one_and_loopback);
}

gboolean
jump_listen_address_is_loopback (const char *address)
{
  g_autoptr (GInetAddress) inet = NULL;

  if (g_str_equal (address, "loopback"))
    return TRUE;
  inet = g_inet_address_new_from_string (address);
  return inet != NULL && g_inet_address_get_is_loopback (inet);
}

/**
 * jump_listen_address_check:
 * @address: "loopback", "any" or an IP address
 * @setting: where it stands
 * @has_key: whether a client key works
 * @error: JUMP_ERROR_SETTINGS: says what, why and which commands mend it
 *
 * Returns: whether it is safe to listen there
 */
gboolean
jump_listen_address_check (const char *address,
                           const char *setting,
                           gboolean has_key,
                           GError **error)
{
  if (has_key || jump_listen_address_is_loopback (address))
    return TRUE;
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_SETTINGS,
               "%s is %s, where other computers reach this service, and there is no client key "
               "that could keep strangers from your seat: make one with \"jumpseat keys create "
               "NAME\", name a file with one in " JUMP_CLIENT_KEY_FILE_VARIABLE ", or set %s to "
               "loopback",
               setting,
               address,
               setting);
  return FALSE;
}
