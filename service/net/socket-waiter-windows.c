/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/socket-waiter-windows.h"

#include <ws2tcpip.h>

/* After a failure, which its cause may outlive. */
#define PAUSE_US (50 * 1000)

struct _JumpSocketWaiter
{
  GMainContext *context; /* (owned) */
  GThread *thread;       /* (owned) (nullable): there is nothing to wait for yet */
  SOCKET bell;           /* (owned) what is written here ... */
  SOCKET ear;            /* (owned) ... ends the thread's wait */

  GMutex mutex; /* of what follows */
  GCond cond;
  JumpSocketSets sets; /* (owned) what to wait for */
  int timeout_ms;
  gboolean has_orders; /* ... which the thread has not seen */
  gboolean is_waiting; /* the thread listens to the ear, not to the condition */
  gboolean is_rung;
  gboolean has_report;
  gboolean is_ending;
};

static gboolean
get_address (SOCKET fd, struct sockaddr_in *address)
{
  int length = sizeof *address;

  return getsockname (fd, (struct sockaddr *) address, &length) == 0;
}

/* Anybody on this computer could connect while the door is open: only the bell is let in. */
static SOCKET
accept_from (SOCKET door, SOCKET bell)
{
  struct sockaddr_in expected = { 0 };
  struct sockaddr_in caller = { 0 };
  int length = sizeof caller;
  SOCKET fd;

  if (!get_address (bell, &expected))
    return INVALID_SOCKET;
  while ((fd = accept (door, (struct sockaddr *) &caller, &length)) != INVALID_SOCKET)
    {
      if (caller.sin_port == expected.sin_port &&
          caller.sin_addr.s_addr == expected.sin_addr.s_addr)
        return fd;
      closesocket (fd);
      length = sizeof caller;
    }
  return INVALID_SOCKET;
}

/* Not a datagram socket: one ring must not get lost. */
static gboolean
connect_bell (JumpSocketWaiter *self)
{
  struct sockaddr_in address = { .sin_family = AF_INET };
  SOCKET door = WSASocketW (AF_INET, SOCK_STREAM, 0, NULL, 0, WSA_FLAG_NO_HANDLE_INHERIT);
  u_long is_nonblocking = 1;
  BOOL is_immediate = TRUE;
  gboolean is_connected;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  self->bell = WSASocketW (AF_INET, SOCK_STREAM, 0, NULL, 0, WSA_FLAG_NO_HANDLE_INHERIT);
  is_connected = bind (door, (struct sockaddr *) &address, sizeof address) == 0 &&
                 listen (door, 1) == 0 && get_address (door, &address) &&
                 connect (self->bell, (struct sockaddr *) &address, sizeof address) == 0;
  if (is_connected)
    self->ear = accept_from (door, self->bell);
  closesocket (door);
  if (self->ear == INVALID_SOCKET)
    return FALSE;
  (void) setsockopt (self->bell,
                     IPPROTO_TCP,
                     TCP_NODELAY,
                     (const char *) &is_immediate,
                     sizeof is_immediate);
  return ioctlsocket (self->ear, FIONBIO, &is_nonblocking) == 0;
}

/* With the mutex held. */
static void
ring (JumpSocketWaiter *self)
{
  if (!self->is_waiting)
    g_cond_signal (&self->cond);
  else if (!self->is_rung)
    self->is_rung = send (self->bell, "", 1, 0) == 1;
}

/* With the mutex held. A ring may come after what it was meant to end. */
static void
hear (JumpSocketWaiter *self)
{
  char bytes[16];

  while (recv (self->ear, bytes, sizeof bytes, 0) > 0)
    ;
  self->is_rung = FALSE;
}

/* With the mutex held, which is given back meanwhile. */
static void
wait_once (JumpSocketWaiter *self, JumpSocketSets *sets)
{
  int timeout_ms = self->timeout_ms;
  gboolean is_good;

  jump_socket_sets_copy (sets, &self->sets);
  jump_socket_set_add (&sets->readable, self->ear);
  self->has_orders = FALSE;
  self->is_waiting = TRUE;
  g_mutex_unlock (&self->mutex);
  is_good = jump_socket_sets_select (sets, timeout_ms);
  g_mutex_lock (&self->mutex);
  self->is_waiting = FALSE;
  hear (self);
  if (!is_good && !self->has_orders && !self->is_ending)
    (void) g_cond_wait_until (&self->cond, &self->mutex, g_get_monotonic_time () + PAUSE_US);
  if (self->has_orders || self->is_ending)
    return; /* what is ready is ready for the new orders, too */
  self->has_report = TRUE;
  g_main_context_wakeup (self->context);
}

static gpointer
run_thread (gpointer user_data)
{
  JumpSocketWaiter *self = user_data;
  JumpSocketSets sets = { 0 };

  g_mutex_lock (&self->mutex);
  while (!self->is_ending)
    {
      if (self->has_orders)
        wait_once (self, &sets);
      else
        g_cond_wait (&self->cond, &self->mutex);
    }
  g_mutex_unlock (&self->mutex);
  jump_socket_sets_clear (&sets);
  return NULL;
}

/**
 * jump_socket_waiter_new:
 * @context: woken when there is a report
 *
 * Returns: (transfer full): a waiter that has neither thread nor sockets before it is needed
 */
JumpSocketWaiter *
jump_socket_waiter_new (GMainContext *context)
{
  JumpSocketWaiter *self = g_new0 (JumpSocketWaiter, 1);

  self->context = g_main_context_ref (context);
  self->bell = INVALID_SOCKET;
  self->ear = INVALID_SOCKET;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  return self;
}

static void
start (JumpSocketWaiter *self)
{
  WSADATA facts;

  if (WSAStartup (MAKEWORD (2, 2), &facts) != 0 || !connect_bell (self))
    g_error ("no pair of sockets to wake the poller's thread: error %d", WSAGetLastError ());
  self->thread = g_thread_new ("sockets", run_thread, self);
}

static void
stop (JumpSocketWaiter *self)
{
  g_mutex_lock (&self->mutex);
  self->is_ending = TRUE;
  ring (self);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  closesocket (self->bell);
  closesocket (self->ear);
  WSACleanup ();
}

void
jump_socket_waiter_free (JumpSocketWaiter *self)
{
  if (self->thread != NULL)
    stop (self);
  jump_socket_sets_clear (&self->sets);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_main_context_unref (self->context);
  g_free (self);
}

/**
 * jump_socket_waiter_wait_for:
 * @sets: copied; takes the place of what the thread waits for now
 * @timeout_ms: report after that time anyway, or -1
 *
 * There is one report, then nothing until the next call.
 */
void
jump_socket_waiter_wait_for (JumpSocketWaiter *self, const JumpSocketSets *sets, int timeout_ms)
{
  if (self->thread == NULL)
    start (self);
  g_mutex_lock (&self->mutex);
  jump_socket_sets_copy (&self->sets, sets);
  self->timeout_ms = timeout_ms;
  self->has_orders = TRUE;
  ring (self);
  g_mutex_unlock (&self->mutex);
}

gboolean
jump_socket_waiter_has_report (JumpSocketWaiter *self)
{
  gboolean has_report;

  g_mutex_lock (&self->mutex);
  has_report = self->has_report;
  g_mutex_unlock (&self->mutex);
  return has_report;
}

/**
 * jump_socket_waiter_take_report:
 *
 * Returns: whether there was one
 */
gboolean
jump_socket_waiter_take_report (JumpSocketWaiter *self)
{
  gboolean has_report;

  g_mutex_lock (&self->mutex);
  has_report = self->has_report;
  self->has_report = FALSE;
  g_mutex_unlock (&self->mutex);
  return has_report;
}
