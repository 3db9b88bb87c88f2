/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-http"

#include "service/http/http-server.h"

#include "service/base/limits.h"
#include "service/http/connection-pool.h"
#include "service/http/incoming-request.h"
#include "service/http/listener.h"
#include "service/http/route-table.h"
#include "service/http/tls-desk.h"

struct _JumpHttpServer
{
  GObject parent_instance;

  JumpHttpContext *context; /* (unowned) */
  JumpPoller *poller;       /* (owned) */
  JumpConnectionPool *pool; /* (owned) */
  JumpListener *listener;   /* (owned) (nullable) */
  JumpTlsDesk *tls_desk;    /* (owned) (nullable) */
  JumpIncomingRules rules;
  GSourceOnceFunc on_empty; /* (nullable) */
  gpointer empty_data;
};

G_DEFINE_FINAL_TYPE (JumpHttpServer, jump_http_server, G_TYPE_OBJECT)

/* The client left, or was cut off, before its request was whole. */
static void
on_request_lost (gpointer request, gpointer user_data)
{
  jump_incoming_request_free (request);
}

/* ---- connections ---- */

static void
on_connection_readable (JumpClientConnection *connection, gpointer user_data)
{
  JumpHttpServer *self = user_data;

  if (connection->request == NULL)
    connection->request = jump_incoming_request_new (&self->rules, connection);
  jump_incoming_request_read (connection->request);
}

static void
on_connection_late (JumpClientConnection *connection, gpointer user_data)
{
  jump_incoming_request_expire (connection->request);
}

static void
on_socket_accepted (GSocket *socket, gpointer user_data)
{
  JumpHttpServer *self = user_data;

  jump_connection_pool_accept (self->pool, socket);
}

static void
on_socket_accepted_tls (GSocket *socket, gpointer user_data)
{
  JumpHttpServer *self = user_data;

  jump_tls_desk_take (self->tls_desk, socket);
}

static void
on_socket_encrypted (GSocket *socket, GIOStream *tls, gpointer user_data)
{
  JumpHttpServer *self = user_data;

  jump_connection_pool_accept_tls (self->pool, socket, tls);
}

static void
on_pool_empty (gpointer pool, gpointer user_data)
{
  JumpHttpServer *self = user_data;
  GSourceOnceFunc on_empty = g_steal_pointer (&self->on_empty);

  if (on_empty != NULL)
    on_empty (self->empty_data);
}

static void
jump_http_server_dispose (GObject *object)
{
  JumpHttpServer *self = JUMP_HTTP_SERVER (object);

  self->on_empty = NULL;
  g_clear_pointer (&self->listener, jump_listener_free);
  g_clear_pointer (&self->tls_desk, jump_tls_desk_free);
  g_clear_pointer (&self->pool, jump_connection_pool_free);
  g_clear_pointer (&self->rules.refusals, jump_refusal_desk_free);
  jump_access_rules_clear (&self->rules.access);
  g_clear_pointer (&self->poller, jump_poller_unref);
  G_OBJECT_CLASS (jump_http_server_parent_class)->dispose (object);
}

static void
jump_http_server_class_init (JumpHttpServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_http_server_dispose;
}

static void
jump_http_server_init (JumpHttpServer *self)
{
}

/**
 * jump_http_server_new:
 * @poller: of the main loop
 * @context: (transfer none): what the routes may use; outlives the server
 *
 * Returns: (transfer full): a server that does not listen yet
 */
JumpHttpServer *
jump_http_server_new (JumpPoller *poller, JumpHttpContext *context)
{
  JumpHttpServer *self = g_object_new (JUMP_TYPE_HTTP_SERVER, NULL);

  self->poller = jump_poller_ref (poller);
  self->context = context;
  self->rules = (JumpIncomingRules){
    .context = context,
  };
  self->rules.routes = jump_route_table_get (&self->rules.n_routes);
  self->rules.access.control_key = context->control_key;
  self->rules.access.keys = context->keys;
  self->rules.access.sessions = context->sessions;
  self->rules.refusals = jump_refusal_desk_new (context->clock);
  self->pool = jump_connection_pool_new (poller, on_connection_readable, on_request_lost, self);
  self->pool->on_late = on_connection_late;
  if (context->connections != NULL)
    jump_connection_pool_set_budget (self->pool, context->connections);
  jump_http_server_update_limits (self);
  return self;
}

/**
 * jump_http_server_listen:
 * @self: a server
 * @address: "loopback", "any" or an IP address
 * @port: 0 for any free one
 * @error: as of jump_listener_new()
 *
 * Returns: TRUE when requests are accepted
 */
gboolean
jump_http_server_listen (JumpHttpServer *self, const char *address, guint16 port, GError **error)
{
  self->listener = jump_listener_new (self->poller, address, port, on_socket_accepted, self, error);
  return self->listener != NULL;
}

/**
 * jump_http_server_listen_tls:
 * @self: a server
 * @address: as of jump_http_server_listen()
 * @port: 0 for any free one
 * @identity: (transfer full): what to show
 * @error: as of jump_listener_new()
 *
 * Returns: TRUE when encrypted connections are accepted
 */
gboolean
jump_http_server_listen_tls (JumpHttpServer *self,
                             const char *address,
                             guint16 port,
                             JumpTlsIdentity *identity,
                             GError **error)
{
  self->tls_desk =
      jump_tls_desk_new (self->poller, identity, self->pool->budget, on_socket_encrypted, self);
  jump_http_server_update_limits (self);
  self->listener =
      jump_listener_new (self->poller, address, port, on_socket_accepted_tls, self, error);
  return self->listener != NULL;
}

/**
 * jump_http_server_listen_local:
 * @self: a server
 * @path: of the socket's file
 * @error: as of jump_listener_new_local()
 *
 * Returns: TRUE when requests are accepted
 */
gboolean
jump_http_server_listen_local (JumpHttpServer *self, const char *path, GError **error)
{
  self->listener = jump_listener_new_local (self->poller, path, on_socket_accepted, self, error);
  return self->listener != NULL;
}

/**
 * jump_http_server_listen_inherited:
 * @self: a server
 * @sockets: (element-type GSocket): at least one
 * @loopback_port: as of jump_listener_new_inherited()
 * @identity: (transfer full) (nullable): what to show; NULL without encryption
 */
void
jump_http_server_listen_inherited (JumpHttpServer *self,
                                   GPtrArray *sockets,
                                   guint16 loopback_port,
                                   JumpTlsIdentity *identity)
{
  JumpListenerFunc on_accepted = identity == NULL ? on_socket_accepted : on_socket_accepted_tls;

  if (identity != NULL)
    {
      self->tls_desk =
          jump_tls_desk_new (self->poller, identity, self->pool->budget, on_socket_encrypted, self);
      jump_http_server_update_limits (self);
    }
  self->listener =
      jump_listener_new_inherited (self->poller, sockets, loopback_port, on_accepted, self);
}

void
jump_http_server_set_purpose (JumpHttpServer *self, JumpAccessPurpose purpose)
{
  self->rules.access.purpose = purpose;
}

/**
 * jump_http_server_get_port:
 *
 * Returns: where it listens; 0 for a Unix socket, and once it accepts no more
 */
guint16
jump_http_server_get_port (JumpHttpServer *self)
{
  return self->listener != NULL ? jump_listener_get_port (self->listener) : 0;
}

void
jump_http_server_update_limits (JumpHttpServer *self)
{
  JumpSettings *settings = self->context->settings;
  JumpConnectionTimeouts timeouts = {
    .head_ms = 1000u * (guint) jump_settings_get_int (settings, JUMP_KEY_LIMITS_HEAD_SECONDS),
    .read_ms = 1000u * (guint) jump_settings_get_int (settings, JUMP_KEY_TIMEOUT_SERVER_READ),
    .write_ms = 1000u * (guint) jump_settings_get_int (settings, JUMP_KEY_TIMEOUT_SERVER_WRITE),
    .idle_ms = 1000u * (guint) jump_settings_get_int (settings, JUMP_KEY_TIMEOUT_SERVER_IDLE),
  };

  self->rules.body_limit = (gsize) jump_settings_get_int (settings, JUMP_KEY_SERVER_BODY_LIMIT);
  self->rules.control_body_limit =
      (gsize) jump_settings_get_int (settings, JUMP_KEY_LIMITS_CONTROL_BODY);
  self->rules.head_bytes = (gsize) jump_settings_get_int (settings, JUMP_KEY_LIMITS_HEAD_BYTES);
  self->rules.head_fields = (guint) jump_settings_get_int (settings, JUMP_KEY_LIMITS_HEAD_FIELDS);
  jump_connection_budget_set_limits (
      self->pool->budget,
      (guint) jump_settings_get_int (settings, JUMP_KEY_LIMITS_CONNECTIONS),
      (guint) jump_settings_get_int (settings, JUMP_KEY_LIMITS_CONNECTIONS_PER_PEER));
  jump_access_rules_read (&self->rules.access, settings);
  jump_connection_pool_set_timeouts (self->pool, &timeouts);
  if (self->tls_desk != NULL)
    jump_tls_desk_set_time (self->tls_desk, timeouts.head_ms);
}

/**
 * jump_http_server_drain:
 * @self: a server
 * @on_empty: called once when no connection is left, perhaps at once
 * @user_data: for @on_empty
 */
void
jump_http_server_drain (JumpHttpServer *self, GSourceOnceFunc on_empty, gpointer user_data)
{
  g_clear_pointer (&self->listener, jump_listener_free);
  g_clear_pointer (&self->tls_desk, jump_tls_desk_free);
  self->on_empty = on_empty;
  self->empty_data = user_data;
  jump_connection_pool_drain (self->pool, on_pool_empty);
}
