/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/process-windows.h"

#include <gio/gnetworking.h>
#include <string.h>

/* after winsock2.h, which it needs */
#include <iphlpapi.h>

/* Between asking for the size of a table and reading it, connections may be added. */
#define N_TRIES     4
#define PATH_LENGTH 1024

/* One end of a connection, as the tables write it. */
typedef struct
{
  int family;
  guint8 address[16];
  DWORD port; /* in network byte order */
} End;

/* Returns: (transfer full) (nullable): the rows of all TCP sockets of @family */
static gpointer
read_table (int family)
{
  DWORD size = 0;
  gpointer table = NULL;

  for (guint i = 0; i < N_TRIES; i++)
    {
      DWORD result =
          GetExtendedTcpTable (table, &size, FALSE, (ULONG) family, TCP_TABLE_OWNER_PID_ALL, 0);

      if (result == NO_ERROR && table != NULL)
        return table;
      g_clear_pointer (&table, g_free);
      if (result != NO_ERROR && result != ERROR_INSUFFICIENT_BUFFER)
        return NULL;
      table = g_malloc0 (size);
    }
  g_free (table);
  return NULL;
}

static gboolean
read_end (GSocketAddress *address, End *end)
{
  struct sockaddr_storage native = { 0 };

  *end = (End){ 0 };
  if (address == NULL || !g_socket_address_to_native (address, &native, sizeof native, NULL))
    return FALSE;
  end->family = native.ss_family;
  if (native.ss_family == AF_INET)
    {
      struct sockaddr_in ip4;

      memcpy (&ip4, &native, sizeof ip4);
      memcpy (end->address, &ip4.sin_addr, sizeof ip4.sin_addr);
      end->port = ip4.sin_port;
      return TRUE;
    }
  if (native.ss_family == AF_INET6)
    {
      struct sockaddr_in6 ip6;

      memcpy (&ip6, &native, sizeof ip6);
      memcpy (end->address, &ip6.sin6_addr, sizeof ip6.sin6_addr);
      end->port = ip6.sin6_port;
      return TRUE;
    }
  return FALSE;
}

/* Sockets for both families write IPv4 addresses as ::ffff:192.0.2.1; the tables keep them apart. */
static void
unmap (End *end)
{
  static const guint8 prefix[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

  if (end->family != AF_INET6 || memcmp (end->address, prefix, sizeof prefix) != 0)
    return;
  memcpy (end->address, end->address + sizeof prefix, 4);
  end->family = AF_INET;
}

static guint32
find_ip4 (const End *local, const End *remote)
{
  g_autofree MIB_TCPTABLE_OWNER_PID *table = read_table (AF_INET);

  for (DWORD i = 0; table != NULL && i < table->dwNumEntries; i++)
    {
      const MIB_TCPROW_OWNER_PID *row = &table->table[i];

      if (row->dwLocalPort == local->port && row->dwRemotePort == remote->port &&
          memcmp (&row->dwLocalAddr, local->address, sizeof row->dwLocalAddr) == 0 &&
          memcmp (&row->dwRemoteAddr, remote->address, sizeof row->dwRemoteAddr) == 0)
        return row->dwOwningPid;
    }
  return 0;
}

static guint32
find_ip6 (const End *local, const End *remote)
{
  g_autofree MIB_TCP6TABLE_OWNER_PID *table = read_table (AF_INET6);

  for (DWORD i = 0; table != NULL && i < table->dwNumEntries; i++)
    {
      const MIB_TCP6ROW_OWNER_PID *row = &table->table[i];

      if (row->dwLocalPort == local->port && row->dwRemotePort == remote->port &&
          memcmp (row->ucLocalAddr, local->address, sizeof row->ucLocalAddr) == 0 &&
          memcmp (row->ucRemoteAddr, remote->address, sizeof row->ucRemoteAddr) == 0)
        return row->dwOwningPid;
    }
  return 0;
}

guint32
jump_process_windows_find_peer (GSocket *accepted)
{
  g_autoptr (GSocketAddress) theirs = g_socket_get_remote_address (accepted, NULL);
  g_autoptr (GSocketAddress) ours = g_socket_get_local_address (accepted, NULL);
  End local;
  End remote;

  /* Their local end is what is remote to us. */
  if (!read_end (theirs, &local) || !read_end (ours, &remote))
    return 0;
  unmap (&local);
  unmap (&remote);
  return local.family == AF_INET ? find_ip4 (&local, &remote) : find_ip6 (&local, &remote);
}

guint32
jump_process_windows_find_listener (guint16 port)
{
  g_autofree MIB_TCPTABLE_OWNER_PID *ip4 = read_table (AF_INET);
  g_autofree MIB_TCP6TABLE_OWNER_PID *ip6 = read_table (AF_INET6);

  for (DWORD i = 0; ip4 != NULL && i < ip4->dwNumEntries; i++)
    {
      if (ip4->table[i].dwState == MIB_TCP_STATE_LISTEN &&
          ip4->table[i].dwLocalPort == g_htons (port))
        return ip4->table[i].dwOwningPid;
    }
  for (DWORD i = 0; ip6 != NULL && i < ip6->dwNumEntries; i++)
    {
      if (ip6->table[i].dwState == MIB_TCP_STATE_LISTEN &&
          ip6->table[i].dwLocalPort == g_htons (port))
        return ip6->table[i].dwOwningPid;
    }
  return 0;
}

char *
jump_process_windows_dup_name (guint32 pid)
{
  HANDLE process = OpenProcess (PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid);
  WCHAR path[PATH_LENGTH];
  DWORD length = G_N_ELEMENTS (path);
  g_autofree char *text = NULL;
  char *name;

  if (process == NULL)
    return NULL;
  if (QueryFullProcessImageNameW (process, 0, path, &length))
    text = g_utf16_to_utf8 ((const gunichar2 *) path, (glong) length, NULL, NULL, NULL);
  CloseHandle (process);
  if (text == NULL)
    return NULL;
  name = g_path_get_basename (text);
  if (strlen (name) > 4 && g_ascii_strcasecmp (name + strlen (name) - 4, ".exe") == 0)
    name[strlen (name) - 4] = '\0';
  return name;
}
