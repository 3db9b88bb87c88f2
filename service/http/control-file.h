/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* How the command line finds a running instance: {address, port, pid, key, version} as JSON in a
 * 0600 file "control-<port>.json" in the 0700 runtime folder. The key is random per run. */

typedef struct
{
  char *path; /* (owned) */
  char *url;  /* (owned) http://127.0.0.1:8081 */
  guint port;
  gint64 pid;
  char *key;     /* (owned) wiped when freed */
  char *version; /* (owned) */
} JumpControlFile;

JumpControlFile *jump_control_file_new (const char *runtime_dir, guint port, const char *url);
gboolean jump_control_file_write (JumpControlFile *self, GError **error);
void jump_control_file_remove (JumpControlFile *self);
void jump_control_file_free (JumpControlFile *self);
/* Returns: (transfer full) (nullable): the file for @port; when there is none and @any_port, the newest
 * whose process lives. Files of processes that are gone are removed on the way. */
JumpControlFile *jump_control_file_find (const char *runtime_dir, guint port, gboolean any_port);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpControlFile, jump_control_file_free)
