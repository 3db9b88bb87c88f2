/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/config-dir.h"

#include <windows.h>

/* after windows.h, which they need */
#include <knownfolders.h>
#include <shlobj.h>

/* Settings go with their user from machine to machine (AppData\Roaming); GLib would put them where the
 * machine's own data are, which is right for the history. */
char *
jump_config_dir_find (void)
{
  PWSTR path = NULL;
  char *text = NULL;

  if (SHGetKnownFolderPath (&FOLDERID_RoamingAppData, 0, NULL, &path) == S_OK)
    text = g_utf16_to_utf8 ((const gunichar2 *) path, -1, NULL, NULL, NULL);
  CoTaskMemFree (path);
  return text != NULL ? text : g_strdup (g_get_user_config_dir ());
}
