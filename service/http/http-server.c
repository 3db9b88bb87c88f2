/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-http"

#include "service/http/http-server.h"

#include "service/base/limits.h"
#include "service/base/random.h"
#include "service/http/connection-pool.h"
#include "service/http/http-reply.h"
#include "service/http/listener.h"
#include "service/http/routes.h"

#include <libsoup/soup.h>

#define CONNECTION_KEY "jump-connection"
/* What a Content-Length may make us set aside before a byte of the body is here. */
#define FIRST_BODY_BUFFER (64 * 1024)

struct _JumpHttpServer
{
  GObject parent_instance;

  JumpHttpContext *context;       /* (unowned) */
  JumpPoller *poller;             /* (owned) */
  SoupServer *soup;               /* (owned) */
  JumpConnectionPool *pool;       /* (owned) */
  JumpListener *listener;         /* (owned) (nullable) */
  JumpClientConnection *accepted; /* (unowned) (nullable): the one being handed to libsoup now */
  gsize body_limit;
  GSourceOnceFunc on_empty; /* (nullable) */
  gpointer empty_data;
};

/* A request on its way in, and then its answer's owner. */
typedef struct
{
  JumpHttpServer *server; /* (owned) */
  JumpClientConnection *connection;
  JumpClientRequest request;
  GByteArray *body; /* (owned) (nullable) */
  const JumpRoute *route;
  gint64 started; /* monotonic µs */
} Incoming;

static const JumpRoute routes[] = {
  { "POST", "/v1/chat/completions", JUMP_ACCESS_MODEL, jump_route_chat_completions },
  { "POST", "/chat/completions", JUMP_ACCESS_MODEL, jump_route_chat_completions },
  { "GET", "/v1/models", JUMP_ACCESS_MODEL, jump_route_models },
  { "GET", "/models", JUMP_ACCESS_MODEL, jump_route_models },
  { "GET", "/v1/models/full", JUMP_ACCESS_MODEL, jump_route_models_full },
  { "GET", "/models/full", JUMP_ACCESS_MODEL, jump_route_models_full },
  { "GET", "/v1/models/{id}", JUMP_ACCESS_MODEL, jump_route_model },
  { "GET", "/models/{id}", JUMP_ACCESS_MODEL, jump_route_model },
  { "GET", "/health", JUMP_ACCESS_OPEN, jump_route_health },
  { "GET", "/v1/health", JUMP_ACCESS_OPEN, jump_route_health },
  { "GET", "/livez", JUMP_ACCESS_OPEN, jump_route_livez },
  { "GET", "/readyz", JUMP_ACCESS_OPEN, jump_route_readyz },
  { "GET", "/version", JUMP_ACCESS_OPEN, jump_route_version },
  { "GET", "/api/status", JUMP_ACCESS_CONTROL, jump_route_control_status },
  { "POST", "/api/show", JUMP_ACCESS_CONTROL, jump_route_control_show },
  { "POST", "/api/stop", JUMP_ACCESS_CONTROL, jump_route_control_stop },
  { "GET", "/api/login", JUMP_ACCESS_CONTROL, jump_route_login_state },
  { "POST", "/api/login", JUMP_ACCESS_CONTROL, jump_route_login_start },
  { "DELETE", "/api/login", JUMP_ACCESS_CONTROL, jump_route_login_cancel },
  { "POST", "/api/login/token", JUMP_ACCESS_CONTROL, jump_route_login_token },
  { "POST", "/api/logout", JUMP_ACCESS_CONTROL, jump_route_logout },
  { "POST", "/api/token/refresh", JUMP_ACCESS_CONTROL, jump_route_control_refresh },
  { "GET", "/api/models", JUMP_ACCESS_CONTROL, jump_route_control_models },
  { "POST", "/api/settings", JUMP_ACCESS_CONTROL, jump_route_control_settings },
};

G_DEFINE_FINAL_TYPE (JumpHttpServer, jump_http_server, G_TYPE_OBJECT)

/* ---- answering ---- */

static void
incoming_free (Incoming *incoming)
{
  g_signal_handlers_disconnect_by_data (incoming->request.message, incoming);
  g_clear_object (&incoming->request.message);
  g_clear_pointer (&incoming->request.body, g_bytes_unref);
  g_clear_pointer (&incoming->request.id, g_free);
  g_clear_pointer (&incoming->body, g_byte_array_unref);
  g_clear_object (&incoming->server);
  g_free (incoming);
}

static void
on_reply_done (guint status, guint64 bytes, gboolean complete, gpointer user_data)
{
  Incoming *incoming = user_data;

  if (!incoming->request.is_relayed)
    g_info ("%s %s client=%s status=%u ms=%" G_GINT64_FORMAT " in=%" G_GSIZE_FORMAT
            " out=%" G_GUINT64_FORMAT " id=%s%s",
            incoming->request.method,
            incoming->request.path,
            soup_message_headers_get_one (
                soup_server_message_get_request_headers (incoming->request.message),
                "User-Agent"),
            status,
            (g_get_monotonic_time () - incoming->started) / 1000,
            g_bytes_get_size (incoming->request.body),
            bytes,
            incoming->request.id,
            complete ? "" : " error=the client left");
  incoming_free (incoming);
}

static gboolean
wants_keep_alive (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (soup_server_message_get_http_version (message) == SOUP_HTTP_1_0)
    return soup_message_headers_header_contains (headers, "Connection", "keep-alive");
  return !soup_message_headers_header_contains (headers, "Connection", "close");
}

/* Takes the connection back from libsoup. From here on the request is ours to answer. */
static JumpClientRequest *
take_request (Incoming *incoming, gboolean was_read)
{
  JumpClientRequest *request = &incoming->request;
  SoupServerMessage *message = request->message;
  JumpStreamReplyOptions options = {
    .is_http10 = soup_server_message_get_http_version (message) == SOUP_HTTP_1_0,
    .is_head = soup_server_message_get_method (message) == SOUP_METHOD_HEAD,
    .keep_alive = wants_keep_alive (message),
    .request_was_read = was_read,
  };

  g_signal_handlers_disconnect_by_data (message, incoming);
  incoming->connection->request = NULL;
  request->method = soup_server_message_get_method (message);
  request->id = jump_random_uuid ();
  request->body = incoming->body != NULL && was_read
                      ? g_byte_array_free_to_bytes (g_steal_pointer (&incoming->body))
                      : g_bytes_new (NULL, 0);
  request->sink = jump_stream_reply_new (incoming->connection,
                                         soup_server_message_steal_connection (message),
                                         &options,
                                         on_reply_done,
                                         incoming);
  return request;
}

static void
refuse (Incoming *incoming,
        gboolean was_read,
        guint status,
        const char *code,
        const char *reason,
        const char *allow)
{
  jump_http_reply_refusal (take_request (incoming, was_read), status, code, reason, allow);
}

/* ---- judging the head ---- */

static gboolean
has_body (SoupMessageHeaders *headers)
{
  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED ||
         soup_message_headers_get_content_length (headers) > 0;
}

static const char *
code_of_refusal (guint status)
{
  switch (status)
    {
    case 401:
      return "invalid_control_key";
    case 421:
      return "wrong_host";
    default:
      return "forbidden";
    }
}

/* Everything that can be said before the body is read is said then. TRUE: refused and gone. */
static gboolean
refuse_by_head (Incoming *incoming, gboolean was_read)
{
  JumpHttpContext *context = incoming->server->context;
  SoupServerMessage *message = incoming->request.message;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  JumpAccessHeaders access_headers = {
    .host = soup_message_headers_get_one (headers, "Host"),
    .origin = soup_message_headers_get_one (headers, "Origin"),
    .sec_fetch_site = soup_message_headers_get_one (headers, "Sec-Fetch-Site"),
    .authorization = soup_message_headers_get_one (headers, "Authorization"),
  };
  const char *reason = NULL;
  g_autofree char *allow = NULL;
  guint status;

  incoming->route = jump_router_find (routes,
                                      G_N_ELEMENTS (routes),
                                      soup_server_message_get_method (message),
                                      incoming->request.path,
                                      &incoming->request.parameter,
                                      &allow);
  status = jump_access_check (incoming->route != NULL ? incoming->route->access : JUMP_ACCESS_MODEL,
                              &access_headers,
                              context->control_key,
                              context->port,
                              &reason);
  if (status != 0)
    {
      refuse (incoming, was_read, status, code_of_refusal (status), reason, NULL);
      return TRUE;
    }
  if (incoming->route == NULL)
    {
      g_autofree char *text = allow != NULL
                                  ? g_strdup_printf ("%s does not take %s, only %s",
                                                     incoming->request.path,
                                                     soup_server_message_get_method (message),
                                                     allow)
                                  : g_strdup_printf ("there is no %s here", incoming->request.path);

      refuse (incoming,
              was_read,
              allow != NULL ? 405 : 404,
              allow != NULL ? "method_not_allowed" : "unknown_path",
              text,
              allow);
      return TRUE;
    }
  return FALSE;
}

static void
refuse_size (Incoming *incoming)
{
  g_autofree char *text = g_strdup_printf ("the request body is larger than %" G_GSIZE_FORMAT
                                           " bytes (setting server.body_limit)",
                                           incoming->server->body_limit);

  refuse (incoming, FALSE, 413, "body_too_large", text, NULL);
}

/* ---- reading, with libsoup ---- */

static void
on_message_got_chunk (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  Incoming *incoming = user_data;
  gsize length;
  const guint8 *data = g_bytes_get_data (chunk, &length);

  if (incoming->body->len + length > incoming->server->body_limit)
    {
      refuse_size (incoming);
      return;
    }
  g_byte_array_append (incoming->body, data, (guint) length);
}

/* libsoup gave the request up: malformed, or the client left before it was whole. */
static void
on_request_lost (gpointer request, gpointer user_data)
{
  incoming_free (request);
}

static void
on_soup_request_started (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  JumpHttpServer *self = user_data;

  g_object_set_data (G_OBJECT (message), CONNECTION_KEY, self->accepted);
}

static void
on_soup_got_headers (SoupServer *soup,
                     SoupServerMessage *message,
                     const char *path,
                     GHashTable *query,
                     gpointer user_data)
{
  JumpHttpServer *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  JumpClientConnection *connection = g_object_get_data (G_OBJECT (message), CONNECTION_KEY);
  gboolean has_no_body = !has_body (headers);
  Incoming *incoming;

  if (connection == NULL)
    return;
  incoming = g_new0 (Incoming, 1);
  incoming->server = g_object_ref (self);
  incoming->connection = connection;
  incoming->request.message = g_object_ref (message);
  incoming->request.path = path;
  incoming->started = g_get_monotonic_time ();
  connection->request = incoming;
  self->context->n_requests++;

  if (refuse_by_head (incoming, has_no_body))
    return;
  if (soup_message_headers_get_content_length (headers) < 0)
    {
      refuse (incoming, FALSE, 400, "invalid_header", "Content-Length: expected a number", NULL);
      return;
    }
  if (soup_message_headers_get_content_length (headers) > (goffset) self->body_limit)
    {
      refuse_size (incoming);
      return;
    }
  if (has_no_body)
    return;
  /* Our own copy, with our own limit. */
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  incoming->body = g_byte_array_sized_new (
      (guint) CLAMP (soup_message_headers_get_content_length (headers), 1024, FIRST_BODY_BUFFER));
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_message_got_chunk), incoming);
}

static void
on_soup_got_request (SoupServer *soup,
                     SoupServerMessage *message,
                     const char *path,
                     GHashTable *query,
                     gpointer user_data)
{
  JumpHttpServer *self = user_data;
  JumpClientConnection *connection = g_object_get_data (G_OBJECT (message), CONNECTION_KEY);
  Incoming *incoming = connection != NULL ? connection->request : NULL;

  if (incoming == NULL)
    return;
  incoming->route->answer (self->context, take_request (incoming, TRUE));
}

/* ---- connections ---- */

static void
on_connection_request (JumpClientConnection *connection, gpointer user_data)
{
  JumpHttpServer *self = user_data;

  self->accepted = connection;
  soup_server_accept_iostream (self->soup,
                               G_IO_STREAM (connection->stream),
                               connection->local,
                               connection->remote,
                               NULL);
  self->accepted = NULL;
}

static void
on_socket_accepted (GSocket *socket, gpointer user_data)
{
  JumpHttpServer *self = user_data;

  if (jump_connection_pool_get_size (self->pool) >= JUMP_LIMIT_CONNECTIONS)
    {
      g_debug ("refusing a connection: %d are open", JUMP_LIMIT_CONNECTIONS);
      return;
    }
  jump_connection_pool_accept (self->pool, socket);
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
  g_clear_pointer (&self->pool, jump_connection_pool_free);
  if (self->soup != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->soup, self);
      soup_server_disconnect (self->soup);
    }
  g_clear_object (&self->soup);
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
  self->soup = soup_server_new (NULL, NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (on_soup_request_started), self);
  soup_server_add_early_handler (self->soup, NULL, on_soup_got_headers, self, NULL);
  soup_server_add_handler (self->soup, NULL, on_soup_got_request, self, NULL);
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
  self->pool = jump_connection_pool_new (poller, on_connection_request, on_request_lost, self);
  jump_http_server_update_limits (self);
  return self;
}

/**
 * jump_http_server_listen:
 * @self: a server
 * @address: "loopback", "127.0.0.1" or "::1"
 * @port: 0 for any free one
 * @error: as of jump_listener_new()
 *
 * Returns: TRUE when requests are accepted
 */
gboolean
jump_http_server_listen (JumpHttpServer *self, const char *address, guint16 port, GError **error)
{
  self->listener = jump_listener_new (self->poller, address, port, on_socket_accepted, self, error);
  if (self->listener == NULL)
    return FALSE;
  self->context->port = jump_listener_get_port (self->listener);
  return TRUE;
}

void
jump_http_server_update_limits (JumpHttpServer *self)
{
  JumpSettings *settings = self->context->settings;
  JumpConnectionTimeouts timeouts = {
    .read_ms = 1000u * (guint) jump_settings_get_int (settings, JUMP_KEY_TIMEOUT_SERVER_READ),
    .write_ms = 1000u * (guint) jump_settings_get_int (settings, JUMP_KEY_TIMEOUT_SERVER_WRITE),
    .idle_ms = 1000u * (guint) jump_settings_get_int (settings, JUMP_KEY_TIMEOUT_SERVER_IDLE),
  };

  self->body_limit = (gsize) jump_settings_get_int (settings, JUMP_KEY_SERVER_BODY_LIMIT);
  jump_connection_pool_set_timeouts (self->pool, &timeouts);
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
  self->on_empty = on_empty;
  self->empty_data = user_data;
  jump_connection_pool_drain (self->pool, on_pool_empty);
}

guint
jump_http_server_get_connections (JumpHttpServer *self)
{
  return jump_connection_pool_get_size (self->pool);
}
