/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/desktop.h"

#include <gio/gio.h>
#include <io.h>
#include <stdio.h>

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
