/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What this computer is called among the others of a folder. Pure. */

/* Returns: static: "_Linux", "_WSL" or "_Win". @kernel: (nullable): what /proc/version says */
const char *jump_usage_machine_get_system (const char *kernel);
/* Returns: (transfer full): a folder's name that every system takes, with @system at its end. @name: nullable */
char *jump_usage_machine_make (const char *name, const char *system);
