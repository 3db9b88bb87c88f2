/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/peer-owner.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534

typedef struct
{
  GSocket *listener;
  guint16 port;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer host)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (host, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  fixture->listener = g_socket_new (g_socket_address_get_family (address),
                                    G_SOCKET_TYPE_STREAM,
                                    G_SOCKET_PROTOCOL_TCP,
                                    &error);
  g_assert_no_error (error);
  if (!g_socket_bind (fixture->listener, address, TRUE, NULL))
    return; /* no IPv6 here */
  g_assert_true (g_socket_listen (fixture->listener, NULL));
  bound = g_socket_get_local_address (fixture->listener, NULL);
  fixture->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

static void
tear_down (Fixture *fixture, gconstpointer host)
{
  g_object_unref (fixture->listener);
}

static GSocket *
connect_to (Fixture *fixture, const char *host)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (host, fixture->port);
  GSocket *client = g_socket_new (g_socket_address_get_family (address),
                                  G_SOCKET_TYPE_STREAM,
                                  G_SOCKET_PROTOCOL_TCP,
                                  NULL);

  g_assert_true (g_socket_connect (client, address, NULL, NULL));
  return client;
}

#ifdef __linux__
static guint64
get_inode (GSocket *socket)
{
  struct stat facts;

  g_assert_cmpint (fstat (g_socket_get_fd (socket), &facts), ==, 0);
  return facts.st_ino;
}
#endif

static void
test_own (Fixture *fixture, gconstpointer host)
{
  g_autoptr (GSocket) client = NULL;
  g_autoptr (GSocket) accepted = NULL;
  guint64 inode;

  if (fixture->port == 0)
    {
      g_test_skip ("this machine does not have that address");
      return;
    }
  client = connect_to (fixture, host);
  accepted = g_socket_accept (fixture->listener, NULL, NULL);
#ifdef __linux__
  g_assert_cmpint (jump_peer_owner_find (accepted, &inode), ==, JUMP_PEER_OWN);
  g_assert_cmpuint (inode, ==, get_inode (client));
  /* nobody can hide by leaving */
  g_socket_close (client, NULL);
  g_assert_cmpint (jump_peer_owner_find (accepted, &inode), ==, JUMP_PEER_OTHER);
#else
  g_assert_cmpint (jump_peer_owner_find (accepted, &inode), ==, JUMP_PEER_UNKNOWN);
#endif
}

#ifdef __linux__
static void
test_other (Fixture *fixture, gconstpointer host)
{
  g_autoptr (GSocket) accepted = NULL;
  guint64 inode;
  int go[2];
  int status;
  pid_t child;
  char end = '.';

  if (fixture->port == 0 || getuid () != 0)
    {
      g_test_skip ("only the administrator can be another user as well");
      return;
    }
  g_assert_cmpint (pipe (go), ==, 0);
  child = fork ();
  if (child == 0)
    {
      g_autoptr (GSocket) client = NULL;

      close (go[1]);
      if (setuid (NOBODY) != 0)
        _exit (1);
      client = connect_to (fixture, host);
      _exit (read (go[0], &end, 1) == 0 && client != NULL ? 0 : 2);
    }
  close (go[0]);
  accepted = g_socket_accept (fixture->listener, NULL, NULL);
  g_assert_cmpint (jump_peer_owner_find (accepted, &inode), ==, JUMP_PEER_OTHER);
  close (go[1]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
}
#endif

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/peer-owner/own/ip4", Fixture, "127.0.0.1", set_up, test_own, tear_down);
  g_test_add ("/peer-owner/own/ip6", Fixture, "::1", set_up, test_own, tear_down);
#ifdef __linux__
  g_test_add ("/peer-owner/other/ip4", Fixture, "127.0.0.1", set_up, test_other, tear_down);
  g_test_add ("/peer-owner/other/ip6", Fixture, "::1", set_up, test_other, tear_down);
#endif
  return g_test_run ();
}
