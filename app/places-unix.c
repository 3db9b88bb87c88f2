/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/places.h"

char *
jump_places_dup_module_dir (void)
{
  return g_strdup (JUMPSEAT_MODULE_DIR);
}

char *
jump_places_dup_locale_dir (void)
{
  return g_strdup (JUMPSEAT_LOCALE_DIR);
}
