/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-relay"

#include "service/relay/exchange.h"

#include "service/base/error.h"
#include "service/base/redact.h"
#include "service/relay/exchange-private.h"
#include "service/relay/exchange-report.h"
#include "service/relay/reply-head.h"
#include "service/relay/reply-recorder.h"
#include "service/relay/session-name.h"

#include <string.h>

/* The status of a request whose client left before the reply was complete (nginx's word for it). */
#define STATUS_CLIENT_CLOSED 499
/* What the client of a stream has been told, whatever came of it. */
#define STATUS_COMMITTED 200

JumpExchange *
jump_exchange_ref (JumpExchange *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

gboolean
jump_exchange_set_state (JumpExchange *self, JumpExchangeState state)
{
  if (self->record->state == JUMP_EXCHANGE_ENDED)
    return FALSE;
  jump_exchange_report_move (self->context, self->record, state);
  return TRUE;
}

/* What upstream keeps of a response is nothing; we keep it for those who come back (protocol 6.1). */
static void
keep_response (JumpExchange *self, const JumpReplyPipe *pipe)
{
  JumpJsonSpan object;
  g_autofree char *id = NULL;
  gsize length;
  const char *data;

  if (pipe->response == NULL || self->asked_body == NULL)
    return;
  data = g_bytes_get_data (pipe->response, &length);
  object = jump_json_span_trim (data, length);
  id = jump_json_span_dup_string (jump_json_find_member (object, "id"));
  if (id == NULL)
    return;
  /* The first of a chain gives it its name. */
  if (self->record->session == NULL)
    self->record->session = jump_session_name_new (id, NULL, FALSE);
  jump_response_store_add (self->context->responses,
                           jump_client_pass_get_owner (self->pass),
                           id,
                           self->record->session,
                           self->asked_body,
                           pipe->response);
}

static void
take_from_lane (JumpExchange *self)
{
  JumpExchangeRecord *record = self->record;
  const JumpReplyPipe *pipe = jump_reply_lane_get_pipe (self->lane);

  record->usage = pipe->usage;
  record->bytes_out += jump_reply_lane_get_bytes (self->lane);
  jump_changes_add_all (&self->changes, jump_changes_get (&pipe->changes));
  if (self->purpose == JUMP_RELAY_GENERATE)
    jump_token_gauge_learn (self->context->gauge,
                            self->model.used,
                            &self->facts,
                            pipe->usage.input_tokens);
  keep_response (self, pipe);
  jump_exchange_note_limit (self, pipe->failure);
}

static void
freeze_record (JumpExchange *self, guint status, const GError *error)
{
  JumpExchangeRecord *record = self->record;

  record->status = status;
  jump_exchange_report_settle (record);
  record->total_us = jump_clock_get_monotonic_time (self->context->clock) - self->started;
  if (self->entry != NULL)
    jump_exchange_entry_settle (self->entry);
  if (error != NULL)
    record->error = jump_redact (error->message); /* it goes to disk */
  if (self->lane != NULL)
    take_from_lane (self);
  if (status < 400 || status == STATUS_CLIENT_CLOSED)
    jump_exchange_estimate (self);
  record->changes = jump_changes_steal (&self->changes);
}

void
jump_exchange_end (JumpExchange *self, guint status, const GError *error)
{
  if (self->record->state == JUMP_EXCHANGE_ENDED)
    return;
  freeze_record (self, status, error);
  jump_exchange_set_state (self, JUMP_EXCHANGE_ENDED);
  self->sink = NULL;
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->call, jump_upstream_call_cancel);
  jump_clock_clear_alarm (self->context->clock, &self->keep_alive);
  g_clear_pointer (&self->entry, jump_exchange_entry_free);
  jump_exchange_report_log (self->record);
  self->on_ended (self, self->record, self->user_data);
}

static void
send_whole (JumpExchange *self, guint status, GPtrArray *headers, GBytes *body)
{
  jump_exchange_drop_lane (self);
  self->record->bytes_out = g_bytes_get_size (body);
  jump_reply_head_add_way (headers, self->record->route, jump_changes_get (&self->changes));
  jump_reply_lane_send_whole (self->sink, status, headers, body);
}

void
jump_exchange_fail (JumpExchange *self, const GError *error)
{
  g_autoptr (JumpFailure) failure = jump_failure_new_from_error (error);
  g_autoptr (GBytes) body = NULL;
  GPtrArray *headers;

  if (self->record->state == JUMP_EXCHANGE_ENDED)
    return;
  if (jump_exchange_has_head (self))
    {
      jump_exchange_break_stream (self, failure);
      jump_exchange_end (self, STATUS_COMMITTED, error);
      return;
    }
  if (self->is_final)
    failure->resets_at =
        self->retry_after == 0
            ? 0
            : jump_clock_get_wall_seconds (self->context->clock) + self->retry_after;
  body = self->client->write_failure (failure, self->record->id);
  headers = jump_reply_head_new (self->client, "application/json", self->record->id);
  if (self->retry_after > 0)
    {
      g_autofree char *seconds = g_strdup_printf ("%u", self->retry_after);

      jump_reply_head_add (headers, "Retry-After", seconds);
    }
  if (self->is_final)
    jump_reply_head_add (headers, JUMP_HEADER_SHOULD_RETRY, "false");
  send_whole (self, failure->status, headers, body);
  jump_exchange_end (self, failure->status, error);
}

void
jump_exchange_refuse (JumpExchange *self,
                      const JumpFailure *failure,
                      GPtrArray *headers,
                      GBytes *body)
{
  /* Upstream likes to repeat what it was asked: its words are for the client alone, not for the log. */
  g_autoptr (GError) error = g_error_new (JUMP_ERROR,
                                          JUMP_ERROR_UPSTREAM,
                                          "upstream refused the request with status %u",
                                          self->record->upstream_status);

  if (jump_exchange_has_head (self))
    {
      g_ptr_array_unref (headers);
      jump_exchange_break_stream (self, failure);
      jump_exchange_end (self, STATUS_COMMITTED, error);
      return;
    }
  send_whole (self, failure->status, headers, body);
  jump_exchange_end (self, failure->status, error);
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
  jump_exchange_end (self, STATUS_CLIENT_CLOSED, NULL);
}

static const JumpReplySinkEvents sink_events = {
  .on_drained = on_sink_drained,
  .on_gone = on_sink_gone,
};

/**
 * jump_exchange_new:
 * @context: must stay valid until @on_ended
 * @request: what a client asks
 * @sink: (transfer none): gets the reply
 * @on_ended: called once; may drop the reference that this returns
 * @user_data: for @on_ended
 *
 * Returns: (transfer full): an exchange that nobody has heard of yet
 */
JumpExchange *
jump_exchange_new (const JumpExchangeContext *context,
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
  self->client = request->dialect;
  self->purpose = request->purpose;
  self->beta = g_strdup (request->beta);
  self->told_turn = request->turn;
  self->sink = sink;
  self->cancellable = g_cancellable_new ();
  self->pass = request->pass != NULL ? jump_client_pass_ref (request->pass) : NULL;
  self->body = g_bytes_ref (request->body);
  self->started = jump_clock_get_monotonic_time (context->clock);
  self->record = jump_exchange_report_new (context, request);
  if (context->keeps_bodies)
    self->sink = self->recorder =
        jump_reply_recorder_new (sink, self->record, self->context->kept_replies);
  jump_reply_sink_set_events (self->sink, &sink_events, self);
  jump_reply_sink_set_buffer (self->sink, context->stream_buffer);
  return self;
}

void
jump_exchange_begin (JumpExchange *self)
{
  jump_exchange_ref (self); /* on_ended may drop the owner's */
  if (jump_exchange_set_state (self, JUMP_EXCHANGE_RECEIVED))
    jump_exchange_read (self);
  jump_exchange_unref (self);
}

/**
 * jump_exchange_turn_away:
 * @self: a new exchange
 * @error: %JUMP_ERROR_UNAVAILABLE for the wait to be told
 * @retry_after: seconds
 */
void
jump_exchange_turn_away (JumpExchange *self, const GError *error, guint retry_after)
{
  jump_exchange_ref (self);
  self->retry_after = retry_after;
  if (jump_exchange_set_state (self, JUMP_EXCHANGE_RECEIVED))
    jump_exchange_fail (self, error);
  jump_exchange_unref (self);
}

void
jump_exchange_unref (JumpExchange *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->lane, jump_reply_lane_free);
  g_clear_pointer (&self->recorder, jump_reply_recorder_free);
  g_clear_pointer (&self->pass, jump_client_pass_unref);
  g_clear_pointer (&self->beta, g_free);
  g_clear_pointer (&self->sent_beta, g_free);
  g_clear_pointer (&self->interaction, g_free);
  g_clear_pointer (&self->previous, g_free);
  g_clear_pointer (&self->ask_reason, g_free);
  g_clear_pointer (&self->mends, g_ptr_array_unref);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->record, jump_exchange_record_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->asked_body, g_bytes_unref);
  jump_asked_model_clear (&self->model);
  jump_prepared_request_clear (&self->prepared);
  jump_changes_clear (&self->changes);
  if (self->refusal != NULL)
    g_string_free (self->refusal, TRUE);
  g_free (self);
}

void
jump_exchange_cancel (JumpExchange *self, const GError *why)
{
  JumpReplySink *sink = self->sink;

  if (self->record->state == JUMP_EXCHANGE_ENDED)
    return;
  g_clear_pointer (&self->call, jump_upstream_call_cancel);
  jump_reply_sink_set_events (sink, NULL, NULL);
  jump_reply_sink_abort (sink);
  jump_exchange_end (self, STATUS_CLIENT_CLOSED, why);
}

const char *
jump_exchange_get_id (const JumpExchange *self)
{
  return self->record->id;
}
