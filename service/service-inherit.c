/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-service"

#include "service/http/listen-address.h"
#include "service/service-private.h"

/* Doors at sockets that a service manager opened. They win over what the settings say about the same door:
 * whoever wrote the socket unit wants it there. */

static const JumpInheritedSocket *
get_socket (JumpService *self, guint index)
{
  return g_ptr_array_index (self->inherited, index);
}

static gboolean
is_any (const char *address)
{
  return g_str_equal (address, "0.0.0.0") || g_str_equal (address, "::");
}

static gboolean
reaches_loopback (const JumpInheritedSocket *socket)
{
  return socket->address != NULL &&
         (is_any (socket->address) || jump_listen_address_is_loopback (socket->address));
}

/* ---- taking them ---- */

static void
tell_sockets (JumpService *self)
{
  for (guint i = 0; i < self->inherited->len; i++)
    {
      const JumpInheritedSocket *socket = get_socket (self, i);

      g_message ("listening at %s (%s), a socket from the service manager",
                 socket->place,
                 jump_socket_role_to_string (socket->role));
    }
  if (jump_service_inherits (self, JUMP_SOCKET_MAIN))
    g_message ("server.address and server.port are not used: the service manager's sockets win");
  if (jump_service_inherits (self, JUMP_SOCKET_LOCAL))
    g_message ("server.socket is not used: the service manager's socket wins");
}

/**
 * jump_service_adopt_sockets:
 * @self: a service
 * @error: JUMP_ERROR_SETTINGS
 *
 * Returns: whether all sockets of the service manager, perhaps none, are of use
 */
gboolean
jump_service_adopt_sockets (JumpService *self, GError **error)
{
  if (self->inherited != NULL)
    return TRUE;
  self->inherited = jump_inherited_sockets_new (self->activation, error);
  if (self->inherited == NULL)
    return FALSE;
  self->context.inherited = self->inherited;
  tell_sockets (self);
  return TRUE;
}

gboolean
jump_service_inherits (JumpService *self, JumpSocketRole role)
{
  for (guint i = 0; self->inherited != NULL && i < self->inherited->len; i++)
    {
      if (get_socket (self, i)->role == role)
        return TRUE;
    }
  return FALSE;
}

/**
 * jump_service_check_inherited:
 * @self: a service that has its sockets
 * @error: JUMP_ERROR_SETTINGS
 *
 * Returns: FALSE when others could reach one and no key keeps them out
 */
gboolean
jump_service_check_inherited (JumpService *self, GError **error)
{
  for (guint i = 0; self->inherited != NULL && i < self->inherited->len; i++)
    {
      const JumpInheritedSocket *socket = get_socket (self, i);

      if (socket->address == NULL || jump_listen_address_is_loopback (socket->address))
        continue;
      jump_service_load_keys (self);
      if (jump_key_store_has_active (self->keys))
        return TRUE;
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_SETTINGS,
                   "at %s, a socket from the service manager, other computers reach this service, "
                   "and there is no client key that could keep strangers from your seat: make one "
                   "with \"jumpseat keys create NAME\", or let the socket unit say "
                   "ListenStream=127.0.0.1:%u",
                   socket->place,
                   socket->port);
      return FALSE;
    }
  return TRUE;
}

/* ---- where clients find them ---- */

/**
 * jump_service_find_face:
 * @self: a service
 * @role: what for
 *
 * Returns: (nullable): the TCP socket by which programs of this computer come in best
 */
const JumpInheritedSocket *
jump_service_find_face (JumpService *self, JumpSocketRole role)
{
  const JumpInheritedSocket *best = NULL;

  for (guint i = 0; self->inherited != NULL && i < self->inherited->len; i++)
    {
      const JumpInheritedSocket *socket = get_socket (self, i);
      gboolean is_better = best == NULL ||
                           (reaches_loopback (socket) && !reaches_loopback (best)) ||
                           (reaches_loopback (socket) && strchr (socket->address, ':') == NULL &&
                            strchr (best->address, ':') != NULL);

      if (socket->role == role && socket->address != NULL && is_better)
        best = socket;
    }
  return best;
}

/* Returns: (transfer full): where programs of this computer reach it. */
char *
jump_service_make_face_url (const JumpInheritedSocket *face)
{
  if (!reaches_loopback (face) || g_str_equal (face->address, "0.0.0.0"))
    return g_strdup_printf ("http://127.0.0.1:%u", face->port);
  if (g_str_equal (face->address, "::"))
    return g_strdup_printf ("http://[::1]:%u", face->port);
  return g_strdup_printf ("http://%s", face->place);
}

/* The command line looks for us on loopback, so what only others reach gets an entrance there. */
static guint16
find_loopback_port (JumpService *self, JumpSocketRole role)
{
  gboolean has_control = jump_service_find_face (self, JUMP_SOCKET_CONTROL) != NULL;
  const JumpInheritedSocket *face = jump_service_find_face (self, role);

  if (face == NULL || reaches_loopback (face) ||
      role != (has_control ? JUMP_SOCKET_CONTROL : JUMP_SOCKET_MAIN))
    return 0;
  return face->port;
}

/* ---- opening ---- */

static JumpAccessPurpose
get_purpose (JumpService *self, JumpSocketRole role)
{
  if (role == JUMP_SOCKET_CONTROL)
    return JUMP_PURPOSE_CONTROL;
  return jump_service_find_face (self, JUMP_SOCKET_CONTROL) != NULL ? JUMP_PURPOSE_MODEL
                                                                    : JUMP_PURPOSE_ALL;
}

/**
 * jump_service_open_inherited:
 * @self: a service with sockets of @role
 * @role: which
 * @identity: (transfer full) (nullable): what to show
 *
 * Where there is a control socket that the command line reaches, the others serve models only.
 *
 * Returns: (transfer full): a server that accepts at all of them
 */
JumpHttpServer *
jump_service_open_inherited (JumpService *self, JumpSocketRole role, JumpTlsIdentity *identity)
{
  JumpHttpServer *server = jump_http_server_new (self->poller, &self->context);
  g_autoptr (GPtrArray) sockets = g_ptr_array_new ();

  for (guint i = 0; i < self->inherited->len; i++)
    {
      const JumpInheritedSocket *socket = get_socket (self, i);

      if (socket->role == role)
        g_ptr_array_add (sockets, socket->socket);
    }
  jump_http_server_set_purpose (server, get_purpose (self, role));
  jump_http_server_listen_inherited (server, sockets, find_loopback_port (self, role), identity);
  return server;
}
