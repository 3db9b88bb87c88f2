/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/upstream/circuit-breaker.h"

/* How long to tell a caller to wait while the probe is on its way: its outcome is not known yet,
 * and most answers begin within this time. In µs. */
#define PROBE_WAIT_US G_USEC_PER_SEC

/**
 * jump_circuit_breaker_init:
 * @self: a breaker, its memory owned by the caller; nothing to clear afterwards
 * @threshold: failures in a row that open it, at least 1
 * @open_us: how long it stays open before a probe, in µs
 */
void
jump_circuit_breaker_init (JumpCircuitBreaker *self, guint threshold, gint64 open_us)
{
  *self = (JumpCircuitBreaker){
    .threshold = MAX (1, threshold),
    .open_us = MAX (0, open_us),
  };
}

/**
 * jump_circuit_breaker_admit:
 * @self: a breaker
 * @now: monotonic time in µs
 * @out_wait_us: (out) (optional): time in µs after which to try again, 0 when admitted
 *
 * Returns: whether the call may go; see the header for what it then owes
 */
gboolean
jump_circuit_breaker_admit (JumpCircuitBreaker *self, gint64 now, gint64 *out_wait_us)
{
  gint64 wait_us = 0;

  if (self->is_open)
    {
      wait_us = self->opened_at + self->open_us - now;
      if (wait_us <= 0)
        wait_us = self->has_probe ? PROBE_WAIT_US : 0;
      if (wait_us == 0)
        self->has_probe = TRUE;
    }
  if (out_wait_us != NULL)
    *out_wait_us = wait_us;
  return wait_us == 0;
}

/**
 * jump_circuit_breaker_succeeded:
 *
 * Somebody answered. Closes the breaker even when the call was admitted before it opened.
 */
void
jump_circuit_breaker_succeeded (JumpCircuitBreaker *self)
{
  self->failures = 0;
  self->is_open = FALSE;
  self->has_probe = FALSE;
}

/**
 * jump_circuit_breaker_failed:
 * @self: a breaker
 * @now: monotonic time in µs
 *
 * Late failures of calls that were admitted before the breaker opened do not keep it open longer.
 */
void
jump_circuit_breaker_failed (JumpCircuitBreaker *self, gint64 now)
{
  if (self->is_open && !self->has_probe)
    return;
  if (self->failures < self->threshold)
    self->failures++;
  if (self->failures < self->threshold)
    return;
  self->is_open = TRUE;
  self->n_opened++;
  self->has_probe = FALSE;
  self->opened_at = now;
}

/**
 * jump_circuit_breaker_abandoned:
 *
 * An abandoned probe makes room for the next one.
 */
void
jump_circuit_breaker_abandoned (JumpCircuitBreaker *self)
{
  self->has_probe = FALSE;
}

/**
 * jump_circuit_breaker_get_state:
 * @self: a breaker
 * @now: monotonic time in µs
 *
 * Returns: HALF_OPEN while a probe is on its way, OPEN also when its time is over and nobody has
 *   called since
 */
JumpBreakerState
jump_circuit_breaker_get_state (const JumpCircuitBreaker *self, gint64 now)
{
  if (!self->is_open)
    return JUMP_BREAKER_CLOSED;
  return self->has_probe ? JUMP_BREAKER_HALF_OPEN : JUMP_BREAKER_OPEN;
}
