/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-http"

#include "service/http/listener.h"

#include "service/base/error.h"
#include "service/http/listen-address.h"
#include "service/http/local-socket.h"
#include "service/http/port-holder.h"

#include <gio/gnetworking.h>

#define BACKLOG 511
/* Accepts of one turn: a burst must not starve running streams. */
#define ACCEPTS_PER_TURN 64
#define RETRY_US         (1 * G_USEC_PER_SEC)
/* How far to look for a port to offer. */
#define PORTS_TO_TRY        50
#define RANDOM_PORTS_TO_TRY 10

typedef struct
{
  JumpListener *listener; /* (unowned) */
  GSocket *socket;        /* (owned) */
  JumpPollWatch *watch;   /* (owned) */
} Entrance;

struct _JumpListener
{
  JumpPoller *poller;     /* (owned) */
  JumpPollTimer *retry;   /* (owned) */
  GPtrArray *entrances;   /* (owned) (element-type Entrance) */
  JumpLocalSocket *local; /* (owned) (nullable) */
  JumpListenerFunc on_accepted;
  gpointer user_data;
  guint16 port;
};

static void
free_entrance (gpointer data)
{
  Entrance *entrance = data;

  g_clear_pointer (&entrance->watch, jump_poll_watch_remove);
  g_clear_object (&entrance->socket);
  g_free (entrance);
}

static void
set_accepting (JumpListener *self, gboolean is_accepting)
{
  for (guint i = 0; i < self->entrances->len; i++)
    {
      Entrance *entrance = g_ptr_array_index (self->entrances, i);

      jump_poll_watch_set_interest (entrance->watch, is_accepting ? JUMP_POLL_IN : 0);
    }
}

static void
on_retry_due (gpointer user_data)
{
  set_accepting (user_data, TRUE);
}

static void
on_entrance_ready (JumpPollFlags ready, gpointer user_data)
{
  Entrance *entrance = user_data;
  JumpListener *self = entrance->listener;

  for (guint i = 0; i < ACCEPTS_PER_TURN; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSocket) socket = g_socket_accept (entrance->socket, NULL, &error);

      if (socket == NULL)
        {
          if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_OPEN_FILES) ||
              g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
            {
              g_debug ("accepting pauses: %s", error->message);
              set_accepting (self, FALSE);
              jump_poll_timer_set (self->retry, g_get_monotonic_time () + RETRY_US);
            }
          return;
        }
      g_socket_set_blocking (socket, FALSE);
      if (g_socket_get_family (socket) != G_SOCKET_FAMILY_UNIX)
        g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
      else if (!jump_local_socket_admits (socket))
        continue;
      self->on_accepted (socket, self->user_data);
    }
}

static GSocket *
open_socket (const char *host, guint16 port, GError **error)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (host, port);
  g_autoptr (GSocket) socket = g_socket_new (g_socket_address_get_family (address),
                                             G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_TCP,
                                             error);

  if (socket == NULL)
    return NULL;
  g_socket_set_blocking (socket, FALSE);
  g_socket_set_listen_backlog (socket, BACKLOG);
  /* :: stands for IPv6 only: IPv4 has a socket of its own, and its peers keep their own addresses. */
  if (g_socket_address_get_family (address) == G_SOCKET_FAMILY_IPV6)
    g_socket_set_option (socket, IPPROTO_IPV6, IPV6_V6ONLY, 1, NULL);
  if (!g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error))
    return NULL;
  return g_steal_pointer (&socket);
}

static void
add_entrance (JumpListener *self, GSocket *socket)
{
  Entrance *entrance = g_new0 (Entrance, 1);

  entrance->listener = self;
  entrance->socket = g_object_ref (socket);
  entrance->watch = jump_poller_add (self->poller,
                                     g_socket_get_fd (entrance->socket),
                                     JUMP_POLL_IN,
                                     on_entrance_ready,
                                     entrance);
  g_ptr_array_add (self->entrances, entrance);
}

static gboolean
open_entrance (JumpListener *self, const char *host, GError **error)
{
  g_autoptr (GSocket) socket = open_socket (host, self->port, error);
  g_autoptr (GSocketAddress) bound = NULL;

  if (socket == NULL)
    return FALSE;
  bound = g_socket_get_local_address (socket, error);
  if (bound == NULL)
    return FALSE;
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  add_entrance (self, socket);
  return TRUE;
}

/* A machine without IPv6 (or without IPv4) is fine, a port that another program has is not; nor is an
 * address that somebody chose and that is not there. */
static gboolean
open_entrances (JumpListener *self, const char *address, GError **error)
{
  g_auto (GStrv) hosts = jump_listen_address_list_hosts (address);
  gboolean is_chosen = g_str_equal (hosts[0], address);
  g_autoptr (GError) first = NULL;

  for (guint i = 0; hosts[i] != NULL; i++)
    {
      g_autoptr (GError) problem = NULL;

      if (open_entrance (self, hosts[i], &problem))
        continue;
      if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE) || (is_chosen && i == 0))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (first == NULL)
        first = g_steal_pointer (&problem);
    }
  if (self->entrances->len > 0)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

static void
set_listen_error (GError **error, const GError *problem, const char *address, guint16 port)
{
  g_autofree char *holder = NULL;

  if (!g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_STORE,
                   "listening on %s port %u: %s",
                   address,
                   port,
                   problem->message);
      return;
    }
  holder = jump_port_holder_find (port);
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_BUSY_PORT,
               "port %u is taken by %s",
               port,
               holder != NULL ? holder : "another program");
}

static JumpListener *
new_listener (JumpPoller *poller, JumpListenerFunc on_accepted, gpointer user_data)
{
  JumpListener *self = g_new0 (JumpListener, 1);

  self->poller = jump_poller_ref (poller);
  self->retry = jump_poller_timer_new (poller, on_retry_due, self);
  self->entrances = g_ptr_array_new_with_free_func (free_entrance);
  self->on_accepted = on_accepted;
  self->user_data = user_data;
  return self;
}

/**
 * jump_listener_new:
 * @poller: of the main loop
 * @address: "loopback", "any" or an IP address of this computer
 * @port: 0 takes any free one
 * @on_accepted: called with each new socket, non-blocking already
 * @user_data: for @on_accepted
 * @error: JUMP_ERROR_BUSY_PORT when somebody else has the port (the message names the program where
 *   the system tells), JUMP_ERROR_STORE for other failures
 *
 * Returns: (transfer full) (nullable): a listener that accepts already
 */
JumpListener *
jump_listener_new (JumpPoller *poller,
                   const char *address,
                   guint16 port,
                   JumpListenerFunc on_accepted,
                   gpointer user_data,
                   GError **error)
{
  g_autoptr (JumpListener) self = new_listener (poller, on_accepted, user_data);
  g_autoptr (GError) problem = NULL;

  self->port = port;
  open_entrances (self, address, &problem);
  /* A free port of one address may be taken at the other: the next one will do as well. */
  for (guint i = 0; port == 0 && i < RANDOM_PORTS_TO_TRY &&
                    g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
       i++)
    {
      g_ptr_array_set_size (self->entrances, 0);
      g_clear_error (&problem);
      self->port = 0;
      open_entrances (self, address, &problem);
    }
  if (problem == NULL)
    return g_steal_pointer (&self);
  set_listen_error (error, problem, address, port);
  return NULL;
}

/**
 * jump_listener_new_local:
 * @poller: of the main loop
 * @path: of the socket's file
 * @on_accepted: called with each connection of our own user
 * @user_data: for @on_accepted
 * @error: as of jump_local_socket_new()
 *
 * Returns: (transfer full) (nullable): a listener that accepts already; its port is 0
 */
JumpListener *
jump_listener_new_local (JumpPoller *poller,
                         const char *path,
                         JumpListenerFunc on_accepted,
                         gpointer user_data,
                         GError **error)
{
  g_autoptr (JumpListener) self = new_listener (poller, on_accepted, user_data);

  self->local = jump_local_socket_new (path, error);
  if (self->local == NULL)
    return NULL;
  add_entrance (self, jump_local_socket_get_socket (self->local));
  return g_steal_pointer (&self);
}

/**
 * jump_listener_new_inherited:
 * @poller: of the main loop
 * @sockets: (element-type GSocket): they listen already; at least one
 * @loopback_port: where to listen on loopback as well, 0 for nowhere; when that cannot be had, it is not
 * @on_accepted: called with each new socket; of a Unix socket, those of our own user
 * @user_data: for @on_accepted
 *
 * Returns: (transfer full): a listener that accepts already; its port is that of the first socket that
 *   has one
 */
JumpListener *
jump_listener_new_inherited (JumpPoller *poller,
                             GPtrArray *sockets,
                             guint16 loopback_port,
                             JumpListenerFunc on_accepted,
                             gpointer user_data)
{
  JumpListener *self = new_listener (poller, on_accepted, user_data);

  for (guint i = 0; i < sockets->len; i++)
    {
      GSocket *socket = g_ptr_array_index (sockets, i);
      g_autoptr (GSocketAddress) bound = g_socket_get_local_address (socket, NULL);

      if (self->port == 0 && bound != NULL && G_IS_INET_SOCKET_ADDRESS (bound))
        self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
      add_entrance (self, socket);
    }
  if (loopback_port != 0)
    {
      g_autoptr (GError) problem = NULL;
      guint16 port = self->port;

      self->port = loopback_port;
      if (!open_entrances (self, "loopback", &problem))
        g_debug ("port %u on loopback: %s", loopback_port, problem->message);
      self->port = port;
    }
  return self;
}

void
jump_listener_free (JumpListener *self)
{
  g_clear_pointer (&self->entrances, g_ptr_array_unref);
  g_clear_pointer (&self->local, jump_local_socket_free);
  g_clear_pointer (&self->retry, jump_poll_timer_free);
  g_clear_pointer (&self->poller, jump_poller_unref);
  g_free (self);
}

guint16
jump_listener_get_port (JumpListener *self)
{
  return self->port;
}

/* A machine without IPv6 has that half of every port free. */
static gboolean
is_free (const char *host, guint16 port)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = open_socket (host, port, &error);

  return socket != NULL || (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE) &&
                            !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED));
}

/**
 * jump_listener_find_free_port:
 * @address: as for jump_listener_new()
 * @after: the port that is taken
 *
 * Returns: the next port nobody listens on, 0 when there is none near
 */
guint16
jump_listener_find_free_port (const char *address, guint16 after)
{
  g_auto (GStrv) hosts = jump_listen_address_list_hosts (address);

  for (guint port = after + 1u; port <= MIN (65535u, after + (guint) PORTS_TO_TRY); port++)
    {
      guint n_free = 0;

      while (hosts[n_free] != NULL && is_free (hosts[n_free], (guint16) port))
        n_free++;
      if (hosts[n_free] == NULL)
        return (guint16) port;
    }
  return 0;
}
