/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/environment.h"

#include <glib.h>

/* The system keeps no second copy that others could read. */
void
jump_environment_wipe (const char *name)
{
  g_unsetenv (name);
}
