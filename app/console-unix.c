/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/console.h"

char **
jump_console_open (char **argv)
{
  return g_strdupv (argv);
}
