/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-auth"

#include "service/auth/token-attempts.h"

#include "service/base/backoff.h"

/* After the last attempt failed, requests are answered from the stored problem for this long:
 * a client that tries in a loop must not become a loop of ours (protocol 8). */
#define HOLD_NETWORK_SECONDS    5
#define HOLD_REFUSED_SECONDS    30
#define HOLD_RATE_LIMIT_SECONDS 60

static const guint waits_ms[] = { 2000, 8000 };
static const JumpBackoff backoff = { waits_ms, G_N_ELEMENTS (waits_ms) };

/* An attempt under way. It may outlive the interest in it, which is gone with @attempts. */
typedef struct
{
  JumpTokenAttempts *attempts; /* (nullable) */
  GCancellable *cancellable;   /* (owned) */
} Flight;

struct _JumpTokenAttempts
{
  JumpClock *clock; /* (owned) */
  const JumpTokenAttemptsFuncs *funcs;
  gpointer user_data;
  Flight *flight; /* (nullable): freed by its callback */
  guint retry_alarm;
  gboolean is_offline;
  guint n_failures;
  guint count;
  gint64 last;
};

/* Trying again goes round in a circle. */
static void start_attempt (JumpTokenAttempts *self);

static void
flight_free (Flight *flight)
{
  g_object_unref (flight->cancellable);
  g_free (flight);
}

static void
on_retry_due (gpointer user_data)
{
  JumpTokenAttempts *self = user_data;

  self->retry_alarm = 0;
  start_attempt (self);
}

static void
on_attempt_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Flight *flight = user_data;
  JumpTokenAttempts *self = flight->attempts;
  g_autoptr (JumpTokenExchangeOutcome) outcome = jump_token_exchange_finish (result, NULL);
  guint wait_ms;

  flight_free (flight);
  if (self == NULL)
    return;
  self->flight = NULL;
  if (outcome == NULL)
    return;
  if (outcome->problem != NULL)
    g_debug ("no Copilot token: %s", jump_problem_kind_to_string (outcome->problem->kind));
  if (outcome->is_transient && !self->is_offline &&
      jump_backoff_next (&backoff, ++self->n_failures, &wait_ms))
    {
      self->retry_alarm = jump_clock_add_alarm (self->clock, wait_ms, on_retry_due, self);
      return;
    }
  self->n_failures = 0;
  self->funcs->on_ended (outcome, self->user_data);
}

static void
start_attempt (JumpTokenAttempts *self)
{
  JumpTokenExchangeInput input = { 0 };
  Flight *flight = g_new0 (Flight, 1);

  flight->attempts = self;
  flight->cancellable = g_cancellable_new ();
  self->flight = flight;
  self->count++;
  self->last = jump_clock_get_wall_seconds (self->clock);
  self->funcs->get_input (&input, self->user_data);
  jump_token_exchange_async (&input, flight->cancellable, on_attempt_ended, flight);
}

/**
 * jump_token_attempts_new:
 * @clock: referenced
 * @funcs: static
 *
 * Returns: (transfer full)
 */
JumpTokenAttempts *
jump_token_attempts_new (JumpClock *clock, const JumpTokenAttemptsFuncs *funcs, gpointer user_data)
{
  JumpTokenAttempts *self = g_new0 (JumpTokenAttempts, 1);

  self->clock = g_object_ref (clock);
  self->funcs = funcs;
  self->user_data = user_data;
  return self;
}

void
jump_token_attempts_free (JumpTokenAttempts *self)
{
  if (self == NULL)
    return;
  jump_token_attempts_stop (self);
  g_object_unref (self->clock);
  g_free (self);
}

/**
 * jump_token_attempts_start:
 *
 * Joins an attempt that is under way, and cuts short the wait before the next one.
 */
void
jump_token_attempts_start (JumpTokenAttempts *self)
{
  jump_clock_clear_alarm (self->clock, &self->retry_alarm);
  if (self->flight == NULL)
    start_attempt (self);
}

/**
 * jump_token_attempts_stop:
 *
 * Nothing is reported about what was under way.
 */
void
jump_token_attempts_stop (JumpTokenAttempts *self)
{
  Flight *flight = g_steal_pointer (&self->flight);

  jump_clock_clear_alarm (self->clock, &self->retry_alarm);
  self->n_failures = 0;
  if (flight == NULL)
    return;
  flight->attempts = NULL;
  g_cancellable_cancel (flight->cancellable);
}

void
jump_token_attempts_set_online (JumpTokenAttempts *self, gboolean is_online)
{
  self->is_offline = !is_online;
}

/* Returns: also TRUE while it waits before a retry */
gboolean
jump_token_attempts_is_running (const JumpTokenAttempts *self)
{
  return self->flight != NULL || self->retry_alarm != 0;
}

/* Returns: attempts since the start of the program */
guint
jump_token_attempts_get_count (const JumpTokenAttempts *self)
{
  return self->count;
}

/* Returns: wall time in seconds; 0: none yet */
gint64
jump_token_attempts_get_last (const JumpTokenAttempts *self)
{
  return self->last;
}

/**
 * jump_token_attempts_get_hold_seconds:
 * @outcome: one with a problem
 *
 * Returns: how long to answer from the problem before GitHub is asked again
 */
guint
jump_token_attempts_get_hold_seconds (const JumpTokenExchangeOutcome *outcome)
{
  switch (outcome->problem->kind)
    {
    case JUMP_PROBLEM_NONE:
    case JUMP_PROBLEM_NETWORK:
    case JUMP_PROBLEM_PORTAL:
    case JUMP_PROBLEM_CLOCK:
    case JUMP_PROBLEM_PROTOCOL:
      return HOLD_NETWORK_SECONDS;
    case JUMP_PROBLEM_SIGNED_OUT:
    case JUMP_PROBLEM_TOKEN_REVOKED:
    case JUMP_PROBLEM_NO_SUBSCRIPTION:
    case JUMP_PROBLEM_BLOCKED:
    case JUMP_PROBLEM_CLIENT_REFUSED:
    case JUMP_PROBLEM_SSO:
      return HOLD_REFUSED_SECONDS;
    case JUMP_PROBLEM_RATE_LIMITED:
      return outcome->retry_after > 0 ? outcome->retry_after : HOLD_RATE_LIMIT_SECONDS;
    }
  return HOLD_NETWORK_SECONDS;
}
