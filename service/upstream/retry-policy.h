/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Whether a request is sent again, and after which wait (S-07, H-13). Only what may pass by itself: no
 * answer at all, 408 and 5xx; never a refusal that would come again or cost again (protocol 8). Pure. */

/* How one sending ended before anything of a success was there. */
typedef struct
{
  guint status;            /* of the reply; 0: none came */
  gboolean is_final;       /* none came, and asking again helps nobody: it may still be at work */
  const char *retry_after; /* (nullable): the header: seconds, or an HTTP date */
} JumpSendOutcome;

/* FALSE: what came is passed on. TRUE: to be sent again after @out_wait_ms. */
gboolean jump_retry_policy_decide (guint attempts,
                                   guint n_sent,
                                   const JumpSendOutcome *outcome,
                                   gint64 now,
                                   guint chance,
                                   guint64 *out_wait_ms);
