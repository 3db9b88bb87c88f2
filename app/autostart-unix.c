/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/autostart-portal.h"
#include "app/autostart-xdg.h"

JumpAutostart *
jump_autostart_new (const char *program, const JumpPaths *paths)
{
  if (jump_autostart_portal_is_needed ())
    return jump_autostart_portal_new (paths->data_dir);
  return jump_autostart_xdg_new (program);
}
