/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/activation.h"

#include <string.h>

#define PID 4711

static void
test_sockets (void)
{
  static const struct
  {
    const char *environment; /* separated by spaces */
    const char *names;       /* separated by commas */
  } cases[] = {
    { "", "" },
    { "LISTEN_FDS=1", "" },
    { "LISTEN_PID=4711 LISTEN_FDS=1", "unknown" },
    { "LISTEN_PID=4711 LISTEN_FDS=2 LISTEN_FDNAMES=main:ollama", "main,ollama" },
    { "LISTEN_PID=4711 LISTEN_FDS=3 LISTEN_FDNAMES=main", "main,unknown,unknown" },
    { "LISTEN_PID=4711 LISTEN_FDS=2 LISTEN_FDNAMES=:b", "unknown,b" },
    { "LISTEN_PID=4711 LISTEN_FDS=1 LISTEN_FDNAMES=a:b:c", "a" },
    /* of a parent */
    { "LISTEN_PID=4712 LISTEN_FDS=1 LISTEN_FDNAMES=main", "" },
    { "LISTEN_PID=1 LISTEN_FDS=1", "" },
    /* nonsense */
    { "LISTEN_PID=4711 LISTEN_FDS=0", "" },
    { "LISTEN_PID=4711 LISTEN_FDS=-1", "" },
    { "LISTEN_PID=4711 LISTEN_FDS=two", "" },
    { "LISTEN_PID=4711 LISTEN_FDS=2147483647", "" },
    { "LISTEN_PID=4711x LISTEN_FDS=1", "" },
    { "LISTEN_PID= LISTEN_FDS=1", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) environment = g_strsplit (cases[i].environment, " ", -1);
      g_autoptr (JumpActivation) activation = jump_activation_new (environment, PID);
      g_autofree char *names = g_strjoinv (",", activation->names);

      g_test_message ("%s", cases[i].environment);
      g_assert_cmpstr (names, ==, cases[i].names);
      g_assert_cmpuint (activation->n_sockets, ==, g_strv_length (activation->names));
      g_assert_null (activation->notify_socket);
    }
}

static void
test_notify (void)
{
  static const struct
  {
    const char *environment;
    const char *socket;
    guint64 watchdog_us;
  } cases[] = {
    { "NOTIFY_SOCKET=/run/user/1000/systemd/notify", "/run/user/1000/systemd/notify", 0 },
    { "NOTIFY_SOCKET=@abstract", "@abstract", 0 },
    { "NOTIFY_SOCKET=", NULL, 0 },
    { "NOTIFY_SOCKET=@", NULL, 0 },
    { "NOTIFY_SOCKET=relative", NULL, 0 },
    { "NOTIFY_SOCKET=vsock:2:1234", NULL, 0 },
    { "WATCHDOG_USEC=30000000", NULL, 30000000 },
    { "WATCHDOG_USEC=30000000 WATCHDOG_PID=4711", NULL, 30000000 },
    { "WATCHDOG_USEC=30000000 WATCHDOG_PID=1", NULL, 0 },
    { "WATCHDOG_USEC=soon", NULL, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) environment = g_strsplit (cases[i].environment, " ", -1);
      g_autoptr (JumpActivation) activation = jump_activation_new (environment, PID);

      g_test_message ("%s", cases[i].environment);
      g_assert_cmpstr (activation->notify_socket, ==, cases[i].socket);
      g_assert_cmpuint (activation->watchdog_us, ==, cases[i].watchdog_us);
    }
}

/* Nothing that we start is meant, but the program that takes our place is. */
static void
test_environment (void)
{
  static const char *const variables[] = { "LISTEN_PID",    "LISTEN_FDS",   "LISTEN_FDNAMES",
                                           "NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC" };
  g_autoptr (JumpActivation) activation = NULL;

  g_setenv ("LISTEN_PID", "1", TRUE);
  g_setenv ("LISTEN_FDS", "3", TRUE);
  g_setenv ("LISTEN_FDNAMES", "a:b:c", TRUE);
  g_setenv ("NOTIFY_SOCKET", "@here", TRUE);
  g_setenv ("WATCHDOG_USEC", "5000000", TRUE);
  g_unsetenv ("WATCHDOG_PID");
  activation = jump_activation_take ();
  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    g_assert_null (g_getenv (variables[i]));
  g_assert_cmpuint (activation->n_sockets, ==, 0);

  jump_activation_restore (activation);
  g_assert_null (g_getenv ("LISTEN_FDS"));
  g_assert_cmpstr (g_getenv ("NOTIFY_SOCKET"), ==, "@here");
  g_assert_cmpstr (g_getenv ("WATCHDOG_USEC"), ==, "5000000");
  g_assert_nonnull (g_getenv ("WATCHDOG_PID"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/activation/sockets", test_sockets);
  g_test_add_func ("/activation/notify", test_notify);
  g_test_add_func ("/activation/environment", test_environment);
  return g_test_run ();
}
