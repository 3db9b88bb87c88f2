/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/upstream/breaker-ticket.h"

/* The breaker may have closed and opened again since a probe left. */
static gboolean
is_todays_probe (const JumpBreakerTicket *self, const JumpCircuitBreaker *breaker)
{
  return self->is_probe && self->round == breaker->n_opened;
}

/**
 * jump_breaker_ticket_take:
 * @self: (out caller-allocates): the ticket; nothing to clear
 * @breaker: outlives the ticket
 * @now: monotonic time in µs
 * @out_wait_us: (out) (optional): time in µs after which to try again
 *
 * Returns: whether the call may go; a refused one has no outcome to report, but may
 */
gboolean
jump_breaker_ticket_take (JumpBreakerTicket *self,
                          JumpCircuitBreaker *breaker,
                          gint64 now,
                          gint64 *out_wait_us)
{
  gboolean is_admitted = jump_circuit_breaker_admit (breaker, now, out_wait_us);

  self->breaker = is_admitted ? breaker : NULL;
  self->round = breaker->n_opened;
  self->is_probe =
      is_admitted && jump_circuit_breaker_get_state (breaker, now) == JUMP_BREAKER_HALF_OPEN;
  return is_admitted;
}

/**
 * jump_breaker_ticket_succeeded:
 *
 * Somebody answered.
 */
void
jump_breaker_ticket_succeeded (JumpBreakerTicket *self)
{
  JumpCircuitBreaker *breaker = g_steal_pointer (&self->breaker);

  if (breaker != NULL)
    jump_circuit_breaker_succeeded (breaker);
}

/**
 * jump_breaker_ticket_failed:
 * @self: a ticket
 * @now: monotonic time in µs
 *
 * While the breaker is open only its probe has a say: an older call that fails beside it would end the
 * wait for the probe's outcome, and let a second one through.
 */
void
jump_breaker_ticket_failed (JumpBreakerTicket *self, gint64 now)
{
  JumpCircuitBreaker *breaker = g_steal_pointer (&self->breaker);

  if (breaker != NULL && (!breaker->is_open || is_todays_probe (self, breaker)))
    jump_circuit_breaker_failed (breaker, now);
}

/**
 * jump_breaker_ticket_give_back:
 *
 * The call ends without an outcome. Only the probe makes room for another one by that: an older
 * call that is cancelled while the probe is on its way must not let a second one through.
 */
void
jump_breaker_ticket_give_back (JumpBreakerTicket *self)
{
  JumpCircuitBreaker *breaker = g_steal_pointer (&self->breaker);

  if (breaker != NULL && is_todays_probe (self, breaker))
    jump_circuit_breaker_abandoned (breaker);
}

gboolean
jump_breaker_ticket_allows_retry (const JumpBreakerTicket *self)
{
  return self->breaker != NULL && !self->is_probe && !self->breaker->is_open;
}
