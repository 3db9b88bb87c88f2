/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/upstream/circuit-breaker.h"

/* One call's leave to go through the breaker: reports its outcome once, the first one. Pure. */

typedef struct
{
  JumpCircuitBreaker *breaker; /* (nullable): NULL once the outcome is known */
  gboolean is_probe;
  guint round; /* of the breaker, when taken */
} JumpBreakerTicket;

gboolean jump_breaker_ticket_take (JumpBreakerTicket *self,
                                   JumpCircuitBreaker *breaker,
                                   gint64 now,
                                   gint64 *out_wait_us);
void jump_breaker_ticket_succeeded (JumpBreakerTicket *self);
void jump_breaker_ticket_failed (JumpBreakerTicket *self, gint64 now);
void jump_breaker_ticket_give_back (JumpBreakerTicket *self);
/* Whether the breaker lets what was admitted be sent once more: not a probe, nor while it is open. */
gboolean jump_breaker_ticket_allows_retry (const JumpBreakerTicket *self);
