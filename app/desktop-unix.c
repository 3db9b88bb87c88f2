/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/desktop.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <unistd.h>

#define FIRST_OTHER_FILE 3 /* after standard input, output and error */
#define MAX_FILES        65536

static gboolean
is_set (const char *variable)
{
  const char *value = g_getenv (variable);

  return value != NULL && *value != '\0';
}

/**
 * jump_desktop_has_display:
 *
 * Returns: whether a window could be shown
 */
gboolean
jump_desktop_has_display (void)
{
  return is_set ("WAYLAND_DISPLAY") || is_set ("DISPLAY");
}

/**
 * jump_desktop_is_terminal:
 *
 * Returns: whether standard output is read by a person
 */
gboolean
jump_desktop_is_terminal (void)
{
  return isatty (STDOUT_FILENO) == 1;
}

/**
 * jump_desktop_open_uri:
 * @uri: an https address
 *
 * Without a display nothing is tried: a text browser would take over the terminal.
 *
 * Returns: whether some program took it
 */
gboolean
jump_desktop_open_uri (const char *uri)
{
  return jump_desktop_has_display () && g_app_info_launch_default_for_uri (uri, NULL, NULL);
}

/**
 * jump_desktop_find_program:
 * @called: argv[0]
 *
 * Returns: (transfer full): the path of the running program, as it was called: a newer one that is
 *   installed there meanwhile is what should be started next
 */
char *
jump_desktop_find_program (const char *called)
{
  g_autofree char *found = called == NULL ? NULL : g_find_program_in_path (called);

  return found == NULL ? g_strdup ("jumpseat") : g_canonicalize_filename (found, NULL);
}

/* A session of its own, so that Ctrl-C in our terminal does not reach it. */
static void
on_child_set_up (gpointer user_data)
{
  setsid ();
}

/**
 * jump_desktop_spawn:
 * @arguments: the program and what it gets
 * @error: G_SPAWN_ERROR
 *
 * Returns: whether it was started
 */
gboolean
jump_desktop_spawn (char **arguments, GError **error)
{
  return g_spawn_async (NULL,
                        arguments,
                        NULL,
                        G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL |
                            G_SPAWN_STDERR_TO_DEV_NULL,
                        on_child_set_up,
                        NULL,
                        NULL,
                        error);
}

/* Sockets of a service manager go on to the next program, where the environment says so. */
static long
count_handed_on (void)
{
  const char *text = g_getenv ("LISTEN_FDS");
  guint64 count = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, MAX_FILES, &count, NULL))
    return 0;
  return (long) count;
}

/**
 * jump_desktop_replace_program:
 * @arguments: the program and what it gets
 * @error: G_IO_ERROR
 *
 * Keeps the process and so its terminal and its parent. No file of ours stays open in it, but for those
 * that LISTEN_FDS announces.
 */
void
jump_desktop_replace_program (char **arguments, GError **error)
{
  long max = sysconf (_SC_OPEN_MAX);
  int problem;

  for (long fd = FIRST_OTHER_FILE + count_handed_on (); fd < MIN (max, MAX_FILES); fd++)
    {
      int flags = fcntl ((int) fd, F_GETFD);

      if (flags >= 0)
        fcntl ((int) fd, F_SETFD, flags | FD_CLOEXEC);
    }
  execvp (arguments[0], arguments);
  problem = errno;
  g_set_error (error,
               G_IO_ERROR,
               g_io_error_from_errno (problem),
               "%s: %s",
               arguments[0],
               g_strerror (problem));
}
