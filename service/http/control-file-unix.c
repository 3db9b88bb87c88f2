/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/control-file-private.h"

#include <errno.h>
#include <signal.h>
#include <sys/types.h>
#include <unistd.h>

/**
 * jump_control_file_own_pid:
 *
 * Returns: the process id of this program
 */
gint64
jump_control_file_own_pid (void)
{
  return getpid ();
}

/**
 * jump_control_file_process_lives:
 * @pid: a process id as written in a control file
 *
 * Numbers are used again, so a living process need not be ours; jump_control_client_connect()
 * asks it for the rest.
 *
 * Returns: whether some process has this id
 */
gboolean
jump_control_file_process_lives (gint64 pid)
{
  /* kill() gives 0 and negative numbers other meanings: groups and everybody */
  if (pid <= 0 || pid != (pid_t) pid)
    return FALSE;
  return kill ((pid_t) pid, 0) == 0 || errno == EPERM;
}
