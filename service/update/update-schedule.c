/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/update/update-schedule.h"

#include "service/base/http-date.h"
#include "service/base/random.h"

#define DAY_SECONDS        (24 * 60 * 60)
#define DAY_JITTER_SECONDS (2 * 60 * 60)
/* A start is busy enough, and many are over again at once. */
#define FIRST_MS (5 * 60 * 1000)
/* Not all computers of a company at the minute at which they are switched on. */
#define FIRST_JITTER_MS (10 * 60 * 1000)
/* However long somebody who limits us says. */
#define MAX_WAIT_SECONDS (7 * DAY_SECONDS)

static guint
pick (guint below)
{
  guint32 value;

  jump_random_bytes (&value, sizeof value);
  return value % below;
}

void
jump_update_schedule_init (JumpUpdateSchedule *self)
{
  self->jitter = pick (DAY_JITTER_SECONDS);
  self->not_before = 0;
}

guint64
jump_update_schedule_get_first_ms (void)
{
  return FIRST_MS + pick (FIRST_JITTER_MS);
}

/**
 * jump_update_schedule_is_due:
 * @self: a schedule
 * @asked_at: wall seconds of the last question, 0 never
 * @now: wall seconds
 *
 * A clock that was set back makes everything old.
 *
 * Returns: whether it is time to ask
 */
gboolean
jump_update_schedule_is_due (const JumpUpdateSchedule *self, gint64 asked_at, gint64 now)
{
  if (self->not_before > now && self->not_before - now <= MAX_WAIT_SECONDS)
    return FALSE;
  return asked_at <= 0 || asked_at > now || now - asked_at >= DAY_SECONDS + (gint64) self->jitter;
}

/**
 * jump_update_schedule_note_limit:
 * @self: a schedule
 * @retry_after: (nullable): seconds or a date
 * @limit_reset: (nullable): seconds since 1970, as GitHub's X-RateLimit-Reset
 * @now: wall seconds
 */
void
jump_update_schedule_note_limit (JumpUpdateSchedule *self,
                                 const char *retry_after,
                                 const char *limit_reset,
                                 gint64 now)
{
  gint64 wait = -1;

  if (retry_after != NULL)
    wait = jump_http_date_read_wait (retry_after, now);
  else if (limit_reset != NULL)
    wait = CLAMP (g_ascii_strtoll (limit_reset, NULL, 10), 0, now + MAX_WAIT_SECONDS) - now;
  self->not_before = wait > 0 ? now + MIN (wait, MAX_WAIT_SECONDS) : 0;
}
