/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* How long to wait before the n-th retry: a table of waits. Pure. */

typedef struct
{
  const guint *waits_ms;
  guint n_waits;
} JumpBackoff;

gboolean jump_backoff_next (const JumpBackoff *backoff, guint failures, guint *out_wait_ms);
