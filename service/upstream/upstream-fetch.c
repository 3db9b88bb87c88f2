/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/base/random.h"
#include "service/upstream/error-words.h"
#include "service/upstream/upstream-client-private.h"

/* Small replies come at once or not at all; VS Code waits 30 s for headers (protocol 7.2). */
#define FETCH_IDLE_MS (30 * 1000)

typedef struct
{
  GTask *task;            /* (owned) */
  const char *method;     /* static */
  char *path;             /* (owned) */
  JumpUpstreamCall *call; /* (unowned) */
  GSource *cancel_source; /* (owned) (nullable) */
  GByteArray *body;       /* (owned) */
  guint status;
} Fetch;

static void
fetch_free (Fetch *self)
{
  if (self->cancel_source != NULL)
    g_source_destroy (self->cancel_source);
  g_clear_pointer (&self->cancel_source, g_source_unref);
  g_object_unref (self->task);
  g_free (self->path);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fetch, fetch_free)

/* What is read has to come whole with 200; a change may be answered in any way that says yes. */
static gboolean
is_success (const Fetch *self)
{
  if (g_str_equal (self->method, "GET"))
    return self->status == 200;
  return self->status >= 200 && self->status < 300;
}

static GError *
make_status_error (const Fetch *self)
{
  JumpError code = JUMP_ERROR_UPSTREAM;
  g_autofree char *words = NULL;

  if (self->status == 401)
    code = JUMP_ERROR_SIGNED_OUT;
  else if (self->status == 403)
    code = JUMP_ERROR_FORBIDDEN;
  else if (self->status == 404)
    code = JUMP_ERROR_NOT_FOUND;
  else if (self->status == 429)
    code = JUMP_ERROR_RATE_LIMITED;
  words = jump_error_words_new ((const char *) self->body->data, self->body->len, NULL);
  return g_error_new (JUMP_ERROR,
                      code,
                      "%s %s: upstream answered %u%s%s",
                      self->method,
                      self->path,
                      self->status,
                      words == NULL ? "" : ": ",
                      words == NULL ? "" : words);
}

static void
on_call_headers (JumpUpstreamCall *call, guint status, gpointer user_data)
{
  Fetch *self = user_data;

  self->status = status;
}

static void
on_call_data (JumpUpstreamCall *call, const char *data, gsize length, gpointer user_data)
{
  Fetch *self = user_data;

  if (length <= JUMP_LIMIT_SMALL_REPLY - self->body->len)
    {
      g_byte_array_append (self->body, (const guint8 *) data, (guint) length);
      return;
    }
  jump_upstream_call_cancel (call);
  g_task_return_new_error (self->task,
                           JUMP_ERROR,
                           JUMP_ERROR_PROTOCOL,
                           "%s %s: the reply has more than %d bytes",
                           self->method,
                           self->path,
                           JUMP_LIMIT_SMALL_REPLY);
  fetch_free (self);
}

static void
on_call_done (JumpUpstreamCall *call, const GError *error, gpointer user_data)
{
  g_autoptr (Fetch) self = user_data;
  GError *portal = NULL;

  if (error == NULL)
    portal = jump_upstream_call_make_portal_error (call, self->status);
  if (error != NULL)
    g_task_return_error (self->task, g_error_copy (error));
  else if (portal != NULL)
    g_task_return_error (self->task, portal);
  else if (!is_success (self))
    g_task_return_error (self->task, make_status_error (self));
  else
    g_task_return_pointer (self->task,
                           g_byte_array_free_to_bytes (g_steal_pointer (&self->body)),
                           (GDestroyNotify) g_bytes_unref);
}

static gboolean
on_fetch_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (Fetch) self = user_data;

  jump_upstream_call_cancel (self->call);
  g_task_return_error_if_cancelled (self->task);
  return G_SOURCE_REMOVE;
}

static void
watch_cancellable (Fetch *self, GCancellable *cancellable)
{
  if (cancellable == NULL)
    return;
  self->cancel_source = g_cancellable_source_new (cancellable);
  g_source_set_callback (self->cancel_source, G_SOURCE_FUNC (on_fetch_cancelled), self, NULL);
  g_source_attach (self->cancel_source, g_task_get_context (self->task));
}

/* Takes @task. The method of @request is static. */
static void
start (JumpUpstreamClient *self, GTask *task, const JumpUpstreamRequest *request)
{
  static const JumpUpstreamFuncs funcs = {
    .on_headers = on_call_headers,
    .on_data = on_call_data,
    .on_done = on_call_done,
  };
  guint idle_ms = self->idle_ms == 0 ? FETCH_IDLE_MS : MIN (self->idle_ms, FETCH_IDLE_MS);
  Fetch *fetch = g_new0 (Fetch, 1);

  fetch->task = task;
  fetch->method = request->method;
  fetch->path = g_strdup (request->path);
  fetch->body = g_byte_array_new ();
  fetch->call = jump_upstream_call_new (self,
                                        request,
                                        idle_ms,
                                        jump_http_client_get_call_timeout (self->http),
                                        &funcs,
                                        fetch);
  watch_cancellable (fetch, g_task_get_cancellable (task));
}

/**
 * jump_upstream_client_fetch_async:
 * @self: a client
 * @path: "/models"
 * @cancellable: (nullable): closes the connection
 * @callback: called from the main loop
 * @user_data: for @callback
 *
 * Says OpenAI-Intent model-access, as VS Code does for the catalogue (protocol 4.2), and
 * X-Initiator agent, because no person waits for it.
 */
void
jump_upstream_client_fetch_async (JumpUpstreamClient *self,
                                  const char *path,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autofree char *request_id = jump_random_uuid ();
  JumpUpstreamRequest request = {
    .method = "GET",
    .path = path,
    .meta = { .request_id = request_id, .from_agent = TRUE, .intent = "model-access" },
  };
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, jump_upstream_client_fetch_async);
  start (self, task, &request);
}

/**
 * jump_upstream_client_fetch_finish:
 * @self: a client
 * @result: from the callback
 * @error: SIGNED_OUT, FORBIDDEN, NOT_FOUND, RATE_LIMITED or UPSTREAM for a status that is not 200,
 *   PROTOCOL for a reply that is too large, PORTAL for one that is not upstream's, else as for jump_upstream_client_start()
 *
 * Returns: (transfer full) (nullable): the body
 */
GBytes *
jump_upstream_client_fetch_finish (JumpUpstreamClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * jump_upstream_client_enable_model_async:
 * @self: a client
 * @id: a model that the catalogue names with a policy
 * @cancellable: (nullable): closes the connection; upstream may have heard all the same
 * @callback: called from the main loop
 * @user_data: for @callback
 *
 * Intent and interaction type are those of other clients (protocol 4.5). Bursts are refused there: one
 * at a time.
 */
void
jump_upstream_client_enable_model_async (JumpUpstreamClient *self,
                                         const char *id,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  static const char body[] = "{\"state\":\"enabled\"}";
  g_autofree char *request_id = jump_random_uuid ();
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/models/", escaped, "/policy", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static (body, sizeof body - 1);
  JumpUpstreamRequest request = {
    .method = "POST",
    .path = path,
    .body = bytes,
    .meta = {
      .request_id = request_id,
      .intent = "chat-policy",
      .interaction_type = "chat-policy",
    },
  };
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, jump_upstream_client_enable_model_async);
  start (self, task, &request);
}

/**
 * jump_upstream_client_enable_model_finish:
 * @error: as of jump_upstream_client_fetch_finish(): FORBIDDEN where an organisation decides
 *
 * Returns: whether upstream said yes, which is any 2xx
 */
gboolean
jump_upstream_client_enable_model_finish (JumpUpstreamClient *self,
                                          GAsyncResult *result,
                                          GError **error)
{
  g_autoptr (GBytes) body = g_task_propagate_pointer (G_TASK (result), error);

  return body != NULL;
}
