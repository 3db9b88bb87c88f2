/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-upstream"

#include "service/upstream/upstream-client.h"

#include "service/upstream/upstream-client-private.h"

/* S-08: five failures in a row open the breaker for 30 s. */
#define BREAKER_THRESHOLD 5
#define BREAKER_OPEN_US   (30 * G_USEC_PER_SEC)
/* Long reasoning may take minutes before the first byte (protocol 7.2). */
#define DEFAULT_IDLE_MS (10 * 60 * 1000)

G_DEFINE_TYPE (JumpUpstreamClient, jump_upstream_client, G_TYPE_OBJECT)

static void
jump_upstream_client_dispose (GObject *object)
{
  JumpUpstreamClient *self = JUMP_UPSTREAM_CLIENT (object);

  jump_upstream_client_stop_limits (self);
  G_OBJECT_CLASS (jump_upstream_client_parent_class)->dispose (object);
}

static void
jump_upstream_client_finalize (GObject *object)
{
  JumpUpstreamClient *self = JUMP_UPSTREAM_CLIENT (object);

  g_clear_object (&self->http);
  g_clear_object (&self->tokens);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->identity, jump_identity_free);
  g_clear_pointer (&self->last_error, g_free);
  g_clear_pointer (&self->cooldowns, jump_cooldown_book_free);
  G_OBJECT_CLASS (jump_upstream_client_parent_class)->finalize (object);
}

static void
jump_upstream_client_class_init (JumpUpstreamClientClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_upstream_client_dispose;
  G_OBJECT_CLASS (klass)->finalize = jump_upstream_client_finalize;
}

static void
jump_upstream_client_init (JumpUpstreamClient *self)
{
  self->idle_ms = DEFAULT_IDLE_MS;
  self->attempts = 1;
  self->cooldowns = jump_cooldown_book_new ();
  jump_circuit_breaker_init (&self->breaker, BREAKER_THRESHOLD, BREAKER_OPEN_US);
}

/**
 * jump_upstream_client_new:
 * @http: referenced
 * @tokens: referenced
 * @clock: referenced; for the breaker, limits, waits and status, not for timeouts
 * @identity: copied
 *
 * Returns: (transfer full): a client without any call
 */
JumpUpstreamClient *
jump_upstream_client_new (JumpHttpClient *http,
                          JumpTokenManager *tokens,
                          JumpClock *clock,
                          const JumpIdentity *identity)
{
  JumpUpstreamClient *self = g_object_new (JUMP_TYPE_UPSTREAM_CLIENT, NULL);

  self->http = g_object_ref (http);
  self->tokens = g_object_ref (tokens);
  self->clock = g_object_ref (clock);
  self->identity = jump_identity_copy (identity);
  return self;
}

/**
 * jump_upstream_client_set_identity:
 * @self: a client
 * @identity: copied; counts from the next request on, replays included
 */
void
jump_upstream_client_set_identity (JumpUpstreamClient *self, const JumpIdentity *identity)
{
  JumpIdentity *copy = jump_identity_copy (identity);

  if (g_strcmp0 (identity->integration_id, self->identity->integration_id) != 0)
    jump_cooldown_book_clear_scope (self->cooldowns, JUMP_LIMIT_SCOPE_INTEGRATION);
  jump_identity_free (self->identity);
  self->identity = copy;
}

/**
 * jump_upstream_client_set_attempts:
 * @self: a client
 * @attempts: how often a request is sent at most; 0 counts as 1. Renewals of the token do not count
 */
void
jump_upstream_client_set_attempts (JumpUpstreamClient *self, guint attempts)
{
  self->attempts = MAX (1, attempts);
}

guint
jump_upstream_client_get_attempts (JumpUpstreamClient *self)
{
  return self->attempts;
}

/**
 * jump_upstream_client_set_timeouts:
 * @self: a client
 * @idle_ms: longest silence of upstream, in ms; 0: none. Counts from the next call on
 * @breaker_seconds: how long the breaker stays open; counts at once
 */
void
jump_upstream_client_set_timeouts (JumpUpstreamClient *self, guint idle_ms, guint breaker_seconds)
{
  self->idle_ms = idle_ms;
  self->breaker.open_us = breaker_seconds * G_USEC_PER_SEC;
}

/**
 * jump_upstream_client_start:
 * @self: a client
 * @request: copied
 * @funcs: copied; members may be NULL
 * @user_data: for @funcs
 *
 * With a token at hand the request leaves in this turn of the loop. Errors of on_done:
 * JUMP_ERROR_UNAVAILABLE while the breaker is open, JUMP_ERROR_RATE_LIMITED while a limit holds, those of the token manager (see
 * jump_problem_to_error()), and those of http-problem.h.
 *
 * Returns: (transfer none): valid until on_done has returned or jump_upstream_call_cancel()
 */
JumpUpstreamCall *
jump_upstream_client_start (JumpUpstreamClient *self,
                            const JumpUpstreamRequest *request,
                            const JumpUpstreamFuncs *funcs,
                            gpointer user_data)
{
  return jump_upstream_call_new (self, request, self->idle_ms, 0, funcs, user_data);
}

/**
 * jump_upstream_client_watch_replies:
 * @self: a client
 * @func: (nullable): called from the main loop; must not cancel the call
 * @user_data: for @func
 */
void
jump_upstream_client_watch_replies (JumpUpstreamClient *self,
                                    JumpUpstreamReplyFunc func,
                                    gpointer user_data)
{
  self->on_reply = func;
  self->reply_data = user_data;
}

void
jump_upstream_client_show_reply (JumpUpstreamClient *self,
                                 JumpUpstreamCall *call,
                                 guint status,
                                 const char *body,
                                 gsize length)
{
  if (self->on_reply != NULL)
    self->on_reply (call, status, body, length, self->reply_data);
}

/* Keeps @message for jump_upstream_client_get_last_error(). */
void
jump_upstream_client_note_error (JumpUpstreamClient *self, const char *message)
{
  char *copy = g_strdup (message);

  g_free (self->last_error);
  self->last_error = copy;
}

/* Upstream works: what went wrong before is over. */
void
jump_upstream_client_note_answer (JumpUpstreamClient *self)
{
  g_clear_pointer (&self->last_error, g_free);
}

void
jump_upstream_client_check_breaker (JumpUpstreamClient *self)
{
  JumpBreakerState state = jump_upstream_client_get_breaker_state (self);

  if (state == self->told_breaker)
    return;
  self->told_breaker = state;
  if (self->on_state != NULL)
    self->on_state (self, self->state_data);
}

/**
 * jump_upstream_client_watch_state:
 * @self: a client
 * @func: (nullable): must not start or cancel calls
 * @user_data: for @func
 */
void
jump_upstream_client_watch_state (JumpUpstreamClient *self,
                                  JumpUpstreamStateFunc func,
                                  gpointer user_data)
{
  self->on_state = func;
  self->state_data = user_data;
}

/**
 * jump_upstream_client_get_breaker_state:
 *
 * Returns: whether calls go through now
 */
JumpBreakerState
jump_upstream_client_get_breaker_state (JumpUpstreamClient *self)
{
  return jump_circuit_breaker_get_state (&self->breaker,
                                         jump_clock_get_monotonic_time (self->clock));
}

guint
jump_upstream_client_get_breaker_failures (JumpUpstreamClient *self)
{
  return self->breaker.failures;
}

/**
 * jump_upstream_client_get_breaker_wait:
 *
 * Returns: seconds until a call may go through, for Retry-After; 0 when one may now
 */
guint
jump_upstream_client_get_breaker_wait (JumpUpstreamClient *self)
{
  JumpCircuitBreaker copy = self->breaker;
  gint64 wait_us = 0;

  jump_circuit_breaker_admit (&copy, jump_clock_get_monotonic_time (self->clock), &wait_us);
  return (guint) ((wait_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
}

/**
 * jump_upstream_client_get_open_calls:
 *
 * Returns: how many calls wait for a token, for an answer, or are being answered
 */
guint
jump_upstream_client_get_open_calls (JumpUpstreamClient *self)
{
  return self->open_calls;
}

/**
 * jump_upstream_client_get_last_reply:
 *
 * Returns: wall time at which upstream last answered with any status, in seconds; 0 never
 */
gint64
jump_upstream_client_get_last_reply (JumpUpstreamClient *self)
{
  return self->last_reply;
}

/**
 * jump_upstream_client_get_last_error:
 *
 * Returns: (nullable): why the last call failed; NULL once another was answered
 */
const char *
jump_upstream_client_get_last_error (JumpUpstreamClient *self)
{
  return self->last_error;
}
