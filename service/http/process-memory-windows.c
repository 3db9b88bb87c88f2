/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/process-memory.h"

#include <windows.h>

/* after windows.h, which they need */
#include <psapi.h>
#include <tlhelp32.h>

static guint
count_threads (void)
{
  HANDLE all = CreateToolhelp32Snapshot (TH32CS_SNAPTHREAD, 0);
  THREADENTRY32 thread = { .dwSize = sizeof thread };
  guint n = 0;

  if (all == INVALID_HANDLE_VALUE)
    return 0;
  for (BOOL is_there = Thread32First (all, &thread); is_there;
       is_there = Thread32Next (all, &thread))
    {
      if (thread.th32OwnerProcessID == GetCurrentProcessId ())
        n++;
    }
  CloseHandle (all);
  return n;
}

/**
 * jump_process_memory_read:
 * @self: (out caller-allocates): filled; what Windows commits for us alone counts as our own
 */
void
jump_process_memory_read (JumpProcessMemory *self)
{
  PROCESS_MEMORY_COUNTERS_EX memory = { .cb = sizeof memory };
  DWORD n_handles = 0;

  *self = (JumpProcessMemory){ 0 };
  if (GetProcessMemoryInfo (GetCurrentProcess (),
                            (PROCESS_MEMORY_COUNTERS *) &memory,
                            sizeof memory))
    {
      self->resident = memory.WorkingSetSize;
      self->resident_own = MIN (memory.PrivateUsage, memory.WorkingSetSize);
      self->virtual = memory.PagefileUsage;
    }
  if (GetProcessHandleCount (GetCurrentProcess (), &n_handles))
    self->n_fds = n_handles;
  self->n_threads = count_threads ();
}
