/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Where Jumpseat keeps things. Built once in main from the environment
 * (JUMPSEAT_CONFIG_DIR, JUMPSEAT_DATA_DIR, XDG folders) and passed down; nothing is created here. */

#define JUMP_CLIENT_KEY_FILE_VARIABLE "JUMPSEAT_CLIENT_KEY_FILE"

typedef struct
{
  char *config_dir;      /* (owned) jumpseat.conf */
  char *data_dir;        /* (owned) secrets/, catalogue copy, machine id */
  char *runtime_dir;     /* (owned) control files of running instances */
  char *settings_file;   /* (owned) usually config_dir/jumpseat.conf */
  char *client_key_file; /* (owned) (nullable) client keys that somebody else has chosen */
} JumpPaths;

JumpPaths *jump_paths_new_from_environment (void);
JumpPaths *jump_paths_new (const char *config_dir, const char *data_dir, const char *runtime_dir);
JumpPaths *jump_paths_copy (const JumpPaths *self);
void jump_paths_free (JumpPaths *self);
gboolean jump_paths_make_private_dir (const char *dir, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpPaths, jump_paths_free)
