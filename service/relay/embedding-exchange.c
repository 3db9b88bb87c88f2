/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-relay"

#include "service/relay/embedding-exchange.h"

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/base/redact.h"
#include "service/dialects/embeddings-reply.h"
#include "service/dialects/upstream-failure.h"
#include "service/relay/asked-model.h"
#include "service/relay/body-work.h"
#include "service/relay/exchange-entry.h"
#include "service/relay/exchange-report.h"
#include "service/relay/reply-head.h"
#include "service/relay/reply-lane.h"
#include "service/relay/reply-recorder.h"
#include "service/relay/request-cost.h"
#include "service/relay/spending-gate.h"

#include <string.h>

/* The status of a request whose client left before the reply was complete (nginx's word for it). */
#define STATUS_CLIENT_CLOSED 499

struct _JumpEmbeddingExchange
{
  gatomicrefcount ref_count;
  const JumpExchangeContext *context; /* (unowned): outlives us */
  JumpEmbeddingEndedFunc on_ended;
  gpointer user_data;

  const JumpDialect *client;  /* const data: whose errors the client reads */
  JumpReplySink *sink;        /* (unowned) (nullable): NULL once it is over */
  JumpReplySink *recorder;    /* (owned) (nullable): the same, where the reply is written down */
  JumpClock *clock;           /* (owned): a thread may ask it when the context is gone */
  GCancellable *cancellable;  /* (owned) */
  JumpExchangeRecord *record; /* (owned) */
  gint64 started;             /* monotonic µs */

  GBytes *body; /* (owned): request points into it */
  JumpEmbeddingsForm form;
  JumpEmbeddingsRequest request; /* (owned) */
  JumpAskedModel model;          /* (owned) */
  JumpEmbeddingsReply reply;     /* (owned) */
  guint from;                    /* the slice that upstream has */
  guint to;

  JumpClientPass *pass;     /* (owned) (nullable): what the client's key allows */
  JumpExchangeEntry *entry; /* (owned) (nullable) */
  gboolean is_final;        /* what failed will fail again: the client is told so */
  guint retry_after;        /* seconds, for a client that is turned away; 0: not known */
  JumpUpstreamCall *call;   /* (unowned) (nullable) */
  GPtrArray *headers;       /* (owned) (nullable): upstream's, for the client */
  GBytes *slice;            /* (owned) (nullable): upstream's reply, being read */
  GBytes *answer;           /* (owned) (nullable): ours */
  gsize reply_size;         /* bytes of upstream's replies so far */
  GString *collected;       /* (owned) (nullable): upstream's reply */
};

static gpointer
ref_exchange (gpointer self)
{
  g_atomic_ref_count_inc (&((JumpEmbeddingExchange *) self)->ref_count);
  return self;
}

static void
unref_exchange (gpointer self)
{
  jump_embedding_exchange_unref (self);
}

static void
end (JumpEmbeddingExchange *self, guint status, const char *problem)
{
  JumpExchangeRecord *record = self->record;

  if (self->sink == NULL)
    return;
  self->sink = NULL;
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->call, jump_upstream_call_cancel);
  if (self->entry != NULL)
    jump_exchange_entry_settle (self->entry);
  record->status = status;
  jump_exchange_report_settle (record);
  record->total_us = jump_clock_get_monotonic_time (self->context->clock) - self->started;
  record->error = problem != NULL ? jump_redact (problem) : NULL;
  record->usage = self->reply.usage;
  if (record->usage.nano_aiu < 0 && (status < 400 || status == STATUS_CLIENT_CLOSED))
    record->estimated_nano_aiu = jump_request_cost_estimate (self->model.model, &record->usage);
  record->changes = jump_changes_steal (&self->request.changes);
  jump_exchange_report_move (self->context, self->record, JUMP_EXCHANGE_ENDED);
  g_clear_pointer (&self->entry, jump_exchange_entry_free);
  jump_exchange_report_log (record);
  self->on_ended (self, record, self->user_data);
}

/* @headers: (transfer full) */
static void
send (JumpEmbeddingExchange *self,
      guint status,
      GPtrArray *headers,
      GBytes *body,
      const char *problem)
{
  jump_reply_head_add_way (headers, self->record->route, jump_changes_get (&self->request.changes));
  self->record->bytes_out = g_bytes_get_size (body);
  self->record->first_byte_us =
      jump_clock_get_monotonic_time (self->context->clock) - self->started;
  jump_reply_lane_send_whole (self->sink, status, headers, body);
  if (problem == NULL)
    jump_exchange_report_move (self->context, self->record, JUMP_EXCHANGE_STREAMING);
  end (self, status, problem);
}

/* @problem: for the log */
static void
send_failure (JumpEmbeddingExchange *self, const JumpFailure *failure, const char *problem)
{
  g_autoptr (GBytes) body = self->client->write_failure (failure, self->record->id);
  GPtrArray *headers = g_steal_pointer (&self->headers);

  if (headers == NULL)
    headers = jump_reply_head_new (self->client, "application/json", self->record->id);
  if (self->retry_after > 0)
    {
      g_autofree char *seconds = g_strdup_printf ("%u", self->retry_after);

      jump_reply_head_add (headers, "Retry-After", seconds);
    }
  if (self->is_final)
    jump_reply_head_add (headers, JUMP_HEADER_SHOULD_RETRY, "false");
  send (self, failure->status, headers, body, problem);
}

static void
fail (JumpEmbeddingExchange *self, const GError *error)
{
  g_autoptr (JumpFailure) failure = jump_failure_new_from_error (error);

  send_failure (self, failure, failure->message);
}

/* ---- the reply ---- */

static gboolean
write_reply (gpointer owner, GError **error)
{
  JumpEmbeddingExchange *self = owner;
  JumpReplyOptions options = {
    .client_model = self->model.asked,
    .used_model = self->model.used,
    .request_id = self->record->id,
    .now = jump_clock_get_wall_seconds (self->clock),
    .clock = self->clock,
    .started = self->started,
  };

  self->answer = jump_embeddings_reply_write (&self->reply, &self->request, &options);
  return TRUE;
}

static void
on_written (gpointer owner, const GError *error)
{
  JumpEmbeddingExchange *self = owner;
  GPtrArray *headers = g_steal_pointer (&self->headers);
  g_autofree char *credits = NULL;

  if (self->sink == NULL)
    {
      g_clear_pointer (&headers, g_ptr_array_unref);
      return;
    }
  if (headers == NULL)
    headers = jump_reply_head_new (self->client, "application/json", self->record->id);
  credits = jump_request_cost_dup_text (&self->reply.usage);
  jump_reply_head_add (headers, JUMP_HEADER_CREDITS, credits);
  send (self, 200, headers, self->answer, NULL);
}

static const JumpBodyWork writing = { ref_exchange, unref_exchange, write_reply, on_written };

static void send_slice (JumpEmbeddingExchange *self);

static gboolean
read_slice (gpointer owner, GError **error)
{
  JumpEmbeddingExchange *self = owner;

  return jump_embeddings_reply_add (&self->reply, self->slice, self->from, self->to, error);
}

static void
on_slice_read (gpointer owner, const GError *error)
{
  JumpEmbeddingExchange *self = owner;

  g_clear_pointer (&self->slice, g_bytes_unref);
  if (self->sink == NULL)
    return;
  if (error != NULL)
    {
      fail (self, error);
      return;
    }
  self->from = self->to;
  if (self->from < self->request.inputs->len)
    send_slice (self);
  else
    jump_body_work_do (&writing, self, self->reply_size);
}

static const JumpBodyWork reading_slice = { ref_exchange,
                                            unref_exchange,
                                            read_slice,
                                            on_slice_read };

static void
take_slice (JumpEmbeddingExchange *self)
{
  g_autoptr (GBytes) body = g_string_free_to_bytes (g_steal_pointer (&self->collected));

  if (self->record->upstream_status >= 400)
    {
      g_autoptr (JumpFailure) failure =
          jump_upstream_failure_read (self->record->upstream_status, body);

      /* Its words may repeat the input: they are for the client alone. */
      send_failure (self, failure, "upstream refused the request");
      return;
    }
  self->slice = g_steal_pointer (&body);
  self->reply_size += g_bytes_get_size (self->slice);
  jump_body_work_do (&reading_slice, self, g_bytes_get_size (self->slice));
}

static void
on_upstream_headers (JumpUpstreamCall *call, guint status, gpointer user_data)
{
  JumpEmbeddingExchange *self = user_data;

  self->record->upstream_status = status;
  g_free (self->record->upstream_id);
  self->record->upstream_id = jump_reply_head_dup_upstream_id (call);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  self->headers = jump_reply_head_new (self->client, "application/json", self->record->id);
  jump_reply_head_add_upstream (self->headers, call);
}

static void
on_upstream_data (JumpUpstreamCall *call, const char *data, gsize length, gpointer user_data)
{
  JumpEmbeddingExchange *self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->collected->len + length <= self->context->reply_bytes)
    {
      g_string_append_len (self->collected, data, (gssize) length);
      return;
    }
  error = g_error_new (JUMP_ERROR,
                       JUMP_ERROR_PROTOCOL,
                       "upstream's reply is larger than %" G_GSIZE_FORMAT
                       " bytes (setting limits.reply_bytes)",
                       self->context->reply_bytes);
  fail (self, error);
}

static void
on_upstream_done (JumpUpstreamCall *call, const GError *error, gpointer user_data)
{
  JumpEmbeddingExchange *self = user_data;

  self->call = NULL;
  self->record->attempts += jump_upstream_call_get_attempts (call);
  if (g_error_matches (error, JUMP_ERROR, JUMP_ERROR_UNAVAILABLE) ||
      g_error_matches (error, JUMP_ERROR, JUMP_ERROR_RATE_LIMITED))
    self->retry_after = jump_upstream_call_get_wait (call);
  if (error != NULL)
    fail (self, error);
  else
    take_slice (self);
}

static const JumpUpstreamFuncs upstream_funcs = {
  .on_headers = on_upstream_headers,
  .on_data = on_upstream_data,
  .on_done = on_upstream_done,
};

/* ---- the request ---- */

static void
send_slice (JumpEmbeddingExchange *self)
{
  guint n_inputs = self->request.inputs->len;
  g_autoptr (GBytes) body = NULL;
  JumpUpstreamRequest request = {
    .method = "POST",
    .path = "/embeddings",
    .meta = { .request_id = self->record->id, .model = self->model.used },
  };

  self->to = MIN (n_inputs, self->from + jump_asked_model_get_max_inputs (&self->model));
  body = jump_embeddings_request_write (&self->request, self->model.used, self->from, self->to);
  request.body = body;
  self->collected = g_string_new (NULL);
  if (self->from == 0)
    jump_exchange_report_move (self->context, self->record, JUMP_EXCHANGE_WAITING);
  self->call =
      jump_upstream_client_start (self->context->upstream, &request, &upstream_funcs, self);
}

static void
on_admitted (const GError *error, guint retry_after, gpointer user_data)
{
  JumpEmbeddingExchange *self = user_data;

  self->retry_after = retry_after;
  if (error != NULL)
    fail (self, error);
  else
    send_slice (self);
}

/* A cheaper model would make other vectors, which do not fit those that the client has: only yes and no count.
 * @out_reason: (out) (transfer full) (nullable): why somebody has to allow it
 * Returns: whether it may cost something */
static gboolean
ask_guard (JumpEmbeddingExchange *self, char **out_reason, GError **error)
{
  g_auto (JumpSpendingVerdict) verdict = { JUMP_SPENDING_GO };

  jump_spending_gate_ask (self->context, self->record, self->model.used, &verdict);
  if (verdict.action == JUMP_SPENDING_ASK)
    *out_reason = g_steal_pointer (&verdict.message);
  if (verdict.action != JUMP_SPENDING_STOP)
    return TRUE;
  self->retry_after = verdict.retry_after;
  self->is_final = TRUE;
  g_propagate_error (error, jump_spending_gate_new_error (&verdict));
  return FALSE;
}

static void
admit (JumpEmbeddingExchange *self)
{
  g_autofree char *reason = NULL;
  g_autoptr (GError) error = NULL;

  if (!ask_guard (self, &reason, &error))
    {
      fail (self, error);
      return;
    }
  self->entry = jump_exchange_entry_new (self->context, self->record, on_admitted, self);
  jump_exchange_entry_set_reason (self->entry, reason);
  jump_exchange_entry_begin (self->entry);
}

static void
route (JumpEmbeddingExchange *self)
{
  g_autofree char *name = jump_json_span_dup_string (self->request.model);
  guint n_inputs = self->request.inputs->len;
  g_autoptr (GError) error = NULL;
  gboolean is_fine = jump_asked_model_resolve (&self->model, self->context, name, &error);

  self->record->asked_model = g_strdup (self->model.asked);
  if (!is_fine || !jump_asked_model_check_allowed (&self->model, self->pass, &error) ||
      !jump_asked_model_check_embeddings (&self->model, &error))
    {
      fail (self, error);
      return;
    }
  self->record->used_model = g_strdup (self->model.used);
  self->record->route = g_strdup_printf ("embeddings; model=%s", self->model.used);
  jump_exchange_report_move (self->context, self->record, JUMP_EXCHANGE_ROUTED);
  jump_embeddings_reply_init (&self->reply, n_inputs);
  if (n_inputs > 0)
    admit (self);
  else
    jump_body_work_do (&writing, self, 0);
}

static void
on_catalog_ensured (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JumpEmbeddingExchange *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!jump_model_catalog_ensure_finish (JUMP_MODEL_CATALOG (source), result, &error))
    g_debug ("no catalogue: %s", error->message);
  if (self->sink != NULL)
    route (self);
  jump_embedding_exchange_unref (self);
}

static void
on_read (gpointer owner, const GError *error)
{
  JumpEmbeddingExchange *self = owner;

  if (self->sink == NULL)
    return;
  if (error != NULL)
    fail (self, error);
  else if (jump_model_catalog_is_ready (self->context->catalog))
    route (self);
  else
    jump_model_catalog_ensure_async (self->context->catalog,
                                     self->cancellable,
                                     on_catalog_ensured,
                                     ref_exchange (self));
}

static gboolean
read_body (gpointer owner, GError **error)
{
  JumpEmbeddingExchange *self = owner;
  gsize length;
  const char *data = g_bytes_get_data (self->body, &length);

  return jump_embeddings_request_read (&self->request, self->form, data, length, error);
}

static const JumpBodyWork reading = { ref_exchange, unref_exchange, read_body, on_read };

/* ---- life ---- */

static void
on_sink_gone (gpointer user_data)
{
  end (user_data, STATUS_CLIENT_CLOSED, NULL);
}

static const JumpReplySinkEvents sink_events = {
  .on_gone = on_sink_gone,
};

JumpEmbeddingExchange *
jump_embedding_exchange_new (const JumpExchangeContext *context,
                             const JumpRelayRequest *request,
                             JumpEmbeddingsForm form,
                             JumpReplySink *sink,
                             JumpEmbeddingEndedFunc on_ended,
                             gpointer user_data)
{
  JumpEmbeddingExchange *self = g_new0 (JumpEmbeddingExchange, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->context = context;
  self->on_ended = on_ended;
  self->user_data = user_data;
  self->client = request->dialect;
  self->form = form;
  self->sink = sink;
  self->clock = g_object_ref (context->clock);
  self->cancellable = g_cancellable_new ();
  self->pass = request->pass != NULL ? jump_client_pass_ref (request->pass) : NULL;
  self->body = g_bytes_ref (request->body);
  self->started = jump_clock_get_monotonic_time (context->clock);
  self->record = jump_exchange_report_new (context, request);
  self->reply.usage = JUMP_USAGE_COUNT_UNKNOWN;
  if (context->keeps_bodies)
    self->sink = self->recorder =
        jump_reply_recorder_new (sink, self->record, self->context->kept_replies);
  jump_reply_sink_set_events (self->sink, &sink_events, self);
  jump_reply_sink_set_buffer (self->sink, context->stream_buffer);
  return self;
}

void
jump_embedding_exchange_begin (JumpEmbeddingExchange *self)
{
  ref_exchange (self); /* on_ended may drop the owner's */
  jump_exchange_report_move (self->context, self->record, JUMP_EXCHANGE_RECEIVED);
  jump_body_work_do (&reading, self, g_bytes_get_size (self->body));
  unref_exchange (self);
}

void
jump_embedding_exchange_unref (JumpEmbeddingExchange *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->recorder, jump_reply_recorder_free);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->pass, jump_client_pass_unref);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->record, jump_exchange_record_unref);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  jump_embeddings_request_clear (&self->request);
  jump_embeddings_reply_clear (&self->reply);
  jump_asked_model_clear (&self->model);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->slice, g_bytes_unref);
  g_clear_pointer (&self->answer, g_bytes_unref);
  if (self->collected != NULL)
    g_string_free (self->collected, TRUE);
  g_free (self);
}

void
jump_embedding_exchange_cancel (JumpEmbeddingExchange *self, const GError *why)
{
  JumpReplySink *sink = self->sink;

  if (sink == NULL)
    return;
  jump_reply_sink_set_events (sink, NULL, NULL);
  jump_reply_sink_abort (sink);
  end (self, STATUS_CLIENT_CLOSED, why != NULL ? why->message : NULL);
}

const char *
jump_embedding_exchange_get_id (const JumpEmbeddingExchange *self)
{
  return self->record->id;
}
