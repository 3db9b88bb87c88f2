/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/paths.h"

/* Folders for one test, which vanish with it: config, data and runtime folder below one of /tmp.
 * None of the three is created here, as on a fresh machine. */

typedef struct
{
  char *dir;        /* (owned) */
  JumpPaths *paths; /* (owned) */
} JumpTempHome;

JumpTempHome *jump_temp_home_new (void);
void jump_temp_home_free (JumpTempHome *self);
/* @path: a file, or a folder with all that is in it; links are not followed */
void jump_temp_home_remove (const char *path);
/* Returns: (transfer full): dir/@name */
char *jump_temp_home_get_path (JumpTempHome *self, const char *name);
void jump_temp_home_write (JumpTempHome *self, const char *name, const char *text);
/* Returns: (transfer full) (nullable): NULL when there is no such file. */
char *jump_temp_home_read (JumpTempHome *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpTempHome, jump_temp_home_free)
