/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/activation.h"

#include <fcntl.h>
#include <unistd.h>

static const char *const variables[] = {
  "LISTEN_PID",    "LISTEN_PIDFDID", "LISTEN_FDS",    "LISTEN_FDNAMES",
  "NOTIFY_SOCKET", "WATCHDOG_PID",   "WATCHDOG_USEC",
};

/* Returns: how many of the sockets are open. */
static guint
set_inherited (guint n_sockets, gboolean is_inherited)
{
  for (guint i = 0; i < n_sockets; i++)
    {
      if (fcntl (JUMP_ACTIVATION_FIRST_FD + (int) i, F_SETFD, is_inherited ? 0 : FD_CLOEXEC) != 0)
        return i;
    }
  return n_sockets;
}

/**
 * jump_activation_take:
 *
 * Before there are threads, since it changes the environment.
 *
 * Returns: (transfer full): what the service manager has handed to this process
 */
JumpActivation *
jump_activation_take (void)
{
  g_auto (GStrv) environment = g_get_environ ();
  JumpActivation *self = jump_activation_new (environment, getpid ());

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    g_unsetenv (variables[i]);
  self->n_sockets = set_inherited (self->n_sockets, FALSE);
  return self;
}

static void
set_number (const char *variable, guint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, number);

  g_setenv (variable, text, TRUE);
}

/**
 * jump_activation_restore:
 * @self: what this process was given
 *
 * The process that goes on is the same one, so its number stays right.
 */
void
jump_activation_restore (const JumpActivation *self)
{
  guint64 pid = (guint64) getpid ();

  if (self->n_sockets > 0)
    {
      g_autofree char *names = g_strjoinv (":", self->names);

      set_inherited (self->n_sockets, TRUE);
      set_number ("LISTEN_PID", pid);
      set_number ("LISTEN_FDS", self->n_sockets);
      g_setenv ("LISTEN_FDNAMES", names, TRUE);
    }
  if (self->notify_socket != NULL)
    g_setenv ("NOTIFY_SOCKET", self->notify_socket, TRUE);
  if (self->watchdog_us > 0)
    {
      set_number ("WATCHDOG_PID", pid);
      set_number ("WATCHDOG_USEC", self->watchdog_us);
    }
}
