/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/json-call.h"

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/base/limits.h"
#include "service/base/secret-text.h"
#include "service/net/http-problem.h"

typedef struct
{
  JumpHttpTransfer *transfer; /* NULL: ended */
  GByteArray *body;           /* (owned) (nullable) may hold a token */
  GCancellable *cancellable;  /* (owned) (nullable) */
  gulong cancelled_id;
  char *url; /* (owned) */
  guint status;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  if (call->body != NULL)
    {
      jump_secret_wipe (call->body->data, call->body->len);
      g_byte_array_unref (call->body);
    }
  g_clear_object (&call->cancellable);
  g_free (call->url);
  g_free (call);
}

/* The transfer holds the reference on the task, which is handed over here. To be called before the
 * task returns: its callback may come from inside g_task_return_…(), and cancel. */
static GTask *
end_call (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  call->transfer = NULL;
  /* not g_cancellable_disconnect(): it would wait for the very callback that may be calling us */
  if (call->cancelled_id != 0)
    g_signal_handler_disconnect (call->cancellable, call->cancelled_id);
  call->cancelled_id = 0;
  return task;
}

static void
on_transfer_headers (JumpHttpTransfer *transfer, guint status, gpointer user_data)
{
  Call *call = g_task_get_task_data (user_data);

  call->status = status;
}

static void
on_transfer_data (JumpHttpTransfer *transfer, const char *data, gsize length, gpointer user_data)
{
  g_autoptr (GTask) ended = NULL;
  Call *call = g_task_get_task_data (user_data);

  if (call->body->len + length <= JUMP_LIMIT_SMALL_REPLY)
    {
      g_byte_array_append (call->body, (const guint8 *) data, (guint) length);
      return;
    }
  ended = end_call (user_data);
  jump_http_transfer_cancel (transfer);
  g_task_return_new_error (ended,
                           JUMP_ERROR,
                           JUMP_ERROR_PROTOCOL,
                           "the reply is larger than %d bytes",
                           JUMP_LIMIT_SMALL_REPLY);
}

static JumpJsonReply *
make_reply (Call *call, JumpHttpTransfer *transfer)
{
  JumpJsonReply *reply = g_new0 (JumpJsonReply, 1);
  gsize length;
  const char *text;

  reply->status = call->status;
  reply->body = g_byte_array_free_to_bytes (g_steal_pointer (&call->body));
  reply->retry_after = g_strdup (jump_http_transfer_get_header (transfer, "Retry-After"));
  reply->sso = g_strdup (jump_http_transfer_get_header (transfer, "X-GitHub-SSO"));
  reply->etag = g_strdup (jump_http_transfer_get_header (transfer, "ETag"));
  reply->date = g_strdup (jump_http_transfer_get_header (transfer, "Date"));
  reply->limit_reset = g_strdup (jump_http_transfer_get_header (transfer, "X-RateLimit-Reset"));
  text = g_bytes_get_data (reply->body, &length);
  if (length > 0)
    reply->json = jump_json_parse (text, (gssize) length, NULL);
  return reply;
}

static GError *
make_portal_error (const Call *call, JumpHttpTransfer *transfer)
{
  return jump_http_problem_new_portal (call->url,
                                       call->status,
                                       jump_http_transfer_get_header (transfer, "Location"),
                                       jump_http_transfer_get_header (transfer, "Content-Type"));
}

static void
on_transfer_done (JumpHttpTransfer *transfer, const GError *error, gpointer user_data)
{
  g_autoptr (GTask) task = end_call (user_data);
  GError *portal = NULL;

  if (error == NULL)
    portal = make_portal_error (g_task_get_task_data (task), transfer);
  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else if (portal != NULL)
    g_task_return_error (task, portal);
  else
    g_task_return_pointer (task,
                           make_reply (g_task_get_task_data (task), transfer),
                           (GDestroyNotify) jump_json_reply_free);
}

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Call *call = g_task_get_task_data (user_data);
  JumpHttpTransfer *transfer = call->transfer;
  g_autoptr (GTask) task = end_call (user_data);

  jump_http_transfer_cancel (transfer);
  g_task_return_error_if_cancelled (task);
}

void
jump_json_reply_free (JumpJsonReply *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->json, json_node_unref);
  g_free (self->retry_after);
  g_free (self->sso);
  g_free (self->etag);
  g_free (self->date);
  g_free (self->limit_reset);
  g_free (self);
}

/**
 * jump_json_reply_get_object:
 *
 * Returns: (transfer none) (nullable): the body if it is a JSON object
 */
JsonObject *
jump_json_reply_get_object (JumpJsonReply *self)
{
  if (self->json == NULL || !JSON_NODE_HOLDS_OBJECT (self->json))
    return NULL;
  return json_node_get_object (self->json);
}

/**
 * jump_json_call_async:
 * @request: (transfer full):
 * @cancellable: (nullable): to be cancelled from the main loop's thread
 */
void
jump_json_call_async (JumpHttpClient *client,
                      JumpHttpRequest *request,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  static const JumpHttpTransferFuncs funcs = {
    .on_headers = on_transfer_headers,
    .on_data = on_transfer_data,
    .on_done = on_transfer_done,
  };
  g_autoptr (JumpHttpRequest) owned_request = request;
  g_autoptr (GTask) task = g_task_new (client, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  g_task_set_source_tag (task, jump_json_call_async);
  g_task_set_task_data (task, call, call_free);
  call->body = g_byte_array_new ();
  call->url = g_strdup (request->url);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (request->total_timeout_ms == 0)
    request->total_timeout_ms = jump_http_client_get_call_timeout (client);
  call->transfer = jump_http_client_start (client,
                                           g_steal_pointer (&owned_request),
                                           &funcs,
                                           g_object_ref (task));
  if (cancellable != NULL)
    {
      call->cancellable = g_object_ref (cancellable);
      call->cancelled_id =
          g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_cancelled), task);
    }
}

/**
 * jump_json_call_finish:
 *
 * Returns: (transfer full) (nullable): the reply, whatever its status; errors are those of the
 *   HTTP client, %JUMP_ERROR_PORTAL for a reply that the network sent in place of the server, and
 *   %JUMP_ERROR_PROTOCOL for one of more than 8 MiB
 */
JumpJsonReply *
jump_json_call_finish (JumpHttpClient *client, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
