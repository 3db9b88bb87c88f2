/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/portable-dir.h"

char *
jump_portable_dir_find (void)
{
  return NULL;
}
