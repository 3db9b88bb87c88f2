/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/port-holder.h"
#include "service/http/process-windows.h"

char *
jump_port_holder_find (guint16 port)
{
  guint32 pid = jump_process_windows_find_listener (port);
  g_autofree char *name = pid != 0 ? jump_process_windows_dup_name (pid) : NULL;

  if (pid == 0)
    return NULL;
  if (name == NULL)
    return g_strdup_printf ("pid %u", pid);
  return g_strdup_printf ("%s (pid %u)", name, pid);
}
