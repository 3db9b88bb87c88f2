/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/peer-owner.h"
#include "service/http/process-windows.h"

#include <windows.h>

/* Returns: (transfer full) (nullable): a TOKEN_USER */
static gpointer
read_user (HANDLE process)
{
  HANDLE token = NULL;
  DWORD size = 0;
  gpointer user = NULL;

  if (!OpenProcessToken (process, TOKEN_QUERY, &token))
    return NULL;
  GetTokenInformation (token, TokenUser, NULL, 0, &size);
  if (size > 0)
    user = g_malloc0 (size);
  if (user != NULL && !GetTokenInformation (token, TokenUser, user, size, &size))
    g_clear_pointer (&user, g_free);
  CloseHandle (token);
  return user;
}

/* A program that was started as administrator does not show whose it is, but it is at the same desk. */
static gboolean
is_same_session (DWORD pid)
{
  DWORD own = 0;
  DWORD theirs = 0;

  return ProcessIdToSessionId (GetCurrentProcessId (), &own) &&
         ProcessIdToSessionId (pid, &theirs) && own == theirs;
}

static JumpPeerOwner
find_owner (DWORD pid)
{
  HANDLE process = OpenProcess (PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid);
  g_autofree TOKEN_USER *theirs = process != NULL ? read_user (process) : NULL;
  g_autofree TOKEN_USER *ours = read_user (GetCurrentProcess ());

  if (process != NULL)
    CloseHandle (process);
  if (theirs != NULL && ours != NULL)
    return EqualSid (theirs->User.Sid, ours->User.Sid) ? JUMP_PEER_OWN : JUMP_PEER_OTHER;
  return is_same_session (pid) ? JUMP_PEER_OWN : JUMP_PEER_OTHER;
}

/**
 * jump_peer_owner_find:
 * @socket: accepted, and not the connection of another machine
 * @out_inode: (out): the id of the process at its other end; 0 not known
 *
 * Returns: whose it is
 */
JumpPeerOwner
jump_peer_owner_find (GSocket *socket, guint64 *out_inode)
{
  guint32 pid = jump_process_windows_find_peer (socket);

  *out_inode = pid;
  return pid == 0 ? JUMP_PEER_UNKNOWN : find_owner (pid);
}
