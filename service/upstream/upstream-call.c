/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/net/http-problem.h"
#include "service/upstream/upstream-call-private.h"

JumpUpstreamCall *
jump_upstream_call_ref (JumpUpstreamCall *self)
{
  self->ref_count++;
  return self;
}

void
jump_upstream_call_unref (JumpUpstreamCall *self)
{
  if (--self->ref_count > 0)
    return;
  g_clear_object (&self->client);
  jump_stored_request_clear (&self->request);
  g_clear_object (&self->waiting);
  g_clear_pointer (&self->token, jump_token_unref);
  g_clear_pointer (&self->error_reply, jump_error_reply_free);
  g_clear_pointer (&self->last_reply, jump_error_reply_free);
  g_clear_error (&self->problem);
  g_free (self);
}

void
jump_upstream_call_finish (JumpUpstreamCall *self)
{
  self->stage = JUMP_CALL_ENDED;
  self->client->open_calls--;
  if (self->funcs.on_done != NULL)
    self->funcs.on_done (self, self->problem, self->user_data);
  self->transfer = NULL;
  jump_upstream_call_unref (self);
}

void
jump_upstream_call_hand_out (JumpUpstreamCall *call)
{
  g_autoptr (JumpUpstreamCall) self = jump_upstream_call_ref (call);
  GByteArray *body = self->error_reply->body;

  if (self->stage == JUMP_CALL_HEADERS_DUE)
    {
      self->stage = JUMP_CALL_BODY_DUE;
      if (self->funcs.on_headers != NULL)
        self->funcs.on_headers (self, self->error_reply->status, self->user_data);
    }
  if (self->stage != JUMP_CALL_BODY_DUE || self->is_paused)
    return;
  if (body->len > 0 && self->funcs.on_data != NULL)
    self->funcs.on_data (self, (const char *) body->data, body->len, self->user_data);
  if (self->stage != JUMP_CALL_ENDED)
    jump_upstream_call_finish (self);
}

static gboolean
on_next_turn_came (gpointer user_data)
{
  JumpUpstreamCall *self = user_data;

  g_clear_pointer (&self->next_turn, g_source_unref);
  if (self->stage == JUMP_CALL_JUDGING)
    jump_upstream_call_judge (self);
  else if (self->error_reply != NULL)
    jump_upstream_call_hand_out (self);
  else
    jump_upstream_call_finish (self);
  return G_SOURCE_REMOVE;
}

void
jump_upstream_call_continue_next_turn (JumpUpstreamCall *self)
{
  if (self->next_turn != NULL)
    return;
  self->next_turn = g_idle_source_new ();
  g_source_set_priority (self->next_turn, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->next_turn, on_next_turn_came, self, NULL);
  g_source_attach (self->next_turn, g_main_context_get_thread_default ());
}

/* Turned away: the owner hears of it from the main loop. Takes @error. */
static void
refuse (JumpUpstreamCall *self, GError *error, guint seconds)
{
  self->stage = JUMP_CALL_WAITING;
  self->problem = error;
  self->wait_seconds = seconds;
  jump_upstream_call_continue_next_turn (self);
}

static void
begin (JumpUpstreamCall *self)
{
  JumpUpstreamClient *client = self->client;
  gint64 now = jump_clock_get_monotonic_time (client->clock);
  GError *limit = NULL;
  guint seconds = 0;
  gint64 wait_us = 0;

  if (self->is_limited)
    limit = jump_upstream_client_refuse (client, self->request.meta.model, &seconds);
  if (limit != NULL)
    {
      refuse (self, limit, seconds);
      return;
    }
  if (jump_breaker_ticket_take (&self->ticket, &client->breaker, now, &wait_us))
    {
      jump_upstream_client_check_breaker (client);
      jump_upstream_call_send (self);
      return;
    }
  seconds = (guint) ((wait_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  refuse (self,
          g_error_new (JUMP_ERROR,
                       JUMP_ERROR_UNAVAILABLE,
                       "upstream failed too often, try again in %u s",
                       seconds),
          seconds);
}

/* Asks for limits, then the breaker, then for a token, then sends. */
JumpUpstreamCall *
jump_upstream_call_new (JumpUpstreamClient *client,
                        const JumpUpstreamRequest *request,
                        guint idle_ms,
                        guint total_ms,
                        const JumpUpstreamFuncs *funcs,
                        gpointer user_data)
{
  JumpUpstreamCall *self = g_new0 (JumpUpstreamCall, 1);

  self->ref_count = 1;
  self->client = g_object_ref (client);
  self->funcs = *funcs;
  self->user_data = user_data;
  self->is_limited = !g_str_has_prefix (request->path, "/models");
  self->n_tries = request->n_tries;
  jump_stored_request_init (&self->request, request, idle_ms, total_ms);
  client->open_calls++;
  begin (self);
  return self;
}

GError *
jump_upstream_call_make_portal_error (JumpUpstreamCall *call, guint status)
{
  g_autofree char *url = g_strconcat (call->token->api_url, call->request.path, NULL);

  return jump_http_problem_new_portal (url,
                                       status,
                                       jump_upstream_call_get_header (call, "Location"),
                                       jump_upstream_call_get_header (call, "Content-Type"));
}

/**
 * jump_upstream_call_get_header:
 * @call: a call whose headers have come
 * @name: in any case
 *
 * Returns: (nullable): the value, the last one if repeated
 */
const char *
jump_upstream_call_get_header (JumpUpstreamCall *call, const char *name)
{
  if (call->error_reply != NULL)
    return jump_error_reply_get_header (call->error_reply, name);
  return call->transfer == NULL ? NULL : jump_http_transfer_get_header (call->transfer, name);
}

/**
 * jump_upstream_call_foreach_header:
 * @call: a call whose headers have come
 * @func: called for every header of the reply, in order
 * @user_data: for @func
 */
void
jump_upstream_call_foreach_header (JumpUpstreamCall *call,
                                   void (*func) (const char *name,
                                                 const char *value,
                                                 gpointer user_data),
                                   gpointer user_data)
{
  GPtrArray *headers = call->error_reply == NULL ? NULL : call->error_reply->headers;

  if (headers == NULL && call->transfer != NULL)
    jump_http_transfer_foreach_header (call->transfer, func, user_data);
  for (guint i = 0; headers != NULL && i + 1 < headers->len; i += 2)
    func (g_ptr_array_index (headers, i), g_ptr_array_index (headers, i + 1), user_data);
}

/**
 * jump_upstream_call_get_attempts:
 *
 * Returns: how often the request left, with renewed tokens too; 0: it was answered from here
 */
guint
jump_upstream_call_get_attempts (JumpUpstreamCall *call)
{
  return call->n_sent;
}

/**
 * jump_upstream_call_get_tries:
 *
 * Returns: how often the request was sent in all, with the tries that it began with and without those that
 *   only a token was to blame for
 */
guint
jump_upstream_call_get_tries (JumpUpstreamCall *call)
{
  return call->n_tries;
}

/**
 * jump_upstream_call_get_wait:
 * @call: a call whose on_done tells of JUMP_ERROR_UNAVAILABLE or JUMP_ERROR_RATE_LIMITED
 *
 * Returns: after how many seconds it is worth asking again, for Retry-After; 0: not known
 */
guint
jump_upstream_call_get_wait (JumpUpstreamCall *call)
{
  return call->wait_seconds;
}

/**
 * jump_upstream_call_pause:
 *
 * No on_data comes until the call is resumed. Possible at any time: before there is a transfer it
 * is remembered, and an error reply is collected all the same.
 */
void
jump_upstream_call_pause (JumpUpstreamCall *call)
{
  if (call->stage == JUMP_CALL_ENDED || call->is_paused)
    return;
  call->is_paused = TRUE;
  if (call->are_headers_out)
    jump_http_transfer_pause (call->transfer);
}

/**
 * jump_upstream_call_resume:
 *
 * What was held comes from the main loop, never from inside this function.
 */
void
jump_upstream_call_resume (JumpUpstreamCall *call)
{
  if (call->stage == JUMP_CALL_ENDED || !call->is_paused)
    return;
  call->is_paused = FALSE;
  if (call->are_headers_out)
    jump_http_transfer_resume (call->transfer);
  else if (call->stage == JUMP_CALL_BODY_DUE)
    jump_upstream_call_continue_next_turn (call);
}

/**
 * jump_upstream_call_cancel:
 * @call: (transfer full): a call at any stage; not used by the owner any more
 *
 * Nothing is called any more. An upstream connection is closed at once, so that nobody pays for an
 * answer that nobody reads.
 */
void
jump_upstream_call_cancel (JumpUpstreamCall *call)
{
  JumpHttpTransfer *transfer = call->transfer;

  if (call->stage == JUMP_CALL_ENDED)
    return;
  call->stage = JUMP_CALL_ENDED;
  call->transfer = NULL;
  call->client->open_calls--;
  jump_breaker_ticket_give_back (&call->ticket);
  jump_upstream_client_check_breaker (call->client);
  jump_clock_clear_alarm (call->client->clock, &call->rest_alarm);
  if (call->next_turn != NULL)
    g_source_destroy (call->next_turn);
  g_clear_pointer (&call->next_turn, g_source_unref);
  if (transfer != NULL)
    jump_http_transfer_cancel (transfer);
  if (call->waiting != NULL)
    g_cancellable_cancel (call->waiting);
  jump_upstream_call_unref (call);
}
