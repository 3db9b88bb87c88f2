/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-service"

#include "service/http/listen-address.h"
#include "service/http/listener.h"
#include "service/service-private.h"

/* Each door has a server of its own, so that one of them can move while the others stay. */

/* ---- places ---- */

static JumpTlsPlace
read_tls_place (JumpSettings *settings)
{
  return (JumpTlsPlace){
    .address = g_strdup (jump_settings_get_string (settings, JUMP_KEY_SERVER_TLS_ADDRESS)),
    .port = (guint16) jump_settings_get_int (settings, JUMP_KEY_SERVER_TLS_PORT),
    .certificate = g_strdup (jump_settings_get_string (settings, JUMP_KEY_SERVER_TLS_CERTIFICATE)),
    .key = g_strdup (jump_settings_get_string (settings, JUMP_KEY_SERVER_TLS_KEY)),
  };
}

static gboolean
is_same_tls_place (const JumpTlsPlace *a, const JumpTlsPlace *b)
{
  return a->port == b->port && g_strcmp0 (a->address, b->address) == 0 &&
         g_strcmp0 (a->certificate, b->certificate) == 0 && g_strcmp0 (a->key, b->key) == 0;
}

static void
clear_tls_place (JumpTlsPlace *self)
{
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->certificate, g_free);
  g_clear_pointer (&self->key, g_free);
  self->port = 0;
}

void
jump_listen_place_read (JumpListenPlace *self, JumpSettings *settings)
{
  *self = (JumpListenPlace){
    .address = g_strdup (jump_settings_get_string (settings, JUMP_KEY_SERVER_ADDRESS)),
    .port = (guint16) jump_settings_get_int (settings, JUMP_KEY_SERVER_PORT),
    .ollama_port = (guint16) jump_settings_get_int (settings, JUMP_KEY_SERVER_OLLAMA_PORT),
    .socket = g_strdup (jump_settings_get_string (settings, JUMP_KEY_SERVER_SOCKET)),
    .tls = read_tls_place (settings),
  };
}

gboolean
jump_listen_place_equal (const JumpListenPlace *a, const JumpListenPlace *b)
{
  return g_strcmp0 (a->address, b->address) == 0 && a->port == b->port &&
         a->ollama_port == b->ollama_port && g_strcmp0 (a->socket, b->socket) == 0 &&
         is_same_tls_place (&a->tls, &b->tls);
}

void
jump_listen_place_clear (JumpListenPlace *self)
{
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->socket, g_free);
  clear_tls_place (&self->tls);
}

/**
 * jump_service_check_place:
 * @self: a service
 * @place: where it wants to listen
 * @error: JUMP_ERROR_SETTINGS
 *
 * Returns: FALSE when others could reach it and no key keeps them out
 */
gboolean
jump_service_check_place (JumpService *self, const JumpListenPlace *place, GError **error)
{
  gboolean uses_address =
      !jump_service_inherits (self, JUMP_SOCKET_MAIN) ||
      (place->ollama_port != 0 && !jump_service_inherits (self, JUMP_SOCKET_OLLAMA));
  gboolean uses_tls_address =
      place->tls.port != 0 && !jump_service_inherits (self, JUMP_SOCKET_TLS);
  gboolean has_key;

  if (!jump_service_check_inherited (self, error))
    return FALSE;
  uses_address = uses_address && !jump_listen_address_is_loopback (place->address);
  uses_tls_address = uses_tls_address && !jump_listen_address_is_loopback (place->tls.address);
  if (!uses_address && !uses_tls_address)
    return TRUE;
  jump_service_load_keys (self);
  has_key = jump_key_store_has_active (self->keys);
  return (!uses_address ||
          jump_listen_address_check (place->address, "server.address", has_key, error)) &&
         (!uses_tls_address ||
          jump_listen_address_check (place->tls.address, "server.tls_address", has_key, error));
}

/* ---- servers on their way out ---- */

typedef struct
{
  JumpService *service;   /* (unowned): outlives its servers */
  JumpHttpServer *server; /* (unowned) */
} Leaving;

static void
on_server_empty (gpointer user_data)
{
  g_autofree Leaving *leaving = user_data;
  JumpService *self = leaving->service;
  guint index;

  if (g_ptr_array_find (self->retired, leaving->server, &index))
    /* The call comes from inside the server: it goes in the next turn. */
    g_idle_add_once (g_object_unref, g_ptr_array_steal_index (self->retired, index));
  jump_service_check_stopped (self);
}

/* Closes for new connections; replies that are under way go on. */
static void
retire (JumpService *self, JumpHttpServer **server)
{
  Leaving *leaving;

  if (*server == NULL)
    return;
  leaving = g_new0 (Leaving, 1);
  leaving->service = self;
  leaving->server = *server;
  g_ptr_array_add (self->retired, g_steal_pointer (server));
  jump_http_server_drain (leaving->server, on_server_empty, leaving);
}

static void
replace (JumpService *self, JumpHttpServer **server, JumpHttpServer *next)
{
  retire (self, server);
  *server = next;
}

/* ---- opening ---- */

static JumpHttpServer *
open_door (JumpService *self, const char *address, guint16 port, GError **error)
{
  g_autoptr (JumpHttpServer) server = jump_http_server_new (self->poller, &self->context);

  return jump_http_server_listen (server, address, port, error) ? g_steal_pointer (&server) : NULL;
}

static void
note_main_port (JumpService *self)
{
  self->context.port = jump_http_server_get_port (self->server);
  self->context.ports[0] = self->context.port;
}

/* Allowed, since there are networks of one's own, but nobody should do it unknowingly. */
static void
warn_of_plain_text (const char *address)
{
  if (!jump_listen_address_is_loopback (address))
    g_warning ("server.address is %s: keys and conversations of other computers travel "
               "unencrypted; server.tls_port encrypts them",
               address);
}

static gboolean
open_inherited_main (JumpService *self)
{
  const JumpInheritedSocket *face = jump_service_find_face (self, JUMP_SOCKET_MAIN);

  if (self->server != NULL)
    return TRUE;
  self->server = jump_service_open_inherited (self, JUMP_SOCKET_MAIN, NULL);
  self->context.port = face->port;
  self->context.ports[0] = face->port;
  if (!jump_listen_address_is_loopback (face->address))
    g_warning ("%s is a socket that other computers reach: keys and conversations travel "
               "unencrypted; a socket named tls encrypts them",
               face->place);
  return TRUE;
}

static gboolean
open_main (JumpService *self, const JumpListenPlace *place, GError **error)
{
  JumpHttpServer *server;

  if (jump_service_inherits (self, JUMP_SOCKET_MAIN))
    return open_inherited_main (self);
  if (self->server != NULL && g_strcmp0 (self->place.address, place->address) == 0 &&
      (self->place.port == place->port || self->context.port == place->port))
    return TRUE;
  /* The same port at another address: the old one has to let go of it first. */
  if (self->server != NULL && place->port == self->context.port)
    retire (self, &self->server);
  if (self->ollama_server != NULL && place->port == self->context.ports[1])
    retire (self, &self->ollama_server);
  server = open_door (self, place->address, place->port, error);
  if (server == NULL)
    {
      self->free_port = jump_listener_find_free_port (place->address, place->port);
      if (self->server == NULL && self->place.address != NULL)
        self->server = open_door (self, self->place.address, self->context.port, NULL);
      return FALSE;
    }
  replace (self, &self->server, server);
  note_main_port (self);
  warn_of_plain_text (place->address);
  return TRUE;
}

gboolean
jump_service_open_private_door (JumpService *self, GError **error)
{
  JumpHttpServer *server = open_door (self, "127.0.0.1", 0, error);

  if (server == NULL)
    return FALSE;
  replace (self, &self->server, server);
  note_main_port (self);
  return TRUE;
}

static gboolean
open_inherited_once (JumpService *self, JumpSocketRole role, JumpHttpServer **server)
{
  if (*server == NULL)
    *server = jump_service_open_inherited (self, role, NULL);
  return TRUE;
}

static gboolean
open_ollama (JumpService *self, const JumpListenPlace *place, GError **error)
{
  JumpHttpServer *server;

  if (jump_service_inherits (self, JUMP_SOCKET_OLLAMA))
    {
      open_inherited_once (self, JUMP_SOCKET_OLLAMA, &self->ollama_server);
      self->context.ports[1] = jump_http_server_get_port (self->ollama_server);
      return TRUE;
    }
  if (self->ollama_server != NULL && g_strcmp0 (self->place.address, place->address) == 0 &&
      self->place.ollama_port == place->ollama_port)
    return TRUE;
  if (place->ollama_port == 0 || place->ollama_port == self->context.ports[1])
    retire (self, &self->ollama_server);
  self->context.ports[1] = self->ollama_server == NULL ? 0 : self->context.ports[1];
  if (place->ollama_port == 0)
    return TRUE;
  server = open_door (self, place->address, place->ollama_port, error);
  if (server == NULL)
    return FALSE;
  replace (self, &self->ollama_server, server);
  self->context.ports[1] = jump_http_server_get_port (server);
  return TRUE;
}

static gboolean
open_local (JumpService *self, const JumpListenPlace *place, GError **error)
{
  g_autoptr (JumpHttpServer) server = NULL;

  if (jump_service_inherits (self, JUMP_SOCKET_LOCAL))
    return open_inherited_once (self, JUMP_SOCKET_LOCAL, &self->local_server);
  if (g_strcmp0 (self->local_path, place->socket) == 0)
    return TRUE;
  if (*place->socket == '\0')
    {
      retire (self, &self->local_server);
      g_clear_pointer (&self->local_path, g_free);
      return TRUE;
    }
  server = jump_http_server_new (self->poller, &self->context);
  if (!jump_http_server_listen_local (server, place->socket, error))
    return FALSE;
  replace (self, &self->local_server, g_steal_pointer (&server));
  g_free (self->local_path);
  self->local_path = g_strdup (place->socket);
  return TRUE;
}

static JumpHttpServer *
open_tls_door (JumpService *self,
               const JumpTlsPlace *place,
               JumpTlsIdentity *identity,
               GError **error)
{
  g_autoptr (JumpHttpServer) server = jump_http_server_new (self->poller, &self->context);

  if (!jump_http_server_listen_tls (server, place->address, place->port, identity, error))
    return NULL;
  return g_steal_pointer (&server);
}

/* After a failed move: where it was before. */
static void
reopen_tls (JumpService *self)
{
  JumpTlsIdentity *identity =
      jump_tls_identity_new (self->tls_place.certificate, self->tls_place.key, NULL);

  if (identity != NULL)
    self->tls_server = open_tls_door (self, &self->tls_place, identity, NULL);
  if (self->tls_server == NULL)
    clear_tls_place (&self->tls_place);
}

static void
keep_tls_place (JumpService *self, const JumpTlsPlace *place)
{
  clear_tls_place (&self->tls_place);
  self->tls_place = (JumpTlsPlace){
    .address = g_strdup (place->address),
    .port = place->port,
    .certificate = g_strdup (place->certificate),
    .key = g_strdup (place->key),
  };
}

/* Another certificate needs another server, at the same sockets. */
static gboolean
open_inherited_tls (JumpService *self, const JumpTlsPlace *wanted, GError **error)
{
  const JumpInheritedSocket *face = jump_service_find_face (self, JUMP_SOCKET_TLS);
  JumpTlsPlace place = *wanted;
  JumpTlsIdentity *identity;

  place.address = face != NULL ? face->address : (char *) "loopback";
  place.port = face != NULL ? face->port : 0;
  if (self->tls_server != NULL && is_same_tls_place (&self->tls_place, &place))
    return TRUE;
  identity = jump_tls_identity_new (wanted->certificate, wanted->key, error);
  if (identity == NULL)
    return FALSE;
  replace (self, &self->tls_server, jump_service_open_inherited (self, JUMP_SOCKET_TLS, identity));
  keep_tls_place (self, &place);
  return TRUE;
}

static gboolean
open_tls (JumpService *self, const JumpListenPlace *place, GError **error)
{
  const JumpTlsPlace *wanted = &place->tls;
  JumpTlsIdentity *identity;
  JumpHttpServer *server;

  if (jump_service_inherits (self, JUMP_SOCKET_TLS))
    return open_inherited_tls (self, wanted, error);
  if (self->tls_server != NULL && is_same_tls_place (&self->tls_place, wanted))
    return TRUE;
  if (wanted->port == 0)
    {
      retire (self, &self->tls_server);
      clear_tls_place (&self->tls_place);
      return TRUE;
    }
  identity = jump_tls_identity_new (wanted->certificate, wanted->key, error);
  if (identity == NULL)
    return FALSE;
  if (self->tls_server != NULL && self->tls_place.port == wanted->port)
    retire (self, &self->tls_server);
  server = open_tls_door (self, wanted, identity, error);
  if (server == NULL)
    {
      if (self->tls_server == NULL && self->tls_place.port != 0)
        reopen_tls (self);
      return FALSE;
    }
  replace (self, &self->tls_server, server);
  keep_tls_place (self, wanted);
  return TRUE;
}

/* A certificate is for a name: the one that somebody configured, or the computer's. */
static char *
make_tls_url (JumpService *self)
{
  const char *names = jump_settings_get_string (self->settings, JUMP_KEY_SERVER_HOST_NAMES);
  g_autofree char *name = g_strndup (names, strcspn (names, ", "));
  const char *address = self->tls_place.address;
  const char *host = jump_listen_address_is_loopback (address) ? "localhost"
                     : *name != '\0'                           ? name
                     : g_hostname_is_ip_address (address)      ? address
                                                               : g_get_host_name ();
  gboolean is_ip6 = strchr (host, ':') != NULL;

  return g_strdup_printf ("https://%s%s%s:%u",
                          is_ip6 ? "[" : "",
                          host,
                          is_ip6 ? "]" : "",
                          jump_http_server_get_port (self->tls_server));
}

gboolean
jump_service_open_main_door (JumpService *self, const JumpListenPlace *place, GError **error)
{
  return open_main (self, place, error);
}

/**
 * jump_service_open_other_doors:
 * @self: a service whose main door is open
 * @place: where the others have to be
 * @error: of the first one that could not be opened
 *
 * One that fails stays where it was and keeps none of the others from opening.
 *
 * Returns: whether all are where they should be
 */
gboolean
jump_service_open_other_doors (JumpService *self, const JumpListenPlace *place, GError **error)
{
  g_autoptr (GError) ollama = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (GError) tls = NULL;
  GError *first;

  if (!open_ollama (self, place, &ollama))
    g_prefix_error (&ollama, "not listening for Ollama clients: ");
  if (jump_service_inherits (self, JUMP_SOCKET_CONTROL))
    open_inherited_once (self, JUMP_SOCKET_CONTROL, &self->control_server);
  open_local (self, place, &local);
  open_tls (self, place, &tls);
  g_clear_pointer (&self->tls_url, g_free);
  if (self->tls_server != NULL)
    self->tls_url = make_tls_url (self);
  first = ollama != NULL ? ollama : local != NULL ? local : tls;
  if (first == NULL)
    return TRUE;
  if (error != NULL)
    *error = g_error_copy (first);
  return FALSE;
}

void
jump_service_close_doors (JumpService *self)
{
  jump_service_forget_listening (self);
  retire (self, &self->control_server);
  retire (self, &self->ollama_server);
  retire (self, &self->local_server);
  retire (self, &self->tls_server);
  retire (self, &self->server);
}

gboolean
jump_service_has_open_doors (JumpService *self)
{
  return self->server != NULL || self->control_server != NULL || self->ollama_server != NULL ||
         self->local_server != NULL || self->tls_server != NULL || self->retired->len > 0;
}

void
jump_service_update_doors (JumpService *self)
{
  JumpHttpServer *servers[] = { self->server,
                                self->control_server,
                                self->ollama_server,
                                self->local_server,
                                self->tls_server };

  for (gsize i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      if (servers[i] != NULL)
        jump_http_server_update_limits (servers[i]);
    }
}

/* At the end of the service's life; whoever is connected is cut. */
void
jump_service_drop_doors (JumpService *self)
{
  g_clear_object (&self->server);
  g_clear_object (&self->control_server);
  g_clear_object (&self->ollama_server);
  g_clear_object (&self->local_server);
  g_clear_object (&self->tls_server);
  g_clear_pointer (&self->local_path, g_free);
  clear_tls_place (&self->tls_place);
  jump_listen_place_clear (&self->place);
}
