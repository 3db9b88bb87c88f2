/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/backoff.h"

/**
 * jump_backoff_next:
 * @backoff: the waits, in milliseconds, in order
 * @failures: how many attempts have failed so far
 * @out_wait_ms: (out) (optional): how long to wait before the next attempt; 0 when none failed
 *
 * After the first failure the first wait is due, and so on.
 *
 * Returns: FALSE when every retry is used up: give up; @out_wait_ms is left alone then
 */
gboolean
jump_backoff_next (const JumpBackoff *backoff, guint failures, guint *out_wait_ms)
{
  if (failures > backoff->n_waits)
    return FALSE;
  if (out_wait_ms != NULL)
    *out_wait_ms = failures == 0 ? 0 : backoff->waits_ms[failures - 1];
  return TRUE;
}
