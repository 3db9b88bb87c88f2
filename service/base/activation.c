/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/activation.h"

/* What nobody gave a name; the word is that of sd_listen_fds_with_names(3). */
#define NO_NAME "unknown"
/* More would be a mistake, and keeps the numbers of files in an int. */
#define MAX_SOCKETS 64

static guint64
read_number (char **environment, const char *variable, guint64 max)
{
  const char *text = g_environ_getenv (environment, variable);
  guint64 number = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, max, &number, NULL))
    return 0;
  return number;
}

static GStrv
read_names (char **environment, guint n_sockets)
{
  const char *text = g_environ_getenv (environment, "LISTEN_FDNAMES");
  g_auto (GStrv) said = g_strsplit (text == NULL ? "" : text, ":", -1);
  guint n_said = g_strv_length (said);
  GStrv names = g_new0 (char *, n_sockets + 1);

  for (guint i = 0; i < n_sockets; i++)
    names[i] = g_strdup (i < n_said && *said[i] != '\0' ? said[i] : NO_NAME);
  return names;
}

/**
 * jump_activation_new:
 * @environment: as of g_get_environ()
 * @pid: of the process it is for
 *
 * Sockets count only when LISTEN_PID says that they are for @pid: variables are inherited further
 * than files. WATCHDOG_PID says the same, but may be missing. What is no number counts as not said.
 *
 * Returns: (transfer full): what it says
 */
JumpActivation *
jump_activation_new (char **environment, gint64 pid)
{
  JumpActivation *self = g_new0 (JumpActivation, 1);
  const char *notify_socket = g_environ_getenv (environment, "NOTIFY_SOCKET");
  guint64 own = (guint64) pid;

  if (read_number (environment, "LISTEN_PID", G_MAXINT32) == own)
    self->n_sockets = (guint) read_number (environment, "LISTEN_FDS", MAX_SOCKETS);
  self->names = read_names (environment, self->n_sockets);
  if (notify_socket != NULL && (*notify_socket == '/' || *notify_socket == '@') &&
      notify_socket[1] != '\0')
    self->notify_socket = g_strdup (notify_socket);
  if (g_environ_getenv (environment, "WATCHDOG_PID") == NULL ||
      read_number (environment, "WATCHDOG_PID", G_MAXINT32) == own)
    self->watchdog_us = read_number (environment, "WATCHDOG_USEC", G_MAXINT64);
  return self;
}

void
jump_activation_free (JumpActivation *self)
{
  g_strfreev (self->names);
  g_free (self->notify_socket);
  g_free (self);
}
