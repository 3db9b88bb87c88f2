/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/control-file-private.h"

#include <gio/gio.h>

/* A connection to this machine comes at once, or waits in the queue of a busy listener. */
#define LIMIT_SECONDS 1

/**
 * jump_control_file_port_answers:
 * @url: of the loopback, by a literal address
 *
 * Blocks for a second at most, and only when the listener is too busy to take connections: that is
 * a yes.
 *
 * Returns: whether somebody listens there
 */
gboolean
jump_control_file_port_answers (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GError) error = NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return FALSE;
  address =
      g_inet_socket_address_new_from_string (g_uri_get_host (uri), (guint) g_uri_get_port (uri));
  if (address == NULL)
    return FALSE;
  socket = g_socket_new (g_socket_address_get_family (address),
                         G_SOCKET_TYPE_STREAM,
                         G_SOCKET_PROTOCOL_TCP,
                         NULL);
  if (socket == NULL)
    return FALSE;
  g_socket_set_timeout (socket, LIMIT_SECONDS);
  return g_socket_connect (socket, address, NULL, &error) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}
