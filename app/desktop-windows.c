/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/desktop.h"

#include <gio/gio.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>

/**
 * jump_desktop_has_display:
 *
 * Returns: whether a window could be shown
 */
gboolean
jump_desktop_has_display (void)
{
  return TRUE;
}

/**
 * jump_desktop_is_terminal:
 *
 * Returns: whether standard output is read by a person
 */
gboolean
jump_desktop_is_terminal (void)
{
  return _isatty (_fileno (stdout)) != 0;
}

/**
 * jump_desktop_open_uri:
 * @uri: an https address
 *
 * Returns: whether some program took it
 */
gboolean
jump_desktop_open_uri (const char *uri)
{
  return g_app_info_launch_default_for_uri (uri, NULL, NULL);
}

/**
 * jump_desktop_find_program:
 * @called: argv[0]
 *
 * Returns: (transfer full): the path of the running program
 */
char *
jump_desktop_find_program (const char *called)
{
  g_autofree char *dir = g_win32_get_package_installation_directory_of_module (NULL);
  g_autofree char *found = called == NULL ? NULL : g_find_program_in_path (called);

  if (found != NULL)
    return g_canonicalize_filename (found, NULL);
  return g_build_filename (dir, "bin", "jumpseat.exe", NULL);
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
                        NULL,
                        NULL,
                        NULL,
                        error);
}

/**
 * jump_desktop_replace_program:
 * @arguments: the program and what it gets
 * @error: G_SPAWN_ERROR
 *
 * A process cannot become another program here: a new one is started, and this one ends.
 */
void
jump_desktop_replace_program (char **arguments, GError **error)
{
  if (jump_desktop_spawn (arguments, error))
    exit (EXIT_SUCCESS);
}
