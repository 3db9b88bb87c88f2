/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-upstream"

#include "service/base/error.h"
#include "service/base/random.h"
#include "service/upstream/reply-verdict.h"
#include "service/upstream/retry-policy.h"
#include "service/upstream/upstream-call-private.h"

static void
note_answer (JumpUpstreamCall *self)
{
  jump_upstream_client_note_answer (self->client);
  jump_breaker_ticket_succeeded (&self->ticket);
  jump_upstream_client_check_breaker (self->client);
}

static void
note_failure (JumpUpstreamCall *self, const char *message)
{
  jump_upstream_client_note_error (self->client, message);
  jump_breaker_ticket_failed (&self->ticket, jump_clock_get_monotonic_time (self->client->clock));
  jump_upstream_client_check_breaker (self->client);
}

static void
note_status (JumpUpstreamCall *self, guint status)
{
  g_autofree char *message = g_strdup_printf ("%s %s: upstream answered %u",
                                              self->request.method,
                                              self->request.path,
                                              status);

  note_failure (self, message);
}

/* The catalogue and its policies have neither quota headers nor limits of their own (protocol 4.2). */
static void
show_reply (JumpUpstreamCall *self, guint status, const char *body, gsize length)
{
  if (self->is_limited)
    jump_upstream_client_show_reply (self->client, self, status, body, length);
}

/* ---- sending again ---- */

/* What went wrong for others meanwhile counts too: a limit, or a breaker that has opened. */
static gboolean
may_go_on (JumpUpstreamCall *self)
{
  g_autoptr (GError) limit = NULL;
  guint seconds;

  if (!jump_breaker_ticket_allows_retry (&self->ticket))
    return FALSE;
  if (self->is_limited)
    limit = jump_upstream_client_refuse (self->client, self->request.meta.model, &seconds);
  return limit == NULL;
}

static void
note_limits (JumpUpstreamCall *self, JumpReplyVerdict verdict)
{
  GByteArray *body = self->error_reply->body;
  JumpLimitReply reply = {
    .status = self->error_reply->status,
    .body = (const char *) body->data,
    .length = body->len,
    .retry_after = jump_error_reply_get_header (self->error_reply, "retry-after"),
    .user_retry_after =
        jump_error_reply_get_header (self->error_reply, "x-ratelimit-user-retry-after"),
  };

  if (self->is_limited)
    jump_upstream_client_note_refusal (self->client,
                                       self->request.meta.model,
                                       &reply,
                                       verdict == JUMP_VERDICT_OPAQUE);
}

/* This error reply, or the problem, is what the owner gets. */
static void
pass_on (JumpUpstreamCall *self)
{
  GByteArray *body;
  guint status;

  if (self->error_reply == NULL && self->last_reply != NULL)
    {
      /* after the last answer came none at all: the client gets the answer */
      self->error_reply = g_steal_pointer (&self->last_reply);
      g_clear_error (&self->problem);
    }
  if (self->error_reply == NULL)
    {
      note_failure (self, self->problem->message);
      jump_upstream_call_finish (self);
      return;
    }
  status = self->error_reply->status;
  body = self->error_reply->body;
  if (status < 500)
    note_answer (self);
  else
    note_status (self, status);
  show_reply (self, status, (const char *) body->data, body->len);
  self->stage = JUMP_CALL_HEADERS_DUE;
  jump_upstream_call_hand_out (self);
}

static void
on_rest_over (gpointer user_data)
{
  g_autoptr (JumpUpstreamCall) self = jump_upstream_call_ref (user_data);

  self->rest_alarm = 0;
  if (!may_go_on (self))
    {
      pass_on (self);
      return;
    }
  if (self->error_reply != NULL)
    {
      g_clear_pointer (&self->last_reply, jump_error_reply_free);
      self->last_reply = g_steal_pointer (&self->error_reply);
    }
  g_clear_error (&self->problem);
  jump_upstream_call_send (self);
}

/* Returns: whether it is sent again after a while */
static gboolean
rest (JumpUpstreamCall *self, const JumpSendOutcome *outcome)
{
  guint64 wait_ms;
  guint chance;

  jump_random_bytes (&chance, sizeof chance);
  if (!may_go_on (self) ||
      !jump_retry_policy_decide (self->client->attempts,
                                 self->n_tries,
                                 outcome,
                                 jump_clock_get_wall_seconds (self->client->clock),
                                 chance,
                                 &wait_ms))
    return FALSE;
  g_debug ("%s %s: %s, again in %" G_GUINT64_FORMAT " ms",
           self->request.method,
           self->request.path,
           self->problem != NULL ? self->problem->message : "upstream failed",
           wait_ms);
  self->stage = JUMP_CALL_RESTING;
  self->rest_alarm = jump_clock_add_alarm (self->client->clock, wait_ms, on_rest_over, self);
  return TRUE;
}

static gboolean
may_renew (JumpUpstreamCall *self, JumpReplyVerdict verdict)
{
  if (self->token->is_static)
    return FALSE;
  switch (verdict)
    {
    case JUMP_VERDICT_PASS:
      return FALSE;
    case JUMP_VERDICT_TOKEN_DEAD:
    case JUMP_VERDICT_OPAQUE:
      return !self->is_token_renewed;
    case JUMP_VERDICT_WRONG_HOST:
      return !self->is_host_reread;
    }
  return FALSE;
}

/* The endpoints come with the token, so a new one is the answer to a wrong host as well. Both get
 * it by way of reject, which asks GitHub once for all calls that were refused. */
static void
renew (JumpUpstreamCall *self, JumpReplyVerdict verdict)
{
  g_debug ("%s %s: upstream answered %u, renewing the token",
           self->request.method,
           self->request.path,
           self->error_reply->status);
  self->is_token_renewed |= verdict != JUMP_VERDICT_WRONG_HOST;
  self->is_host_reread |= verdict == JUMP_VERDICT_WRONG_HOST;
  self->n_tries--; /* it was the token's fault */
  g_clear_pointer (&self->error_reply, jump_error_reply_free);
  g_clear_error (&self->problem);
  jump_token_manager_reject (self->client->tokens, self->token);
  jump_upstream_call_send (self);
}

/* ---- what comes ---- */

static void
on_http_headers (JumpHttpTransfer *transfer, guint status, gpointer user_data)
{
  g_autoptr (JumpUpstreamCall) self = jump_upstream_call_ref (user_data);

  self->client->last_reply = jump_clock_get_wall_seconds (self->client->clock);
  if (status >= 400)
    {
      self->error_reply = jump_error_reply_new (transfer, status);
      return;
    }
  /* A success as soon as it begins: a probe that streams for minutes would keep the others out.
   * When it breaks off later, that says nothing new. */
  note_answer (self);
  if (self->is_limited)
    jump_upstream_client_note_success (self->client, self->request.meta.model);
  self->are_headers_out = TRUE;
  jump_stored_request_forget_body (&self->request); /* no replay any more */
  show_reply (self, status, NULL, 0);
  if (self->funcs.on_headers != NULL)
    self->funcs.on_headers (self, status, self->user_data);
  if (self->stage == JUMP_CALL_IN_FLIGHT && self->is_paused)
    jump_http_transfer_pause (transfer);
}

static void
on_http_data (JumpHttpTransfer *transfer, const char *data, gsize length, gpointer user_data)
{
  JumpUpstreamCall *self = user_data;

  if (self->error_reply == NULL)
    {
      if (self->funcs.on_data != NULL)
        self->funcs.on_data (self, data, length, self->user_data);
      return;
    }
  if (jump_error_reply_append (self->error_reply, data, length))
    return;
  self->transfer = NULL;
  self->stage = JUMP_CALL_JUDGING;
  jump_http_transfer_cancel (transfer);
  jump_upstream_call_continue_next_turn (self);
}

/* What took too long may still be at work, and would be paid for twice; a network that wants a sign-in
 * of its own wants it still in a second. */
static gboolean
is_final (JumpUpstreamCall *self, JumpHttpTransfer *transfer, const GError *error)
{
  if (g_error_matches (error, JUMP_ERROR, JUMP_ERROR_PORTAL))
    return TRUE;
  return g_error_matches (error, JUMP_ERROR, JUMP_ERROR_TIMEOUT) &&
         (self->request.body == NULL || jump_http_transfer_was_sent (transfer));
}

static void
on_http_done (JumpHttpTransfer *transfer, const GError *error, gpointer user_data)
{
  JumpUpstreamCall *self = user_data;
  JumpSendOutcome outcome = { 0 };

  if (error != NULL)
    self->problem = g_error_copy (error);
  if (self->error_reply != NULL)
    {
      self->transfer = NULL;
      jump_upstream_call_judge (self);
      return;
    }
  if (error == NULL)
    {
      jump_upstream_call_finish (self);
      return;
    }
  if (self->are_headers_out)
    {
      note_failure (self, error->message);
      jump_upstream_call_finish (self);
      return;
    }
  outcome.is_final = is_final (self, transfer, error);
  self->transfer = NULL;
  if (!rest (self, &outcome))
    pass_on (self);
}

/* ---- what goes ---- */

static void
start_transfer (JumpUpstreamCall *self)
{
  static const JumpHttpTransferFuncs funcs = {
    .on_headers = on_http_headers,
    .on_data = on_http_data,
    .on_done = on_http_done,
  };
  JumpHttpRequest *request =
      jump_stored_request_make_http (&self->request, self->client->identity, self->token);

  self->stage = JUMP_CALL_IN_FLIGHT;
  self->n_sent++;
  self->n_tries++;
  self->transfer = jump_http_client_start (self->client->http, request, &funcs, self);
}

static void
on_token_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpUpstreamCall) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpToken) token =
      jump_token_manager_get_finish (JUMP_TOKEN_MANAGER (source), result, &error);

  g_clear_object (&self->waiting);
  if (self->stage == JUMP_CALL_ENDED)
    return;
  if (token != NULL)
    {
      self->token = g_steal_pointer (&token);
      start_transfer (self);
      return;
    }
  if (self->last_reply != NULL)
    {
      pass_on (self);
      return;
    }
  /* A sign-in problem says nothing about the Copilot API, a refused token that it answers. */
  if (self->is_token_renewed || self->is_host_reread)
    jump_breaker_ticket_succeeded (&self->ticket);
  jump_breaker_ticket_give_back (&self->ticket);
  jump_upstream_client_check_breaker (self->client);
  jump_upstream_client_note_error (self->client, error->message);
  self->wait_seconds = jump_token_manager_get_wait (self->client->tokens);
  self->problem = g_steal_pointer (&error);
  jump_upstream_call_finish (self);
}

/* With a token at hand the request leaves in this turn of the loop. */
void
jump_upstream_call_send (JumpUpstreamCall *self)
{
  JumpToken *token = jump_token_manager_peek (self->client->tokens);

  g_clear_pointer (&self->token, jump_token_unref);
  if (token != NULL)
    {
      self->token = jump_token_ref (token);
      start_transfer (self);
      return;
    }
  self->stage = JUMP_CALL_WAITING;
  self->waiting = g_cancellable_new ();
  jump_token_manager_get_async (self->client->tokens,
                                self->waiting,
                                on_token_ready,
                                jump_upstream_call_ref (self));
}

/* The error reply is there: passed on, unless the token was to blame or it may pass by itself. */
void
jump_upstream_call_judge (JumpUpstreamCall *self)
{
  GByteArray *body = self->error_reply->body;
  JumpReplyVerdict verdict =
      jump_reply_verdict (self->error_reply->status, (const char *) body->data, body->len);
  JumpSendOutcome outcome = {
    .status = self->error_reply->status,
    .retry_after = jump_error_reply_get_header (self->error_reply, "retry-after"),
  };

  self->stage = JUMP_CALL_JUDGING;
  if (may_renew (self, verdict))
    {
      renew (self, verdict);
      return;
    }
  note_limits (self, verdict);
  if (!rest (self, &outcome))
    pass_on (self);
}
