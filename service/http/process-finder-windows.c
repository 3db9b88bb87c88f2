/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/process-finder.h"
#include "service/http/process-windows.h"

/* Whose a connection is was found with the connection (peer-owner-windows.c), so there is nothing to
 * look through. */
struct _JumpProcessFinder
{
  char unused;
};

JumpProcessFinder *
jump_process_finder_new (JumpClock *clock)
{
  return g_new0 (JumpProcessFinder, 1);
}

void
jump_process_finder_set_root (JumpProcessFinder *self, const char *root)
{
}

void
jump_process_finder_free (JumpProcessFinder *self)
{
  g_free (self);
}

/**
 * jump_process_finder_find:
 * @self: a finder
 * @inode: the id of the process
 * @process: gets its text at once
 */
void
jump_process_finder_find (JumpProcessFinder *self, guint64 inode, JumpClientProcess *process)
{
  char *text =
      inode != 0 && inode <= G_MAXINT ? jump_process_finder_name (self, (int) inode) : NULL;

  if (text != NULL)
    jump_client_process_set_text (process, text);
}

char *
jump_process_finder_name (JumpProcessFinder *self, int pid)
{
  g_autofree char *name = jump_process_windows_dup_name ((guint32) pid);

  return name != NULL ? g_strdup_printf ("%s (%d)", name, pid) : NULL;
}
