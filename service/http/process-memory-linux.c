/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/process-memory.h"

#include <stdio.h>
#include <unistd.h>

static guint
count_entries (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/**
 * jump_process_memory_read:
 * @self: (out caller-allocates): filled from /proc/self (proc(5))
 */
void
jump_process_memory_read (JumpProcessMemory *self)
{
  g_autofree char *statm = NULL;
  guint64 page = (guint64) sysconf (_SC_PAGESIZE);
  unsigned long long size = 0;
  unsigned long long resident = 0;
  unsigned long long shared = 0;

  *self = (JumpProcessMemory){ 0 };
  if (g_file_get_contents ("/proc/self/statm", &statm, NULL, NULL) &&
      sscanf (statm, "%llu %llu %llu", &size, &resident, &shared) == 3)
    {
      self->virtual = size * page;
      self->resident = resident * page;
      self->resident_own = (resident - MIN (shared, resident)) * page;
    }
  self->n_threads = count_entries ("/proc/self/task");
  self->n_fds = count_entries ("/proc/self/fd");
}
