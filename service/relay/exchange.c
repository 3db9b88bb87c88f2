/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-relay"

#include "service/relay/exchange.h"

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/dialects/openai-error.h"
#include "service/relay/request-patch.h"

#include <string.h>

/* The status of a request whose client left before the reply was complete (nginx's word for it). */
#define STATUS_CLIENT_CLOSED 499
#define NEAREST_NAMES        3

struct _JumpExchange
{
  gatomicrefcount ref_count;
  const JumpExchangeContext *context; /* (unowned): outlives us */
  JumpExchangeEndedFunc on_ended;
  gpointer user_data;

  JumpExchangeState state;
  JumpReplySink *sink;        /* (unowned) (nullable): NULL once it is over */
  GCancellable *cancellable;  /* (owned) */
  JumpExchangeRecord *record; /* (owned) */
  gint64 started;             /* monotonic µs */
  GBytes *body;               /* (owned) (nullable): the client's, until it was sent */
  GBytes *upstream_body;      /* (owned) (nullable) */
  JumpChatRequest request;    /* its spans point into body: gone once it was sent */
  JumpUpstreamCall *call;     /* (unowned) (nullable): while it runs */
  JumpLaneVerbatim *lane;     /* (owned) (nullable) */
};

static JumpExchange *
ref_exchange (JumpExchange *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/* The one place where the state changes. FALSE: it is over already. */
static gboolean
set_state (JumpExchange *self, JumpExchangeState state)
{
  if (self->state == JUMP_EXCHANGE_ENDED)
    return FALSE;
  self->state = state;
  return TRUE;
}

static void
freeze_record (JumpExchange *self, guint status, const GError *error)
{
  JumpExchangeRecord *record = self->record;

  record->status = status;
  record->total_us = jump_clock_get_monotonic_time (self->context->clock) - self->started;
  if (error != NULL)
    record->error = g_strdup (error->message);
  if (self->lane != NULL)
    {
      g_autofree char *reply_changes = jump_lane_verbatim_dup_changes (self->lane);

      record->usage = *jump_lane_verbatim_get_usage (self->lane);
      record->bytes_out = jump_lane_verbatim_get_bytes (self->lane);
      if (reply_changes != NULL && *reply_changes != '\0')
        {
          g_autofree char *request_changes = g_steal_pointer (&record->changes);

          record->changes =
              g_strjoin (request_changes == NULL || *request_changes == '\0' ? "" : ",",
                         request_changes != NULL ? request_changes : "",
                         reply_changes,
                         NULL);
        }
    }
}

static void
log_record (const JumpExchangeRecord *record)
{
  g_info ("%s %s client=%s model=%s>%s route=%s status=%u ms=%" G_GINT64_FORMAT
          " first_ms=%" G_GINT64_FORMAT " in=%" G_GUINT64_FORMAT " out=%" G_GUINT64_FORMAT
          " tokens=%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT
          " changes=%s id=%s%s%s",
          record->method,
          record->path,
          record->client != NULL ? record->client : "-",
          record->asked_model != NULL ? record->asked_model : "-",
          record->used_model != NULL ? record->used_model : "-",
          record->route != NULL ? record->route : "-",
          record->status,
          record->total_us / 1000,
          record->first_byte_us < 0 ? -1 : record->first_byte_us / 1000,
          record->bytes_in,
          record->bytes_out,
          record->usage.input_tokens,
          record->usage.cache_read_tokens,
          record->usage.output_tokens,
          record->changes != NULL && *record->changes != '\0' ? record->changes : "-",
          record->id,
          record->error != NULL ? " error=" : "",
          record->error != NULL ? record->error : "");
}

/* Ends the exchange, once. The sink has been ended, aborted or lost by then. */
static void
end (JumpExchange *self, guint status, const GError *error)
{
  if (self->state == JUMP_EXCHANGE_ENDED)
    return;
  freeze_record (self, status, error);
  set_state (self, JUMP_EXCHANGE_ENDED);
  self->sink = NULL;
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->call, jump_upstream_call_cancel);
  log_record (self->record);
  self->on_ended (self, self->record, self->user_data);
}

static void
fail (JumpExchange *self, const GError *error)
{
  guint status = jump_error_http_status (error);
  g_autoptr (GBytes) body = jump_openai_error_from_error (error);
  gboolean is_refused = g_error_matches (error, JUMP_ERROR, JUMP_ERROR_UNAVAILABLE);

  if (self->state == JUMP_EXCHANGE_ENDED)
    return;
  jump_reply_sink_set_events (self->sink, NULL, NULL);
  jump_lane_send_error (self->sink,
                        status,
                        body,
                        is_refused ? jump_upstream_client_get_breaker_wait (self->context->upstream)
                                   : 0,
                        self->record->id);
  g_clear_pointer (&self->lane, jump_lane_verbatim_free);
  self->record->bytes_out = g_bytes_get_size (body);
  end (self, status, error);
}

/* ---- the client's side ---- */

static void
on_sink_drained (gpointer user_data)
{
  JumpExchange *self = user_data;

  if (self->call != NULL)
    jump_upstream_call_resume (self->call);
}

static void
on_sink_gone (gpointer user_data)
{
  JumpExchange *self = user_data;

  /* Closing upstream at once: no credit is spent on an answer that nobody reads. */
  g_clear_pointer (&self->call, jump_upstream_call_cancel);
  end (self, STATUS_CLIENT_CLOSED, NULL);
}

static const JumpReplySinkEvents sink_events = {
  .on_drained = on_sink_drained,
  .on_gone = on_sink_gone,
};

/* ---- upstream's side ---- */

static void
note_first_byte (JumpExchange *self)
{
  if (self->record->first_byte_us < 0 && jump_lane_verbatim_get_bytes (self->lane) > 0)
    self->record->first_byte_us =
        jump_clock_get_monotonic_time (self->context->clock) - self->started;
}

static void
on_upstream_headers (JumpUpstreamCall *call, guint status, gpointer user_data)
{
  JumpExchange *self = user_data;

  if (!set_state (self, JUMP_EXCHANGE_STREAMING))
    return;
  self->record->upstream_status = status;
  self->record->upstream_id =
      g_strdup (jump_upstream_call_get_header (call, "x-github-request-id"));
  jump_lane_verbatim_head (self->lane, call, status);
}

static void
on_upstream_data (JumpUpstreamCall *call, const char *data, gsize length, gpointer user_data)
{
  JumpExchange *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!jump_lane_verbatim_data (self->lane, data, length, &error))
    jump_upstream_call_pause (call);
  note_first_byte (self);
  if (error != NULL)
    {
      guint status;

      g_clear_pointer (&self->call, jump_upstream_call_cancel);
      jump_reply_sink_set_events (self->sink, NULL, NULL);
      status = jump_lane_verbatim_end (self->lane, error, NULL);
      end (self, status, error);
    }
}

static void
on_upstream_done (JumpUpstreamCall *call, const GError *upstream_error, gpointer user_data)
{
  JumpExchange *self = user_data;
  g_autoptr (GError) error = NULL;
  guint status;

  self->call = NULL;
  if (g_error_matches (upstream_error, JUMP_ERROR, JUMP_ERROR_UNAVAILABLE))
    {
      fail (self, upstream_error);
      return;
    }
  jump_reply_sink_set_events (self->sink, NULL, NULL);
  status = jump_lane_verbatim_end (self->lane, upstream_error, &error);
  note_first_byte (self);
  end (self, status, error);
}

static const JumpUpstreamFuncs upstream_funcs = {
  .on_headers = on_upstream_headers,
  .on_data = on_upstream_data,
  .on_done = on_upstream_done,
};

/* ---- from bytes to upstream ---- */

static void
send_upstream (JumpExchange *self, const char *client_model)
{
  JumpLaneOptions lane_options = {
    .client_model = client_model,
    .request_id = self->record->id,
    .now = jump_clock_get_wall_seconds (self->context->clock),
    .requested_n = self->request.n,
    .stream = self->request.stream,
    .show_usage = self->request.include_usage,
  };
  JumpUpstreamRequest request = {
    .method = "POST",
    .path = "/chat/completions",
    .body = self->upstream_body,
    .expects_stream = self->request.stream,
    .meta = {
      .request_id = self->record->id,
      .from_agent = self->request.from_agent,
      .has_image = self->request.has_image,
    },
  };

  self->lane = jump_lane_verbatim_new (self->sink, &lane_options);
  if (!set_state (self, JUMP_EXCHANGE_WAITING))
    return;
  self->call =
      jump_upstream_client_start (self->context->upstream, &request, &upstream_funcs, self);
  /* Agents send megabytes and read for minutes: upstream's reference is enough. */
  g_clear_pointer (&self->upstream_body, g_bytes_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
}

static GError *
new_unknown_model_error (JumpExchange *self, const char *name)
{
  g_auto (GStrv) nearest =
      jump_model_nearest (self->context->mapping, self->context->catalog, name, NEAREST_NAMES);
  g_autofree char *names = g_strjoinv (", ", nearest);

  return g_error_new (JUMP_ERROR,
                      JUMP_ERROR_UNKNOWN_MODEL,
                      "model: the account has no model \"%s\"%s%s",
                      name,
                      *names != '\0' ? "; the nearest are: " : "",
                      names);
}

/* The catalogue is as good as it gets: find out which model is meant, and send. */
static void
route (JumpExchange *self)
{
  const JumpExchangeContext *context = self->context;
  g_autofree char *asked = jump_json_span_dup_string (self->request.model);
  g_autofree char *used = NULL;
  g_autofree char *changes = NULL;
  JumpMapped how = JUMP_MAPPED_SAME;
  JumpModel *model = NULL;

  if (asked == NULL)
    asked = g_strdup (context->default_model);
  if (asked == NULL || *asked == '\0')
    {
      g_autoptr (GError) error =
          g_error_new (JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "model: expected string");

      fail (self, error);
      return;
    }
  if (strlen (asked) > JUMP_LIMIT_MODEL_NAME)
    {
      g_autoptr (GError) error = g_error_new (JUMP_ERROR,
                                              JUMP_ERROR_BAD_REQUEST,
                                              "model: expected a name of at most %d bytes",
                                              JUMP_LIMIT_MODEL_NAME);

      fail (self, error);
      return;
    }
  self->record->asked_model = g_strdup (asked);
  used = jump_model_mapping_resolve (context->mapping, context->catalog, asked, &how, &model);
  if (model == NULL && context->is_strict &&
      jump_model_catalog_get_origin (context->catalog) == JUMP_CATALOG_LIVE)
    {
      g_autoptr (GError) error = new_unknown_model_error (self, asked);

      fail (self, error);
      return;
    }
  self->record->used_model = g_strdup (used);
  self->upstream_body = jump_request_patch_chat (self->body, &self->request, used, model, &changes);
  self->record->changes = g_steal_pointer (&changes);
  self->record->route =
      g_strdup (self->upstream_body == self->body ? "verbatim" : "verbatim; patched");
  if (set_state (self, JUMP_EXCHANGE_ROUTED))
    send_upstream (self, asked);
}

static void
on_catalog_ensured (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JumpExchange *self = user_data;
  g_autoptr (GError) error = NULL;

  /* Without any list names pass unchanged: upstream knows best. */
  if (!jump_model_catalog_ensure_finish (JUMP_MODEL_CATALOG (source), result, &error))
    g_debug ("no catalogue: %s", error->message);
  if (self->state != JUMP_EXCHANGE_ENDED)
    route (self);
  jump_exchange_unref (self);
}

static void
on_scanned (JumpExchange *self, const GError *error)
{
  if (error != NULL)
    {
      fail (self, error);
      return;
    }
  self->record->streamed = self->request.stream;
  if (jump_model_catalog_is_ready (self->context->catalog))
    route (self);
  else
    jump_model_catalog_ensure_async (self->context->catalog,
                                     self->cancellable,
                                     on_catalog_ensured,
                                     ref_exchange (self));
}

static void
scan_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  JumpExchange *self = task_data;
  gsize length;
  const char *data = g_bytes_get_data (self->body, &length);
  GError *error = NULL;

  if (jump_chat_request_scan (&self->request, data, length, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_thread_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JumpExchange *self = user_data;
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  if (self->state != JUMP_EXCHANGE_ENDED)
    on_scanned (self, error);
}

static void
scan (JumpExchange *self)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *data = g_bytes_get_data (self->body, &length);

  if (length > JUMP_LIMIT_SCAN_ON_LOOP)
    {
      g_autoptr (GTask) task = g_task_new (NULL, NULL, on_thread_done, self);

      g_task_set_source_tag (task, scan);
      g_task_set_task_data (task, ref_exchange (self), (GDestroyNotify) jump_exchange_unref);
      g_task_run_in_thread (task, scan_in_thread);
      return;
    }
  jump_chat_request_scan (&self->request, data, length, &error);
  on_scanned (self, error);
}

JumpExchange *
jump_exchange_start (const JumpExchangeContext *context,
                     const JumpRelayRequest *request,
                     JumpReplySink *sink,
                     JumpExchangeEndedFunc on_ended,
                     gpointer user_data)
{
  JumpExchange *self = g_new0 (JumpExchange, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->context = context;
  self->on_ended = on_ended;
  self->user_data = user_data;
  self->sink = sink;
  self->cancellable = g_cancellable_new ();
  self->body = g_bytes_ref (request->body);
  self->started = jump_clock_get_monotonic_time (context->clock);
  self->record = jump_exchange_record_new ();
  self->record->id = g_strdup (request->id);
  self->record->method = g_strdup (request->method);
  self->record->path = g_strdup (request->path);
  self->record->client = g_strdup (request->client);
  self->record->started_wall = jump_clock_get_wall_time (context->clock);
  self->record->bytes_in = g_bytes_get_size (request->body);
  self->record->first_byte_us = -1;
  self->record->usage = JUMP_USAGE_COUNT_UNKNOWN;
  jump_reply_sink_set_events (sink, &sink_events, self);

  ref_exchange (self); /* on_ended may drop the one we return */
  scan (self);
  return self;
}

void
jump_exchange_unref (JumpExchange *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->lane, jump_lane_verbatim_free);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->record, jump_exchange_record_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->upstream_body, g_bytes_unref);
  g_free (self);
}

void
jump_exchange_cancel (JumpExchange *self)
{
  JumpReplySink *sink = self->sink;

  if (self->state == JUMP_EXCHANGE_ENDED)
    return;
  g_clear_pointer (&self->call, jump_upstream_call_cancel);
  jump_reply_sink_set_events (sink, NULL, NULL);
  jump_reply_sink_abort (sink);
  end (self, STATUS_CLIENT_CLOSED, NULL);
}

JumpExchangeState
jump_exchange_get_state (const JumpExchange *self)
{
  return self->state;
}
