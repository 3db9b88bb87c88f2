/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* When the release feed may be asked: once a day, and not before whoever limits us says. Pure. */

typedef struct
{
  guint jitter;      /* seconds that a day is longer than a day: not everybody at the same minute */
  gint64 not_before; /* wall seconds: somebody limits us; 0: nobody does */
} JumpUpdateSchedule;

void jump_update_schedule_init (JumpUpdateSchedule *self);
/* Returns: how long to wait after the start of the program */
guint64 jump_update_schedule_get_first_ms (void);
/* @asked_at, @now: wall seconds; 0 for never */
gboolean jump_update_schedule_is_due (const JumpUpdateSchedule *self, gint64 asked_at, gint64 now);
/* @retry_after, @limit_reset: (nullable): headers of a refusal */
void jump_update_schedule_note_limit (JumpUpdateSchedule *self,
                                      const char *retry_after,
                                      const char *limit_reset,
                                      gint64 now);
