/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/desktop.h"

#include <gio/gio.h>
#include <unistd.h>

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
