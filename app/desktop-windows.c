/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/desktop.h"

#include <gio/gio.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

/* after windows.h, which it needs */
#include <shellapi.h>

#define PATH_LENGTH 4096

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
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (uri, -1, NULL, NULL, NULL);

  /* what is above 32 means that it has worked */
  return wide != NULL &&
         (INT_PTR) ShellExecuteW (NULL, L"open", (const WCHAR *) wide, NULL, NULL, SW_SHOWNORMAL) >
             32;
}

/**
 * jump_desktop_find_program:
 * @called: argv[0], not needed here
 *
 * Returns: (transfer full): the path of the running program
 */
char *
jump_desktop_find_program (const char *called)
{
  WCHAR path[PATH_LENGTH];
  DWORD length = GetModuleFileNameW (NULL, path, G_N_ELEMENTS (path));
  char *found = length == 0 || length >= G_N_ELEMENTS (path)
                    ? NULL
                    : g_utf16_to_utf8 ((const gunichar2 *) path, -1, NULL, NULL, NULL);

  return found != NULL ? found : g_strdup (called != NULL ? called : "jumpseat.exe");
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
