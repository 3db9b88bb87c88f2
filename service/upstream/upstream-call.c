/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-upstream"

#include "service/base/error.h"
#include "service/upstream/breaker-ticket.h"
#include "service/upstream/error-reply.h"
#include "service/upstream/reply-verdict.h"
#include "service/upstream/stored-request.h"
#include "service/upstream/upstream-client-private.h"

typedef enum
{
  STAGE_WAITING,     /* for a token */
  STAGE_IN_FLIGHT,   /* a transfer is under way */
  STAGE_JUDGING,     /* an error reply is complete, or as complete as it may get */
  STAGE_HEADERS_DUE, /* of an error reply */
  STAGE_BODY_DUE,    /* of an error reply */
  STAGE_ENDED,
} Stage;

/* Reference counted: by its own life, by a wait for a token, by whatever calls the owner. */
struct _JumpUpstreamCall
{
  gint ref_count;
  JumpUpstreamClient *client; /* (owned) */
  JumpUpstreamFuncs funcs;
  gpointer user_data;
  JumpHttpTransferFuncs http_funcs;

  JumpStoredRequest request; /* (owned) */
  JumpBreakerTicket ticket;

  Stage stage;
  GCancellable *waiting;       /* (owned) (nullable): of the wait for a token */
  JumpToken *token;            /* (owned) (nullable): the one that was sent */
  JumpHttpTransfer *transfer;  /* (unowned) (nullable): belongs to the HTTP client */
  GSource *next_turn;          /* (owned) (nullable): continues from the main loop */
  JumpErrorReply *error_reply; /* (owned) (nullable) */
  GError *problem;             /* (owned) (nullable): for on_done */
  gboolean are_headers_out;    /* of a success, while the transfer goes on */
  gboolean is_paused;
  gboolean is_token_renewed;
  gboolean is_host_reread;
};

static JumpUpstreamCall *
call_ref (JumpUpstreamCall *self)
{
  self->ref_count++;
  return self;
}

static void
call_unref (JumpUpstreamCall *self)
{
  if (--self->ref_count > 0)
    return;
  g_clear_object (&self->client);
  jump_stored_request_clear (&self->request);
  g_clear_object (&self->waiting);
  g_clear_pointer (&self->token, jump_token_unref);
  g_clear_pointer (&self->error_reply, jump_error_reply_free);
  g_clear_error (&self->problem);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpUpstreamCall, call_unref)

static void
note_answer (JumpUpstreamCall *self)
{
  jump_upstream_client_note_answer (self->client);
  jump_breaker_ticket_succeeded (&self->ticket);
}

static void
note_failure (JumpUpstreamCall *self, const char *message)
{
  jump_upstream_client_note_error (self->client, message);
  jump_breaker_ticket_failed (&self->ticket, jump_clock_get_monotonic_time (self->client->clock));
}

static void
finish (JumpUpstreamCall *self)
{
  self->stage = STAGE_ENDED;
  self->client->open_calls--;
  if (self->funcs.on_done != NULL)
    self->funcs.on_done (self, self->problem, self->user_data);
  self->transfer = NULL;
  call_unref (self);
}

/* Hands out an error reply step by step, as far as the brake allows. */
static void
hand_out (JumpUpstreamCall *call)
{
  g_autoptr (JumpUpstreamCall) self = call_ref (call);
  GByteArray *body = self->error_reply->body;

  if (self->stage == STAGE_HEADERS_DUE)
    {
      self->stage = STAGE_BODY_DUE;
      if (self->funcs.on_headers != NULL)
        self->funcs.on_headers (self, self->error_reply->status, self->user_data);
    }
  if (self->stage != STAGE_BODY_DUE || self->is_paused)
    return;
  if (body->len > 0 && self->funcs.on_data != NULL)
    self->funcs.on_data (self, (const char *) body->data, body->len, self->user_data);
  if (self->stage != STAGE_ENDED)
    finish (self);
}

static void
start_transfer (JumpUpstreamCall *self)
{
  JumpHttpRequest *request =
      jump_stored_request_make_http (&self->request, self->client->identity, self->token);

  self->stage = STAGE_IN_FLIGHT;
  self->transfer = jump_http_client_start (self->client->http, request, &self->http_funcs, self);
}

static void
on_token_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpUpstreamCall) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpToken) token =
      jump_token_manager_get_finish (JUMP_TOKEN_MANAGER (source), result, &error);

  g_clear_object (&self->waiting);
  if (self->stage == STAGE_ENDED)
    return;
  if (token != NULL)
    {
      self->token = g_steal_pointer (&token);
      start_transfer (self);
      return;
    }
  /* A sign-in problem says nothing about the Copilot API, a refused token that it answers. */
  if (self->is_token_renewed || self->is_host_reread)
    jump_breaker_ticket_succeeded (&self->ticket);
  jump_breaker_ticket_give_back (&self->ticket);
  jump_upstream_client_note_error (self->client, error->message);
  self->problem = g_steal_pointer (&error);
  finish (self);
}

/* With a token at hand the request leaves in this turn of the loop. */
static void
send_request (JumpUpstreamCall *self)
{
  JumpToken *token = jump_token_manager_peek (self->client->tokens);

  g_clear_pointer (&self->token, jump_token_unref);
  if (token != NULL)
    {
      self->token = jump_token_ref (token);
      start_transfer (self);
      return;
    }
  self->stage = STAGE_WAITING;
  self->waiting = g_cancellable_new ();
  jump_token_manager_get_async (self->client->tokens,
                                self->waiting,
                                on_token_ready,
                                call_ref (self));
}

static gboolean
may_send_again (JumpUpstreamCall *self, JumpReplyVerdict verdict)
{
  return !self->token->is_static &&
         ((verdict == JUMP_VERDICT_TOKEN_DEAD && !self->is_token_renewed) ||
          (verdict == JUMP_VERDICT_WRONG_HOST && !self->is_host_reread));
}

/* The endpoints come with the token, so a new one is the answer to a wrong host as well. Both get
 * it by way of reject, which asks GitHub once for all calls that were refused. */
static void
send_again (JumpUpstreamCall *self, JumpReplyVerdict verdict)
{
  g_debug ("%s %s: upstream answered %u, renewing the token",
           self->request.method,
           self->request.path,
           self->error_reply->status);
  self->is_token_renewed |= verdict == JUMP_VERDICT_TOKEN_DEAD;
  self->is_host_reread |= verdict == JUMP_VERDICT_WRONG_HOST;
  g_clear_pointer (&self->error_reply, jump_error_reply_free);
  g_clear_error (&self->problem);
  jump_token_manager_reject (self->client->tokens, self->token);
  send_request (self);
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
  if (!g_str_has_prefix (self->request.path, "/models"))
    jump_upstream_client_show_reply (self->client, self, status, body, length);
}

static void
judge_error (JumpUpstreamCall *self)
{
  guint status = self->error_reply->status;
  GByteArray *body = self->error_reply->body;
  JumpReplyVerdict verdict = jump_reply_verdict (status, (const char *) body->data, body->len);

  if (may_send_again (self, verdict))
    {
      send_again (self, verdict);
      return;
    }
  if (status < 500)
    note_answer (self);
  else
    note_status (self, status);
  show_reply (self, status, (const char *) body->data, body->len);
  self->stage = STAGE_HEADERS_DUE;
  hand_out (self);
}

static gboolean
on_next_turn_came (gpointer user_data)
{
  JumpUpstreamCall *self = user_data;

  g_clear_pointer (&self->next_turn, g_source_unref);
  if (self->stage == STAGE_JUDGING)
    judge_error (self);
  else if (self->error_reply != NULL)
    hand_out (self);
  else
    finish (self);
  return G_SOURCE_REMOVE;
}

static void
continue_next_turn (JumpUpstreamCall *self)
{
  if (self->next_turn != NULL)
    return;
  self->next_turn = g_idle_source_new ();
  g_source_set_priority (self->next_turn, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->next_turn, on_next_turn_came, self, NULL);
  g_source_attach (self->next_turn, g_main_context_get_thread_default ());
}

static void
on_http_headers (JumpHttpTransfer *transfer, guint status, gpointer user_data)
{
  g_autoptr (JumpUpstreamCall) self = call_ref (user_data);

  self->client->last_reply = jump_clock_get_wall_seconds (self->client->clock);
  if (status >= 400)
    {
      self->error_reply = jump_error_reply_new (transfer, status);
      return;
    }
  /* A success as soon as it begins: a probe that streams for minutes would keep the others out.
   * When it breaks off later, that says nothing new. */
  note_answer (self);
  self->are_headers_out = TRUE;
  jump_stored_request_forget_body (&self->request); /* no replay any more */
  show_reply (self, status, NULL, 0);
  if (self->funcs.on_headers != NULL)
    self->funcs.on_headers (self, status, self->user_data);
  if (self->stage == STAGE_IN_FLIGHT && self->is_paused)
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
  self->stage = STAGE_JUDGING;
  jump_http_transfer_cancel (transfer);
  continue_next_turn (self);
}

static void
on_http_done (JumpHttpTransfer *transfer, const GError *error, gpointer user_data)
{
  JumpUpstreamCall *self = user_data;

  if (error != NULL)
    self->problem = g_error_copy (error);
  if (self->error_reply != NULL)
    {
      self->transfer = NULL;
      self->stage = STAGE_JUDGING;
      judge_error (self);
      return;
    }
  if (error != NULL)
    note_failure (self, error->message);
  finish (self);
}

/* Refused by the breaker: the owner hears of it from the main loop. */
static void
refuse (JumpUpstreamCall *self, gint64 wait_us)
{
  gint64 seconds = (wait_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;

  self->problem = g_error_new (JUMP_ERROR,
                               JUMP_ERROR_UNAVAILABLE,
                               "upstream failed too often, try again in %" G_GINT64_FORMAT " s",
                               seconds);
  continue_next_turn (self);
}

/* Asks the breaker, then for a token, then sends. */
JumpUpstreamCall *
jump_upstream_call_new (JumpUpstreamClient *client,
                        const JumpUpstreamRequest *request,
                        guint idle_ms,
                        guint total_ms,
                        const JumpUpstreamFuncs *funcs,
                        gpointer user_data)
{
  JumpUpstreamCall *self = g_new0 (JumpUpstreamCall, 1);
  gint64 now = jump_clock_get_monotonic_time (client->clock);
  gint64 wait_us = 0;

  self->ref_count = 1;
  self->client = g_object_ref (client);
  self->funcs = *funcs;
  self->user_data = user_data;
  self->http_funcs.on_headers = on_http_headers;
  self->http_funcs.on_data = on_http_data;
  self->http_funcs.on_done = on_http_done;
  jump_stored_request_init (&self->request, request, idle_ms, total_ms);
  client->open_calls++;
  if (jump_breaker_ticket_take (&self->ticket, &client->breaker, now, &wait_us))
    send_request (self);
  else
    refuse (self, wait_us);
  return self;
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
 * jump_upstream_call_pause:
 *
 * No on_data comes until the call is resumed. Possible at any time: before there is a transfer it
 * is remembered, and an error reply is collected all the same.
 */
void
jump_upstream_call_pause (JumpUpstreamCall *call)
{
  if (call->stage == STAGE_ENDED || call->is_paused)
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
  if (call->stage == STAGE_ENDED || !call->is_paused)
    return;
  call->is_paused = FALSE;
  if (call->are_headers_out)
    jump_http_transfer_resume (call->transfer);
  else if (call->stage == STAGE_BODY_DUE)
    continue_next_turn (call);
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

  if (call->stage == STAGE_ENDED)
    return;
  call->stage = STAGE_ENDED;
  call->transfer = NULL;
  call->client->open_calls--;
  jump_breaker_ticket_give_back (&call->ticket);
  if (call->next_turn != NULL)
    g_source_destroy (call->next_turn);
  g_clear_pointer (&call->next_turn, g_source_unref);
  if (transfer != NULL)
    jump_http_transfer_cancel (transfer);
  if (call->waiting != NULL)
    g_cancellable_cancel (call->waiting);
  call_unref (call);
}

guint
jump_upstream_call_get_attempts (JumpUpstreamCall *call)
{
  return 1;
}

guint
jump_upstream_call_get_wait (JumpUpstreamCall *call)
{
  return jump_upstream_client_get_breaker_wait (call->client);
}
