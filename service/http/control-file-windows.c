/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/control-file-private.h"

#include <windows.h>

/**
 * jump_control_file_own_pid:
 *
 * Returns: the process id of this program
 */
gint64
jump_control_file_own_pid (void)
{
  return GetCurrentProcessId ();
}

/**
 * jump_control_file_process_lives:
 * @pid: a process id as written in a control file
 *
 * Returns: whether some process has this id
 */
gboolean
jump_control_file_process_lives (gint64 pid)
{
  HANDLE process;
  DWORD code = 0;
  gboolean lives;

  if (pid <= 0 || pid > G_MAXUINT32)
    return FALSE;
  process = OpenProcess (PROCESS_QUERY_LIMITED_INFORMATION, FALSE, (DWORD) pid);
  if (process == NULL)
    return GetLastError () == ERROR_ACCESS_DENIED;
  lives = GetExitCodeProcess (process, &code) && code == STILL_ACTIVE;
  CloseHandle (process);
  return lives;
}
