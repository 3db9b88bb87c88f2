/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/usage-machine.h"

#include "service/usage/usage-lines.h"

#include <string.h>

/* A folder's name may be longer; nobody reads one that is. */
#define MAX_NAME 64

#ifdef G_OS_WIN32
#define SYSTEM "_Win"
#else
#define SYSTEM "_Linux"
#endif

/**
 * jump_usage_machine_get_system:
 * @kernel: (nullable): the text of /proc/version, which names Microsoft inside Windows' own Linux
 *
 * Returns: static: what ends the name of a computer
 */
const char *
jump_usage_machine_get_system (const char *kernel)
{
  g_autofree char *lower = kernel == NULL ? NULL : g_ascii_strdown (kernel, -1);

  return lower != NULL && strstr (lower, "microsoft") != NULL ? "_WSL" : SYSTEM;
}

/**
 * jump_usage_machine_make:
 * @name: (nullable): as a person wrote it
 * @system: its ending
 *
 * Returns: (transfer full): letters, digits, dots, dashes and underscores, no hidden file
 */
char *
jump_usage_machine_make (const char *name, const char *system)
{
  g_autofree char *clean = g_strndup (name != NULL ? name : "", MAX_NAME);

  g_strcanon (g_strstrip (clean),
              "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-",
              '-');
  if (*clean == '.')
    *clean = '-';
  if (*clean == '\0')
    return g_strconcat ("computer", system, NULL);
  return g_str_has_suffix (clean, system) ? g_strdup (clean) : g_strconcat (clean, system, NULL);
}

/**
 * jump_usage_machine_new:
 * @name: (nullable): of the settings; NULL and "" for the host's
 *
 * Returns: (transfer full): such as "desk_Linux"
 */
char *
jump_usage_machine_new (const char *name)
{
  g_autofree char *kernel = NULL;

  g_file_get_contents ("/proc/version", &kernel, NULL, NULL);
  return jump_usage_machine_make (name != NULL && *name != '\0' ? name : g_get_host_name (),
                                  jump_usage_machine_get_system (kernel));
}
