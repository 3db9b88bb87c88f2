/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/socket-error.h"

#include <winsock2.h>

/* Sockets have numbers of their own there, which strerror() does not know; Windows has whole sentences for
 * them. The usual ones get the words of other systems. */
char *
jump_socket_error_dup_text (int code)
{
  static const struct
  {
    int code;
    const char *text;
  } words[] = {
    { WSAECONNREFUSED, "Connection refused" }, { WSAECONNRESET, "Connection reset by peer" },
    { WSAETIMEDOUT, "Connection timed out" },  { WSAENETUNREACH, "Network is unreachable" },
    { WSAEHOSTUNREACH, "No route to host" },   { WSAENETDOWN, "Network is down" },
    { WSAEACCES, "Permission denied" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (words[i].code == code)
        return g_strdup (words[i].text);
    }
  return g_win32_error_message (code);
}
