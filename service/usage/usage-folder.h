/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* FOLDER/agents/MACHINE/token_usage.jl of all computers, read line by line. Whoever synchronises the folder may leave
 * halves of files, and copies of them beside ("token_usage (conflicted copy).jl"): a line that stands in several
 * counts once. Blocks: for worker threads. */

typedef struct
{
  /* Before any line of it. */
  void (*on_machine) (const char *machine, gpointer user_data);
  /* @line: not terminated, not checked. */
  void (*on_line) (const char *line, gsize length, gpointer user_data);
} JumpUsageFolderFuncs;

/* A folder that is not there has no lines. FALSE: cancelled. */
gboolean jump_usage_folder_read (const char *folder,
                                 const JumpUsageFolderFuncs *funcs,
                                 gpointer user_data,
                                 GCancellable *cancellable,
                                 GError **error);
