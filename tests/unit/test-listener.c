/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/http/listener.h"

static void
on_accepted (GSocket *socket, gpointer user_data)
{
}

static JumpListener *
listen_at (JumpPoller *poller, const char *address, guint16 port, GError **error)
{
  return jump_listener_new (poller, address, port, on_accepted, NULL, error);
}

/* A port that somebody has on one of the two addresses is no use, and is not offered. */
static void
test_half_taken (void)
{
  static const char *const addresses[] = { "127.0.0.1", "::1" };
  g_autoptr (JumpPoller) poller = jump_poller_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) refusal = NULL;
      g_autoptr (JumpListener) other = listen_at (poller, addresses[i], 0, &error);
      g_autoptr (JumpListener) ours = NULL;
      guint16 port;

      if (other == NULL)
        {
          g_test_skip ("no IPv6 here");
          return;
        }
      port = jump_listener_get_port (other);
      ours = listen_at (poller, "loopback", port, &refusal);
      g_assert_error (refusal, JUMP_ERROR, JUMP_ERROR_BUSY_PORT);
      g_assert_null (ours);
      g_assert_cmpuint (jump_listener_find_free_port ("loopback", port - 1), !=, port);
      g_assert_cmpuint (jump_listener_find_free_port (addresses[1 - i], port - 1), ==, port);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/listener/half-taken", test_half_taken);
  return g_test_run ();
}
