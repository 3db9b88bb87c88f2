/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-relay"

#include "service/base/error.h"
#include "service/base/json-write.h"
#include "service/base/limits.h"
#include "service/dialects/translate-pipe.h"
#include "service/dialects/upstream-failure.h"
#include "service/relay/count-pipe.h"
#include "service/relay/exchange-private.h"
#include "service/relay/reply-head.h"
#include "service/relay/request-mend.h"

/* From upstream to the client: the reply's pipe, what is tried again, and the end. */

/* How often a stream that failed before its first output is asked for again (protocol 6.1), as far as the
 * attempts that are allowed in all go. */
#define EARLY_RETRIES 2

/* What a response repeats of its request, as the client sent it; upstream got something else: it keeps
 * nothing and goes on from nothing.
 * Returns: (transfer full) (nullable) */
static char *
new_echo (const JumpExchange *self)
{
  g_autoptr (GString) echo = NULL;

  if (self->client->id != JUMP_DIALECT_RESPONSES)
    return g_strdup (self->prepared.echo);
  echo = g_string_new (self->prepared.echo);
  if (echo->len > 0)
    g_string_append_c (echo, ',');
  g_string_append_printf (echo,
                          "\"store\":%s,\"previous_response_id\":",
                          self->facts.is_stored ? "true" : "false");
  if (self->previous != NULL)
    jump_json_append_string (echo, self->previous);
  else
    g_string_append (echo, "null");
  return g_string_free (g_steal_pointer (&echo), FALSE);
}

/* @echo: as of new_echo(). A request that came to nothing early has no model yet. */
static JumpReplyOptions
make_reply_options (const JumpExchange *self, const char *echo)
{
  const JumpExchangeContext *context = self->context;
  const char *used = self->model.used;

  return (JumpReplyOptions){
    .client_model = self->model.asked != NULL ? self->model.asked : "unknown",
    .used_model = used != NULL ? used : "unknown",
    .request_id = self->record->id,
    .now = jump_clock_get_wall_seconds (context->clock),
    .requested_n = self->facts.n,
    .stream = self->facts.stream,
    .show_usage = self->facts.include_usage,
    .wants_thinking = self->prepared.wants_thinking,
    .estimated_input =
        used != NULL ? jump_token_gauge_count (context->gauge, used, &self->facts) : -1,
    .reasoning_field = context->reasoning_field,
    .names = self->prepared.names,
    .echo = echo,
    .reply_bytes = context->reply_bytes,
    .clock = context->clock,
    .started = self->started,
  };
}

JumpReplyPipe *
jump_exchange_new_pipe (JumpExchange *self)
{
  g_autofree char *echo = new_echo (self);
  JumpReplyOptions options = make_reply_options (self, echo);
  JumpReplyPipe *pipe;

  if (self->purpose == JUMP_RELAY_COUNT)
    return jump_count_pipe_new (self->client);
  pipe = self->choice.is_translated
             ? jump_translate_pipe_new (self->choice.upstream, self->client, &options)
             : self->client->new_repair (&options);
  pipe->keep_response = self->asked_body != NULL;
  return pipe;
}

JumpEncoder *
jump_exchange_new_encoder (JumpExchange *self)
{
  g_autofree char *echo = new_echo (self);
  JumpReplyOptions options = make_reply_options (self, echo);

  return self->client->new_encoder (&options);
}

static void
note_first_byte (JumpExchange *self)
{
  JumpExchangeRecord *record = self->record;

  if (record->first_byte_us >= 0 || jump_reply_lane_get_bytes (self->lane) == 0)
    return;
  record->first_byte_us = jump_clock_get_monotonic_time (self->context->clock) - self->started;
  /* Some streams begin with what is known of the input. */
  record->usage = jump_reply_lane_get_pipe (self->lane)->usage;
  jump_exchange_set_state (self, JUMP_EXCHANGE_STREAMING);
}

/* Agents send megabytes and read for minutes: once upstream answers well, nobody needs them. What is to be
 * kept for later has its own reference. */
static void
forget_bodies (JumpExchange *self)
{
  g_clear_pointer (&self->prepared.body, g_bytes_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
}

/* Streams tell of limits without headers, and without a word for them in Anthropic's (protocol 7.3). */
void
jump_exchange_note_limit (JumpExchange *self, const JumpFailure *failure)
{
  const char *code = failure == NULL ? NULL : failure->code;

  if (failure != NULL && failure->kind == JUMP_FAILURE_RATE_LIMIT && code == NULL)
    code = "rate_limited";
  if (code != NULL)
    jump_upstream_client_note_limit (self->context->upstream, self->model.used, code, 0);
}

/* ---- trying again ---- */

static gboolean
is_worth_retrying (const JumpFailure *failure)
{
  switch (failure->kind)
    {
    case JUMP_FAILURE_OVERLOADED:
    case JUMP_FAILURE_TIMEOUT:
    case JUMP_FAILURE_SERVER:
      return TRUE;

    case JUMP_FAILURE_BAD_REQUEST:
    case JUMP_FAILURE_OVERFLOW:
    case JUMP_FAILURE_AUTHENTICATION:
    case JUMP_FAILURE_BILLING:
    case JUMP_FAILURE_PERMISSION:
    case JUMP_FAILURE_NOT_FOUND:
    case JUMP_FAILURE_UNKNOWN_MODEL:
    case JUMP_FAILURE_TOO_LARGE:
    case JUMP_FAILURE_RATE_LIMIT:
    case JUMP_FAILURE_FILTER:
      break;
    }
  return FALSE;
}

static gboolean
reroute (JumpExchange *self, const JumpFailure *failure)
{
  if (g_strcmp0 (failure->code, "unsupported_api_for_model") != 0 || self->model.pin != NULL ||
      (self->excluded & (1u << self->choice.upstream->id)) != 0)
    return FALSE;
  self->excluded |= 1u << self->choice.upstream->id;
  jump_changes_add (&self->changes, "rerouted");
  jump_exchange_choose_way (self);
  return TRUE;
}

static gboolean
mend (JumpExchange *self, const JumpFailure *failure)
{
  g_autofree char *name = NULL;
  GBytes *body;

  if (self->mends == NULL)
    self->mends = g_ptr_array_new_with_free_func (g_free);
  body =
      jump_request_mend (self->choice.upstream, failure, self->prepared.body, self->mends, &name);
  if (body == NULL)
    return FALSE;
  g_debug ("%s: sending again after %s", self->record->id, name);
  g_bytes_unref (self->prepared.body);
  self->prepared.body = body;
  if (g_strcmp0 (name, JUMP_MEND_BETA_DROPPED) == 0)
    g_clear_pointer (&self->sent_beta, g_free);
  if (g_str_has_prefix (name, "hosted-tool-removed:web_search"))
    g_hash_table_add (self->context->without_search, g_strdup (self->model.used));
  jump_changes_add (&self->changes, name);
  g_ptr_array_add (self->mends, g_steal_pointer (&name));
  g_free (self->record->route);
  self->record->route = jump_route_describe (self->client, &self->choice, TRUE, self->model.used);
  jump_exchange_send (self);
  return TRUE;
}

/* Agents that sum up their conversation when it gets too long look for numbers (protocol 9.11), which
 * Responses models do not tell. What has too many bytes for upstream's front shrinks by the same means. */
static void
reword_overflow (JumpExchange *self, JumpFailure *failure)
{
  JumpModel *model = self->model.model;
  gint64 n_tokens;

  if (failure->kind == JUMP_FAILURE_TOO_LARGE)
    {
      failure->kind = JUMP_FAILURE_OVERFLOW;
      failure->status = 400;
    }
  if (failure->kind != JUMP_FAILURE_OVERFLOW)
    return;
  jump_changes_add (&self->changes, "overflow-reworded");
  if (model == NULL)
    return;
  if (failure->max_tokens < 0 && jump_model_get_max_prompt_tokens (model) > 0)
    failure->max_tokens = jump_model_get_max_prompt_tokens (model);
  if (failure->n_tokens >= 0 || failure->max_tokens < 0)
    return;
  n_tokens = jump_token_gauge_count (self->context->gauge, self->model.used, &self->facts);
  failure->n_tokens = MAX (n_tokens, failure->max_tokens + 1);
}

/* Upstream's refusal, whole: mended and sent again, or said to the client. */
static void
take_refusal (JumpExchange *self, JumpUpstreamCall *call)
{
  g_autoptr (GBytes) body = g_string_free_to_bytes (g_steal_pointer (&self->refusal));
  g_autoptr (JumpFailure) failure =
      jump_upstream_failure_read (self->record->upstream_status, body);
  g_autoptr (GPtrArray) headers = NULL;
  g_autoptr (GBytes) told = NULL;

  /* It was not upstream that failed. */
  self->n_tries = MAX (jump_upstream_call_get_tries (call), 1) - 1;
  if (failure->status < 500 && (reroute (self, failure) || mend (self, failure)))
    return;
  reword_overflow (self, failure);
  headers = jump_reply_head_new (self->client, "application/json", self->record->id);
  jump_reply_head_add_upstream (headers, call);
  /* What is in the client's shape already passes as it stands. */
  told = self->client->pass_failure != NULL && failure->kind != JUMP_FAILURE_OVERFLOW
             ? self->client->pass_failure (self->record->upstream_status, body)
             : self->client->write_failure (failure, self->record->id);
  jump_exchange_refuse (self, failure, g_steal_pointer (&headers), told);
}

/* The stream failed before the client saw anything of it. */
static void
take_early_failure (JumpExchange *self, JumpUpstreamCall *call)
{
  g_autoptr (JumpFailure) failure = jump_failure_copy (jump_reply_lane_get_failure (self->lane));
  g_autoptr (GBytes) told = NULL;

  self->n_tries = jump_upstream_call_get_tries (call);
  if (self->call != NULL)
    self->record->attempts += jump_upstream_call_get_attempts (call);
  g_clear_pointer (&self->call, jump_upstream_call_cancel);
  if (is_worth_retrying (failure) && self->n_early_failures < EARLY_RETRIES &&
      self->n_tries < jump_upstream_client_get_attempts (self->context->upstream))
    {
      self->n_early_failures++;
      jump_changes_add (&self->changes, "early-failure-retried");
      jump_exchange_send (self);
      return;
    }
  jump_exchange_note_limit (self, failure);
  reword_overflow (self, failure);
  told = self->client->write_failure (failure, self->record->id);
  jump_exchange_refuse (self,
                        failure,
                        jump_reply_head_new (self->client, "application/json", self->record->id),
                        told);
}

/* ---- what upstream says ---- */

static void
on_upstream_headers (JumpUpstreamCall *call, guint status, gpointer user_data)
{
  JumpExchange *self = user_data;

  self->record->upstream_status = status;
  g_free (self->record->upstream_id);
  self->record->upstream_id = jump_reply_head_dup_upstream_id (call);
  self->is_refused = status >= 400;
  if (self->is_refused)
    {
      self->refusal = g_string_new (NULL);
      return;
    }
  if (self->choice.upstream->id != JUMP_DIALECT_RESPONSES)
    forget_bodies (self);
  jump_reply_lane_head (self->lane, call, status);
  jump_exchange_watch_silence (self);
}

static void
on_upstream_data (JumpUpstreamCall *call, const char *data, gsize length, gpointer user_data)
{
  JumpExchange *self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->is_refused)
    {
      g_string_append_len (self->refusal, data, (gssize) length);
      return;
    }
  switch (jump_reply_lane_data (self->lane, data, length, &error))
    {
    case JUMP_LANE_GO_ON:
      break;

    case JUMP_LANE_PAUSE:
      jump_upstream_call_pause (call);
      break;

    case JUMP_LANE_FAILED:
      take_early_failure (self, call);
      return;

    case JUMP_LANE_BROKEN:
      note_first_byte (self);
      g_clear_pointer (&self->call, jump_upstream_call_cancel);
      jump_exchange_end (self, jump_reply_lane_get_status (self->lane), error);
      return;

    case JUMP_LANE_REFUSED:
      g_clear_pointer (&self->call, jump_upstream_call_cancel);
      jump_exchange_fail (self, error);
      return;
    }
  if (self->body != NULL && jump_reply_lane_get_bytes (self->lane) > 0)
    forget_bodies (self);
  note_first_byte (self);
}

/* Nothing came of upstream: the client's stream may have begun all the same. */
static void
take_no_answer (JumpExchange *self, JumpUpstreamCall *call, const GError *error)
{
  if (g_error_matches (error, JUMP_ERROR, JUMP_ERROR_UNAVAILABLE) ||
      g_error_matches (error, JUMP_ERROR, JUMP_ERROR_RATE_LIMITED))
    self->retry_after = jump_upstream_call_get_wait (call);
  jump_exchange_fail (self, error);
}

static void
on_upstream_done (JumpUpstreamCall *call, const GError *upstream_error, gpointer user_data)
{
  JumpExchange *self = user_data;
  g_autoptr (GError) error = NULL;

  self->call = NULL;
  self->record->attempts += jump_upstream_call_get_attempts (call);
  if (self->is_refused)
    {
      take_refusal (self, call);
      return;
    }
  if (upstream_error != NULL && !jump_reply_lane_has_begun (self->lane))
    {
      take_no_answer (self, call, upstream_error);
      return;
    }
  switch (jump_reply_lane_end (self->lane, upstream_error, &error))
    {
    case JUMP_LANE_FAILED:
      take_early_failure (self, call);
      break;

    case JUMP_LANE_REFUSED:
      jump_exchange_fail (self, error);
      break;

    case JUMP_LANE_GO_ON:
    case JUMP_LANE_PAUSE:
    case JUMP_LANE_BROKEN:
      note_first_byte (self);
      jump_exchange_end (self, jump_reply_lane_get_status (self->lane), error);
      break;
    }
}

const JumpUpstreamFuncs jump_exchange_upstream_funcs = {
  .on_headers = on_upstream_headers,
  .on_data = on_upstream_data,
  .on_done = on_upstream_done,
};
