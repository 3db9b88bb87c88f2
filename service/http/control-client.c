/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "service/http/control-client.h"

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/base/secret-text.h"

#include <string.h>

/* A start asks this before it does anything else, so a process that hangs must not hold it up. */
#define PROBE_TIMEOUT_MS   3000
#define CONNECT_TIMEOUT_MS 1000
/* Signing in and renewing a token wait for upstream, with three attempts and 10 s between them. */
#define CALL_TIMEOUT_MS 90000

struct _JumpControlClient
{
  GObject parent_instance;

  JumpControlFile *file; /* (owned) */
  GMainContext *context; /* (owned) what the poller lives in; runs only during a call */
  JumpPoller *poller;    /* (owned) */
  JumpHttpClient *http;  /* (owned) */
};

G_DEFINE_TYPE (JumpControlClient, jump_control_client, G_TYPE_OBJECT)

static void
on_call_finished (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **out_result = user_data;

  *out_result = g_object_ref (result);
}

/* The instance speaks HTTP to us, so its code comes back from the status; see error.c for the
 * other direction. */
static JumpError
code_for_status (guint status)
{
  switch (status)
    {
    case 400:
      return JUMP_ERROR_BAD_REQUEST;
    case 401:
      return JUMP_ERROR_SIGNED_OUT;
    case 403:
      return JUMP_ERROR_FORBIDDEN;
    case 404:
      return JUMP_ERROR_NOT_FOUND;
    case 405:
      return JUMP_ERROR_METHOD;
    case 413:
      return JUMP_ERROR_TOO_LARGE;
    case 429:
      return JUMP_ERROR_RATE_LIMITED;
    case 500:
      return JUMP_ERROR_STORE;
    case 503:
      return JUMP_ERROR_UNAVAILABLE;
    case 504:
      return JUMP_ERROR_TIMEOUT;
    default:
      return JUMP_ERROR_UPSTREAM;
    }
}

static JumpHttpRequest *
build_request (JumpControlClient *self,
               const char *method,
               const char *path,
               const char *body,
               guint timeout_ms)
{
  JumpHttpRequest *request = jump_control_client_new_request (self, method, path);

  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      jump_http_request_set_body (request, bytes, "application/json");
    }
  request->total_timeout_ms = timeout_ms;
  return request;
}

/* Runs the client's own context until the reply is there, so that no source of the caller's loop
 * is dispatched in the middle of its call. */
static JumpJsonReply *
wait_for_reply (JumpControlClient *self, JumpHttpRequest *request, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  JumpJsonReply *reply;

  g_main_context_push_thread_default (self->context);
  jump_json_call_async (self->http, request, NULL, on_call_finished, &result);
  while (result == NULL)
    g_main_context_iteration (self->context, TRUE);
  reply = jump_json_call_finish (self->http, result, error);
  g_main_context_pop_thread_default (self->context);
  return reply;
}

static JsonNode *
call_with_timeout (JumpControlClient *self,
                   const char *method,
                   const char *path,
                   const char *body,
                   guint timeout_ms,
                   GError **error)
{
  g_autoptr (JumpJsonReply) reply = NULL;

  reply = wait_for_reply (self, build_request (self, method, path, body, timeout_ms), error);
  if (reply == NULL)
    return NULL;
  if (reply->status < 200 || reply->status > 299)
    {
      jump_control_client_set_refusal (error,
                                       reply->status,
                                       g_bytes_get_data (reply->body, NULL),
                                       g_bytes_get_size (reply->body),
                                       method,
                                       path);
      return NULL;
    }
  if (reply->json == NULL)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_PROTOCOL,
                   "asking the running instance: the answer to %s %s is not JSON",
                   method,
                   path);
      return NULL;
    }
  return g_steal_pointer (&reply->json);
}

/* Closing sources of a context that nobody runs any more is safe only while it is the default:
 * libcurl's last callbacks come from here. */
static void
jump_control_client_dispose (GObject *object)
{
  JumpControlClient *self = JUMP_CONTROL_CLIENT (object);

  if (self->http != NULL)
    {
      g_main_context_push_thread_default (self->context);
      g_clear_object (&self->http);
      g_clear_pointer (&self->poller, jump_poller_unref);
      g_main_context_pop_thread_default (self->context);
    }
  G_OBJECT_CLASS (jump_control_client_parent_class)->dispose (object);
}

static void
jump_control_client_finalize (GObject *object)
{
  JumpControlClient *self = JUMP_CONTROL_CLIENT (object);

  g_clear_pointer (&self->file, jump_control_file_free);
  g_clear_pointer (&self->context, g_main_context_unref);
  G_OBJECT_CLASS (jump_control_client_parent_class)->finalize (object);
}

static void
jump_control_client_class_init (JumpControlClientClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_control_client_dispose;
  G_OBJECT_CLASS (klass)->finalize = jump_control_client_finalize;
}

static void
jump_control_client_init (JumpControlClient *self)
{
  /* "": never through a proxy, whatever the environment says; this is loopback */
  JumpHttpClientOptions options = {
    .proxy = "",
    .connect_timeout_ms = CONNECT_TIMEOUT_MS,
    .idle_connection_seconds = 30,
  };

  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->poller = jump_poller_new ();
  self->http = jump_http_client_new (self->poller, &options);
  g_main_context_pop_thread_default (self->context);
}

/**
 * jump_control_client_connect:
 * @runtime_dir: the folder of control files
 * @port: the instance asked for first; 0 for none in particular
 * @any_port: whether another instance will do
 *
 * A control file alone proves nothing: process ids are used again. So the instance is asked.
 *
 * Returns: (transfer full) (nullable): a client for an instance that answered GET /api/status
 */
JumpControlClient *
jump_control_client_connect (const char *runtime_dir, guint port, gboolean any_port)
{
  g_autoptr (JumpControlClient) self = NULL;
  g_autoptr (JsonNode) status = NULL;
  JumpControlFile *file = jump_control_file_find (runtime_dir, port, any_port);

  if (file == NULL)
    return NULL;
  self = g_object_new (JUMP_TYPE_CONTROL_CLIENT, NULL);
  self->file = file;
  status = call_with_timeout (self, "GET", "/api/status", NULL, PROBE_TIMEOUT_MS, NULL);
  if (status == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * jump_control_client_call:
 * @self: a connected client
 * @method: "GET", "POST", "DELETE"
 * @path: a control route, "/api/status"
 * @body: (nullable): JSON text
 * @error: JUMP_ERROR_SIGNED_OUT, JUMP_ERROR_FORBIDDEN and so on by the status of the answer, with
 *   the instance's own message; JUMP_ERROR_UPSTREAM or JUMP_ERROR_TIMEOUT when it does not answer
 *
 * Blocks. Other sources of the caller's main context do not run meanwhile.
 *
 * Returns: (transfer full): the JSON of the answer
 */
JsonNode *
jump_control_client_call (JumpControlClient *self,
                          const char *method,
                          const char *path,
                          const char *body,
                          GError **error)
{
  g_return_val_if_fail (JUMP_IS_CONTROL_CLIENT (self), NULL);
  return call_with_timeout (self, method, path, body, CALL_TIMEOUT_MS, error);
}

/**
 * jump_control_client_get_url:
 * @self: a connected client
 *
 * Returns: (transfer none): where the instance listens
 */
const char *
jump_control_client_get_url (JumpControlClient *self)
{
  return self->file->url;
}

/**
 * jump_control_client_get_pid:
 * @self: a connected client
 *
 * Returns: its process id
 */
gint64
jump_control_client_get_pid (JumpControlClient *self)
{
  return self->file->pid;
}

/**
 * jump_control_client_new_request:
 * @self: a connected client
 * @method: "GET", "POST", "DELETE"
 * @path: a control route
 *
 * Returns: (transfer full): a request to the instance that shows its key
 */
JumpHttpRequest *
jump_control_client_new_request (JumpControlClient *self, const char *method, const char *path)
{
  g_autofree char *url = g_strconcat (self->file->url, path, NULL);
  JumpHttpRequest *request = jump_http_request_new (method, url);
  char *authorization = g_strconcat ("Bearer ", self->file->key, NULL);

  jump_http_request_add_header (request, "Authorization", authorization);
  jump_http_request_add_header (request, "Accept", "application/json");
  jump_http_request_add_header (request, "User-Agent", "jumpseat/" JUMPSEAT_VERSION);
  jump_secret_free (authorization);
  request->connect_timeout_ms = CONNECT_TIMEOUT_MS;
  return request;
}

/**
 * jump_control_client_set_refusal:
 * @error: set to the code that fits @status, with the instance's own message where there is one
 * @status: of the answer
 * @body: (nullable): of the answer
 * @length: of @body in bytes
 * @method: what was asked
 * @path: what was asked
 */
void
jump_control_client_set_refusal (GError **error,
                                 guint status,
                                 const char *body,
                                 gsize length,
                                 const char *method,
                                 const char *path)
{
  g_autoptr (JsonObject) object =
      length > 0 ? jump_json_parse_object (body, (gssize) length, NULL) : NULL;
  JsonObject *problem = object == NULL ? NULL : jump_json_get_object (object, "error");
  const char *message = problem == NULL ? NULL : jump_json_get_string (problem, "message", NULL);

  if (message != NULL)
    g_set_error_literal (error, JUMP_ERROR, (gint) code_for_status (status), message);
  else
    g_set_error (error,
                 JUMP_ERROR,
                 (gint) code_for_status (status),
                 "asking the running instance: %s %s was answered with status %u",
                 method,
                 path,
                 status);
}
