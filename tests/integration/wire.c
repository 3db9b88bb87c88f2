/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/wire.h"

#include <string.h>

Wire *
wire_new (Fixture *fixture)
{
  Wire *self = g_new0 (Wire, 1);
  g_autoptr (GSocketAddress) address =
      g_inet_socket_address_new_from_string ("127.0.0.1", jump_service_get_port (fixture->service));
  g_autoptr (GError) error = NULL;

  self->socket =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_connect (self->socket, address, NULL, &error);
  g_assert_no_error (error);
  g_socket_set_blocking (self->socket, FALSE);
  self->got = g_string_new (NULL);
  return self;
}

void
wire_free (Wire *self)
{
  g_clear_object (&self->socket);
  g_string_free (self->got, TRUE);
  g_free (self);
}

void
wire_send (Wire *self, const char *data, gsize length)
{
  while (length > 0)
    {
      gssize n_sent = g_socket_send (self->socket, data, length, NULL, NULL);

      if (n_sent > 0)
        {
          data += n_sent;
          length -= (gsize) n_sent;
        }
      turn_some (5);
    }
}

void
wire_read (Wire *self)
{
  char buffer[65536];
  gssize n_read;

  while ((n_read = g_socket_receive (self->socket, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_string_append_len (self->got, buffer, n_read);
  if (n_read == 0 || !g_socket_is_connected (self->socket))
    self->is_closed = TRUE;
}

guint
count_text (const char *text, const char *needle)
{
  guint n = 0;

  for (const char *at = strstr (text, needle); at != NULL;
       at = strstr (at + strlen (needle), needle))
    n++;
  return n;
}

static gboolean
has_needles (gpointer data)
{
  Wire *self = data;

  wire_read (self);
  return count_text (self->got->str, self->needle) >= self->wanted;
}

static gboolean
has_closed (gpointer data)
{
  Wire *self = data;

  wire_read (self);
  return self->is_closed;
}

void
wire_wait_for (Wire *self, const char *needle, guint times)
{
  self->needle = needle;
  self->wanted = times;
  turn_until (has_needles, self);
}

void
wire_wait_for_end (Wire *self)
{
  turn_until (has_closed, self);
}
