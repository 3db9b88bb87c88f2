/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/upstream/retry-policy.h"

#include "service/base/http-date.h"

/* S-07: 1 s, then 4 s; then twice as long, H-13's 8 s at most. */
#define FIRST_WAIT_MS  1000
#define SECOND_WAIT_MS 4000
#define MAX_WAIT_MS    8000
/* Whoever asks for more than this is not worth a client's patience: it hears so itself. */
#define MAX_RETRY_AFTER 30
/* Requests that failed together must not come back together. */
#define JITTER_PERCENT 20
/* The network's own sign-in comes between (RFC 6585): asking again changes nothing. */
#define STATUS_PORTAL 511

static gboolean
is_worth_it (const JumpSendOutcome *outcome)
{
  if (outcome->status == 0)
    return !outcome->is_final;
  return outcome->status == 408 || (outcome->status >= 500 && outcome->status != STATUS_PORTAL);
}

static guint64
get_base_wait (guint n_sent)
{
  guint64 wait_ms = SECOND_WAIT_MS;

  if (n_sent <= 1)
    return FIRST_WAIT_MS;
  for (guint i = 2; i < n_sent && wait_ms < MAX_WAIT_MS; i++)
    wait_ms *= 2;
  return MIN (wait_ms, MAX_WAIT_MS);
}

/**
 * jump_retry_policy_decide:
 * @attempts: how often a request may be sent in all; 0 counts as 1
 * @n_sent: how often it was sent so far, at least 1
 * @outcome: how the last one ended
 * @now: wall time in seconds, for a date in Retry-After
 * @chance: anything, evenly spread over all values
 * @out_wait_ms: (out): 1 s, 4 s, 8 s, 8 s … give or take a fifth; what Retry-After asks for counts
 *   instead, up to a fifth more
 *
 * Returns: whether to send again
 */
gboolean
jump_retry_policy_decide (guint attempts,
                          guint n_sent,
                          const JumpSendOutcome *outcome,
                          gint64 now,
                          guint chance,
                          guint64 *out_wait_ms)
{
  gint64 asked = jump_http_date_read_wait (outcome->retry_after, now);
  double spread = (double) chance / (double) G_MAXUINT; /* 0 … 1 */
  double factor;

  if (n_sent >= attempts || !is_worth_it (outcome) || asked > MAX_RETRY_AFTER)
    return FALSE;
  if (asked > 0)
    {
      factor = 1.0 + spread * JITTER_PERCENT / 100.0;
      *out_wait_ms = (guint64) ((double) asked * 1000.0 * factor);
      return TRUE;
    }
  factor = 1.0 + (2.0 * spread - 1.0) * JITTER_PERCENT / 100.0;
  *out_wait_ms = (guint64) ((double) get_base_wait (n_sent) * factor);
  return TRUE;
}
