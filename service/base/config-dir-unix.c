/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/config-dir.h"

char *
jump_config_dir_find (void)
{
  return g_strdup (g_get_user_config_dir ());
}
