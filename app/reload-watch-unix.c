/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/reload-watch.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <unistd.h>

/* Asked at the start: when the signal comes, the terminal is gone. */
static gboolean
has_terminal (void)
{
  int fd = open ("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);

  if (fd < 0)
    return FALSE;
  close (fd);
  return TRUE;
}

/* As nohup(1) leaves it. */
static gboolean
is_ignored (void)
{
  struct sigaction action;

  return sigaction (SIGHUP, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

guint
jump_reload_watch_add (GSourceFunc func, gpointer user_data)
{
  return has_terminal () || is_ignored () ? 0 : g_unix_signal_add (SIGHUP, func, user_data);
}
