/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/socket-table.h"

#ifdef G_OS_WIN32
#define CLOSE_ON_EXEC 0
#define close_socket  closesocket
#else
#include <unistd.h>
#define CLOSE_ON_EXEC SOCK_CLOEXEC
#define close_socket  close
#endif

struct _JumpSocketTable
{
  JumpPoller *poller; /* (owned) */
  CURLM *multi;
  GHashTable *sockets; /* (owned) (element-type int Socket) */
  JumpSocketReadyFunc on_ready;
  gpointer user_data;
};

typedef struct
{
  JumpSocketTable *table;
  curl_socket_t fd;
  JumpPollWatch *watch; /* (owned) (nullable) */
  JumpPollFlags interest;
  gboolean is_ours; /* opened and closed by the functions below: outlives CURL_POLL_REMOVE */
} Socket;

static void
socket_free (gpointer data)
{
  Socket *socket = data;

  g_clear_pointer (&socket->watch, jump_poll_watch_remove);
  g_free (socket);
}

static Socket *
add_socket (JumpSocketTable *self, curl_socket_t fd, gboolean is_ours)
{
  Socket *socket = g_new0 (Socket, 1);

  socket->table = self;
  socket->fd = fd;
  socket->is_ours = is_ours;
  g_hash_table_replace (self->sockets, GINT_TO_POINTER ((int) fd), socket);
  return socket;
}

/* A failed socket is told as ready: libcurl finds out what happened when it reads or writes, and
 * what arrived before the failure is not lost. CURL_CSELECT_ERR would lose it. */
static void
on_socket_ready (JumpPollFlags ready, gpointer user_data)
{
  Socket *socket = user_data;
  JumpSocketTable *self = socket->table;
  int what = 0;

  if ((ready & JUMP_POLL_HANGUP) != 0)
    ready |= socket->interest;
  if ((ready & JUMP_POLL_IN) != 0)
    what |= CURL_CSELECT_IN;
  if ((ready & JUMP_POLL_OUT) != 0)
    what |= CURL_CSELECT_OUT;
  self->on_ready (socket->fd, what, self->user_data);
}

static JumpPollFlags
interest_from_curl (int what)
{
  switch (what)
    {
    case CURL_POLL_IN:
      return JUMP_POLL_IN;
    case CURL_POLL_OUT:
      return JUMP_POLL_OUT;
    case CURL_POLL_INOUT:
      return JUMP_POLL_IN | JUMP_POLL_OUT;
    default:
      return 0;
    }
}

static int
on_curl_interest_changed (CURL *easy,
                          curl_socket_t fd,
                          int what,
                          void *user_data,
                          void *socket_data)
{
  JumpSocketTable *self = user_data;
  Socket *socket = socket_data;

  if (socket == NULL)
    socket = g_hash_table_lookup (self->sockets, GINT_TO_POINTER ((int) fd));
  if (what == CURL_POLL_REMOVE && (socket == NULL || !socket->is_ours))
    {
      g_hash_table_remove (self->sockets, GINT_TO_POINTER ((int) fd));
      return 0;
    }
  if (socket == NULL)
    socket = add_socket (self, fd, FALSE); /* the resolver's */
  if (what != CURL_POLL_REMOVE && socket_data == NULL)
    curl_multi_assign (self->multi, fd, socket);
  socket->interest = interest_from_curl (what);
  if (socket->watch != NULL)
    jump_poll_watch_set_interest (socket->watch, socket->interest);
  else if (socket->interest != 0)
    socket->watch =
        jump_poller_add (self->poller, (int) fd, socket->interest, on_socket_ready, socket);
  return 0;
}

/**
 * jump_socket_table_new:
 * @multi: told to report its sockets here; must be cleaned up before the table is freed
 * @on_ready: called from the main loop
 *
 * Returns: (transfer full):
 */
JumpSocketTable *
jump_socket_table_new (JumpPoller *poller,
                       CURLM *multi,
                       JumpSocketReadyFunc on_ready,
                       gpointer user_data)
{
  JumpSocketTable *self = g_new0 (JumpSocketTable, 1);

  self->poller = jump_poller_ref (poller);
  self->multi = multi;
  self->sockets = g_hash_table_new_full (NULL, NULL, NULL, socket_free);
  self->on_ready = on_ready;
  self->user_data = user_data;
  curl_multi_setopt (multi, CURLMOPT_SOCKETFUNCTION, on_curl_interest_changed);
  curl_multi_setopt (multi, CURLMOPT_SOCKETDATA, self);
  return self;
}

void
jump_socket_table_free (JumpSocketTable *self)
{
  g_hash_table_unref (self->sockets);
  jump_poller_unref (self->poller);
  g_free (self);
}

/**
 * jump_socket_table_open:
 *
 * A CURLOPT_OPENSOCKETFUNCTION. Programs that Jumpseat starts, such as a browser, inherit nothing.
 */
curl_socket_t
jump_socket_table_open (void *self, curlsocktype purpose, struct curl_sockaddr *address)
{
  curl_socket_t fd = socket (address->family, address->socktype | CLOSE_ON_EXEC, address->protocol);

  if (fd != CURL_SOCKET_BAD)
    add_socket (self, fd, TRUE);
  return fd;
}

/**
 * jump_socket_table_close:
 *
 * A CURLOPT_CLOSESOCKETFUNCTION.
 */
int
jump_socket_table_close (void *self, curl_socket_t fd)
{
  JumpSocketTable *table = self;

  g_hash_table_remove (table->sockets, GINT_TO_POINTER ((int) fd));
  return close_socket (fd);
}
