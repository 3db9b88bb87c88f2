/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/port-holder.h"

#include <stdio.h>
#include <string.h>

/* State of a listening socket in /proc/net/tcp (include/net/tcp_states.h). */
#define STATE_LISTEN 0x0A

static guint64
find_listening_inode (const char *table, guint16 port)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (table, &text, NULL, NULL))
    return 0;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    {
      unsigned local_port = 0;
      unsigned state = 0;
      unsigned long long inode = 0;

      if (sscanf (lines[i],
                  " %*d: %*[0-9A-Fa-f]:%x %*[0-9A-Fa-f]:%*x %x %*x:%*x %*x:%*x %*x %*u %*u %llu",
                  &local_port,
                  &state,
                  &inode) == 3 &&
          local_port == port && state == STATE_LISTEN)
        return inode;
    }
  return 0;
}

static gboolean
process_has_socket (const char *pid, const char *wanted)
{
  g_autofree char *fd_dir = g_build_filename ("/proc", pid, "fd", NULL);
  g_autoptr (GDir) dir = g_dir_open (fd_dir, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fd_dir, name, NULL);
      g_autofree char *target = g_file_read_link (path, NULL);

      if (g_strcmp0 (target, wanted) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * jump_port_holder_find:
 * @port: a TCP port
 *
 * Returns: (transfer full) (nullable): name and pid; NULL when nobody listens or the process belongs
 *   to somebody else
 */
char *
jump_port_holder_find (guint16 port)
{
  guint64 inode = find_listening_inode ("/proc/net/tcp", port);
  g_autofree char *wanted = NULL;
  g_autoptr (GDir) proc = NULL;
  const char *pid;

  if (inode == 0)
    inode = find_listening_inode ("/proc/net/tcp6", port);
  if (inode == 0)
    return NULL;
  wanted = g_strdup_printf ("socket:[%" G_GUINT64_FORMAT "]", inode);
  proc = g_dir_open ("/proc", 0, NULL);
  while (proc != NULL && (pid = g_dir_read_name (proc)) != NULL)
    {
      g_autofree char *comm_path = NULL;
      g_autofree char *comm = NULL;

      if (!g_ascii_isdigit (pid[0]) || !process_has_socket (pid, wanted))
        continue;
      comm_path = g_build_filename ("/proc", pid, "comm", NULL);
      if (!g_file_get_contents (comm_path, &comm, NULL, NULL))
        return g_strdup_printf ("pid %s", pid);
      return g_strdup_printf ("%s (pid %s)", g_strstrip (comm), pid);
    }
  return NULL;
}
