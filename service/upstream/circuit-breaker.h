/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* S-08. Counts one failure per call (network error or status >= 500; 4xx and 429 are successes:
 * somebody answered). Five in a row open it; after @open_us exactly one probe is let through; its
 * outcome closes or opens again. Pure: time is passed in. */

typedef enum
{
  JUMP_BREAKER_CLOSED,
  JUMP_BREAKER_OPEN,
  JUMP_BREAKER_HALF_OPEN, /* the probe is on its way */
} JumpBreakerState;

typedef struct
{
  guint failures;
  guint threshold;
  gint64 open_us;
  gint64 opened_at;
  guint n_opened; /* how often it opened: tells an earlier probe from today's */
  gboolean is_open;
  gboolean has_probe;
} JumpCircuitBreaker;

void jump_circuit_breaker_init (JumpCircuitBreaker *self, guint threshold, gint64 open_us);
/* FALSE: refuse; @out_wait_us says when to try again. TRUE: every admitted call must end with
 * exactly one of succeeded, failed, abandoned. */
gboolean jump_circuit_breaker_admit (JumpCircuitBreaker *self, gint64 now, gint64 *out_wait_us);
void jump_circuit_breaker_succeeded (JumpCircuitBreaker *self);
void jump_circuit_breaker_failed (JumpCircuitBreaker *self, gint64 now);
void jump_circuit_breaker_abandoned (JumpCircuitBreaker *self); /* cancelled by us: says nothing */
JumpBreakerState jump_circuit_breaker_get_state (const JumpCircuitBreaker *self, gint64 now);
