/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/places.h"

/* The program lies in bin, or in the folder itself. */
static char *
build_place (const char *first, const char *second)
{
  g_autofree char *root = g_win32_get_package_installation_directory_of_module (NULL);

  return g_build_filename (root, first, second, NULL);
}

char *
jump_places_dup_module_dir (void)
{
  return build_place ("lib", "jumpseat");
}

char *
jump_places_dup_locale_dir (void)
{
  return build_place ("share", "locale");
}
